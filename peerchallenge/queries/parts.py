"""Where each thing that somebody takes part in stands, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from authorities.models import User
from authorities.states import Role
from rounds.models import Challenge, Participation, SelfAssessment
from rounds.models.self_assessment import shared_with
from rounds.queries.challenges import days_of, state_in_words
from rounds.states import WRITING_OPEN, SelfAssessmentState


@dataclass(frozen=True)
class Part:
    """Where one thing they take part in stands, in words."""

    title: str
    url: str
    hint: str


def written_parts(participations: Sequence[Participation]) -> Iterator[Part]:
    for one in participations:
        written = one.self_assessment
        yield Part(
            f"Self-assessment of {one.authority.name}",
            reverse("self_assessment", args=[written.pk]),
            f"{_written_said(one)}. {one.round.name}.",
        )


def _written_said(participation: Participation) -> str:
    written = participation.self_assessment
    if written.submitted_at and written.state not in WRITING_OPEN:
        return f"Sent on {timezone.localtime(written.submitted_at):%-d %B %Y}"
    label = SelfAssessmentState(written.state).label
    return f"{label}, due on {participation.round.self_assessment_due:%-d %B %Y}"


def shared_parts(user: User, participations: Sequence[Participation]) -> Iterator[Part]:
    """What other authorities of a director's rounds have shared; nothing asked of anybody else."""
    led = user.authorities_where(Role.DIRECTOR)
    rounds = {one.round_id: one.round for one in participations if one.authority_id in led}
    if not rounds:
        return
    shared = SelfAssessment.objects.filter(shared_with(user), participation__round__in=rounds)
    others = shared.exclude(participation__authority__in=led).distinct()
    numbers = Counter(round for _, round in others.values_list("pk", "participation__round"))
    for pk, round in rounds.items():
        if number := numbers[pk]:
            said = "1 other authority has" if number == 1 else f"{number} other authorities have"
            url = reverse("round_shared", args=[pk])
            yield Part(
                "Self-assessments shared with you", url, f"{said} shared theirs. {round.name}."
            )


def challenge_parts(challenges: Sequence[Challenge]) -> Iterator[Part]:
    for challenge in challenges:
        yield Part(
            str(challenge),
            reverse("challenge", args=[challenge.pk]),
            state_in_words(challenge, days_of(challenge)),
        )
