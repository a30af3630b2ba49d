"""A round of letters for `bench.pages`: findings, letters at every step, and the pages of both."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

POINTS = 12
IN_LETTER = 40  # of all findings of a challenge


def prepared(size: int, findings: int) -> dict[str, Callable[[], Any]]:
    """Each page by its name, as the browser of whoever uses it asks for it."""
    from django.test import Client
    from django.urls import reverse

    from authorities.models import User
    from feedback import actions
    from feedback.models import Letter
    from tests.world import World, run_effects

    world = World(size)
    challenges = visited(world)
    for challenge in challenges[:3]:
        noted(world, challenge, findings)
    writing, checked, replied = (written(world, one) for one in challenges[:3])
    for letter in (checked, replied):
        actions.send_letter_to_host(letter, by=world.lead_of(letter.challenge))
    host = world.director_of(replied.challenge.host_authority)
    point_out(replied, by=host)
    actions.reply_on_accuracy(replied, agrees=False, by=host)
    approved(world, writing, [challenge.pk for challenge in challenges[3:]])
    run_effects()

    def page(user: User, name: str, *args: object) -> Callable[[], Any]:
        client, url = Client(), reverse(name, args=args)
        client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
        return lambda: client.get(url)

    lead, round = world.lead_of(writing.challenge), writing.challenge.round_id
    ready = Letter.objects.approved().first()
    assert ready
    return {
        "findings, lead": page(lead, "challenge_findings", writing.challenge_id),
        "findings that are alike": page(lead, "challenge_findings_alike", writing.challenge_id),
        "letter being written, lead": page(lead, "letter_edit", writing.pk),
        "letter beside findings, lead": page(lead, "letter_beside", writing.pk),
        "check of the facts, host": page(
            world.director_of(checked.challenge.host_authority), "letter_accuracy", checked.pk
        ),
        "points, lead": page(world.lead_of(replied.challenge), "letter_points", replied.pk),
        "letter approved, approver": page(world.approver, "letter", ready.pk),
        "letters of the round, officer": page(world.officer, "round_letters", round),
        "check before issuing, officer": page(world.officer, "round_letters_issue", round),
        "visits, officer": page(world.officer, "round_visits", round),
        "messages, officer": page(world.officer, "round_messages", round),
        "days given and taken, officer": page(world.officer, "ledger_region", world.region.pk),
        "home, officer": page(world.officer, "home"),
    }


def visited(world: Any) -> list[Any]:
    """Everybody was challenged by the next; each team is a lead reviewer and one more."""
    from django.utils import timezone

    from rounds.models import Challenge, Seat, SelfAssessment, TeamMember, VisitDay
    from rounds.states import ChallengeState, RoundState
    from tests.world import working_day

    round = world.opened()
    round.state = RoundState.UNDER_WAY
    round.save(update_fields=["state"])
    own = SelfAssessment.objects.filter(participation__round=round)
    own.update(area=round.areas.first())
    members = list(round.participations.order_by("pk"))
    Challenge.objects.bulk_create(
        Challenge(
            round=round,
            host=host,
            challenger=challenger,
            state=ChallengeState.FED_BACK,
            dates_sent_at=timezone.now(),
        )
        for host, challenger in zip(members, members[1:] + members[:1], strict=True)
    )
    challenges = list(Challenge.objects.with_both_sides().filter(round=round).order_by("pk"))
    first = timezone.localdate() - timedelta(days=8)
    VisitDay.objects.bulk_create(
        VisitDay(challenge=one, phase=phase, day=working_day(first, after))
        for one in challenges
        for phase, after in (("day1", 0), ("feedback", 7))
    )
    TeamMember.objects.bulk_create(
        TeamMember(
            challenge=one,
            user=world.person("reviewer", one.challenger_authority),
            seat=seat,
            from_date=first,
        )
        for one in challenges
        for seat in (Seat.LEAD, Seat.MEMBER)
    )
    return challenges


def noted(world: Any, challenge: Any, findings: int) -> None:
    from bench.sample_letters import THEMES
    from feedback.models import Finding
    from feedback.states import FindingKind

    said = [
        (theme, kind, text)
        for theme, strengths, areas, good in THEMES
        for kind, texts in (
            (FindingKind.STRENGTH, strengths),
            (FindingKind.AREA_FOR_CONSIDERATION, areas),
            (FindingKind.GOOD_PRACTICE, good),
        )
        for text in texts
    ]
    lead = world.lead_of(challenge)
    Finding.objects.bulk_create(
        Finding(
            challenge=challenge,
            kind=kind,
            theme=theme,
            team_text=f"{text} Heard in session {place // len(said) + 1}.",
            letter_text=text,
            for_letter=place < IN_LETTER,
            position=place,
            written_by=lead,
        )
        for place in range(findings)
        for theme, kind, text in [said[place % len(said)]]
    )


def written(world: Any, challenge: Any) -> Any:
    """Drafted, and every part that the template leaves empty written."""
    from bench.sample_letters import SUMMARY
    from feedback import actions

    lead = world.lead_of(challenge)
    letter = actions.draft_letter(challenge, by=lead)
    empty = {part.key: SUMMARY for part in letter.parts.filter(text="")}
    return actions.edit_letter(letter, empty, by=lead)


def point_out(letter: Any, *, by: Any) -> None:
    from feedback import actions, queries
    from feedback.models import Letter

    letter = Letter.objects.get(pk=letter.pk)
    for row in queries.accuracy_check(letter).rows[:POINTS]:
        actions.note_point(letter, row.place.place, "It was eleven months, not eighteen.", by=by)


def approved(world: Any, like: Any, challenges: list[int]) -> None:
    """Letters like that one, for these challenges."""
    from django.utils import timezone

    from feedback.models import Letter, LetterPart
    from feedback.states import LetterState

    letters = Letter.objects.bulk_create(
        Letter(
            challenge_id=challenge,
            state=LetterState.APPROVED,
            template=like.template,
            drafted_by=like.drafted_by,
            approved_by=world.approver,
            approved_at=timezone.now(),
        )
        for challenge in challenges
    )
    copied = ("key", "position", "heading", "text", "kind", "after_findings")
    LetterPart.objects.bulk_create(
        LetterPart(letter=letter, **{name: getattr(part, name) for name in copied})
        for letter in letters
        for part in like.parts.all()
    )
