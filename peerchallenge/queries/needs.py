"""What somebody is asked to do, by when: one line a task, from every role they hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from authorities.models import User
from authorities.states import ACTS_FOR_AUTHORITY, Role
from feedback.models import Letter
from feedback.queries.deadlines import after_visit, letter_due, reply_due
from feedback.states import LetterState
from rounds.models import Challenge, Participation, Seat
from rounds.permissions import (
    roles_to_sign,
    say_offer,
    sides_of,
    speaks_for_challenger,
    speaks_for_host,
)
from rounds.queries.away import on_site
from rounds.queries.giving import section_turns
from rounds.queries.seat_needs import seats_to_answer
from rounds.queries.signing import given_back, out_for_signature, unsigned_said
from rounds.queries.unsettled import unsettled
from rounds.states import DATES_OPEN, SENT, WRITING_OPEN, ChallengeState, SelfAssessmentState

SOON = timedelta(days=7)
# Everything between is for this person to do now.
ORDER = {"Now": -1, "Overdue": 0, "Failed": 0, "Waiting": 2}
VISITED = (ChallengeState.ON_SITE, ChallengeState.FED_BACK)
TEAM_WANTED = (*DATES_OPEN, ChallengeState.ON_SITE)
TO_WRITE = {
    SelfAssessmentState.NOT_STARTED: "Start the self-assessment",
    SelfAssessmentState.DRAFTING: "Finish the self-assessment and send it",
    SelfAssessmentState.RETURNED: "Change the self-assessment and send it again",
}
UNSIGNED = "Change the self-assessment: it was given back unsigned"


@dataclass(frozen=True)
class Need:
    """“Answer the offer: Swindon. Autumn round. To do.” As a task list draws it."""

    title: str
    url: str
    hint: str
    status: str = "To do"
    colour: str = "blue"
    by: date | None = None

    @property
    def order(self) -> tuple[int, date]:
        """What is late comes first, then by date; what waits for others comes last."""
        return ORDER.get(self.status, 1), self.by or date.max


def need(title: str, url: str, hint: str, by: date | None = None) -> Need:
    """With its day in words, and a tag once the day is near or past."""
    today = timezone.localdate()
    if by is None:
        return Need(title, url, hint)
    hint = f"{hint} By {said(by)}." if by >= today else f"{hint} It was due on {said(by)}."
    if by < today:
        return Need(title, url, hint, "Overdue", "yellow", by)
    return Need(title, url, hint, "Soon" if by <= today + SOON else "To do", "blue", by)


def said(day: date) -> str:
    """With the year where it is another."""
    year = "" if day.year == timezone.localdate().year else f" {day.year}"
    return f"{day:%A} {day.day} {day:%B}{year}"


def writing_needs(user: User, participations: Sequence[Participation]) -> Iterator[Need]:
    unsigned = given_back(participation.self_assessment for participation in participations)
    for participation in participations:
        written = participation.self_assessment
        acts = user.holds(*ACTS_FOR_AUTHORITY, authority=participation.authority_id)
        if acts and written.state in WRITING_OPEN:
            back = written.pk in unsigned
            yield need(
                UNSIGNED if back else TO_WRITE[SelfAssessmentState(written.state)],
                reverse("self_assessment", args=[written.pk]),
                f"{participation.authority.name}, {participation.round.name}.",
                participation.round.self_assessment_due,
            )


def offer_needs(user: User, participations: Sequence[Participation]) -> Iterator[Need]:
    """Once the text is sent: until then it is on the list of tasks beside it."""
    for participation in participations:
        written, capacity = participation.self_assessment, getattr(participation, "capacity", None)
        unanswered = capacity is None or capacity.answered_at is None
        if written.state in SENT and unanswered and say_offer(user, participation):
            yield need(
                "Say what you can give",
                reverse("self_assessment_offer", args=[written.pk]),
                f"One press if it is what the round asks. {participation.authority.name}, "
                f"{participation.round.name}.",
            )


def signing_needs(user: User, participations: Sequence[Participation]) -> Iterator[Need]:
    """Those who sign are asked to; the director learns who has not, and when all have."""
    for written in out_for_signature(one.self_assessment for one in participations):
        part = written.participation
        authority, by = part.authority, part.round.self_assessment_due
        if roles_to_sign(user, written):
            url = reverse("self_assessment_sign", args=[written.pk])
            yield need(f"Sign the self-assessment of {authority}", url, f"{part.round.name}.", by)
        if user.holds(Role.DIRECTOR, authority=authority):
            url = reverse("self_assessment_check", args=[written.pk])
            where = f"{authority.name}, {part.round.name}."
            if missing := unsigned_said(written):
                hint = f"Not signed yet by {missing}. {where}"
                yield Need("Self-assessment out for signature", url, hint, "Waiting", "grey")
            else:
                yield need("Send the self-assessment", url, f"Everybody has signed. {where}", by)


def section_needs(user: User) -> Iterator[Need]:
    """Sections given to them, and those that a colleague has finished."""
    for turn in section_turns(user):
        part = turn.given.self_assessment.participation
        where = f"{part.authority.name}, {part.round.name}."
        if turn.to_check:
            title = f"Check “{turn.given.section.title}”"
            yield need(title, turn.url, f"{turn.given.holder_name} says it is ready. {where}")
        else:
            title = f"Write “{turn.given.section.title}”"
            yield need(title, turn.url, where, part.round.self_assessment_due)


def challenge_needs(
    user: User, challenges: Sequence[Challenge], drafted: set[int]
) -> Iterator[Need]:
    """`drafted`: the challenges that have a letter already."""
    for challenge in challenges:
        yield from _offer(user, challenge)
        yield from _lead_wanted(user, challenge)
        seat = seat_of(user, challenge)
        if seat and challenge.pk not in drafted:
            yield from _visit_work(challenge, leads=seat == Seat.LEAD)
    yield from _new_dates(user, challenges)


def _new_dates(user: User, challenges: Sequence[Challenge]) -> Iterator[Need]:
    """A director says on which days each side they speak for can."""
    for one in unsettled(challenges):
        own = {side.participation for side in sides_of(user, one.challenge)}
        if own & {side.participation for side in one.silent}:
            yield need(
                f"Say on which new days you can: {one.challenge}",
                reverse("challenge_dates", args=[one.challenge.pk]),
                f"The visit was postponed. {_where(one.challenge)}",
            )


def seat_of(user: User, challenge: Challenge) -> str:
    """Their seat on the team today; empty when they have none."""
    seated = challenge.seated  # type: ignore[attr-defined]
    return next((member.seat for member in seated if member.user_id == user.pk), "")


def _offer(user: User, challenge: Challenge) -> Iterator[Need]:
    if challenge.state != ChallengeState.OFFERED:
        return
    url = reverse("challenge", args=[challenge.pk])
    host, challengers = challenge.host_authority.name, challenge.challengers_said
    if speaks_for_host(user, challenge) and not challenge.host_accepted_at:
        yield need(f"Answer the offer: {challengers} would challenge you", url, _where(challenge))
    own = sides_of(user, challenge)
    if any(side.noun != "host" and not side.accepted_at for side in own):
        yield need(f"Answer the offer: you would challenge {host}", url, _where(challenge))


def _lead_wanted(user: User, challenge: Challenge) -> Iterator[Need]:
    seated = challenge.seated  # type: ignore[attr-defined]
    wanted = challenge.state in TEAM_WANTED and not any(m.seat == Seat.LEAD for m in seated)
    if wanted and speaks_for_challenger(user, challenge):
        yield need(
            f"Name who leads the challenge of {challenge.host_authority.name}",
            reverse("challenge_team", args=[challenge.pk]),
            _where(challenge),
        )


def _visit_work(challenge: Challenge, *, leads: bool) -> Iterator[Need]:
    """Findings from the first day on; the lead's letter from the last."""
    days, today = on_site(challenge), timezone.localdate()
    name = challenge.host_authority.name
    findings = reverse("challenge_findings", args=[challenge.pk])
    if leads and challenge.state in TEAM_WANTED and len(_seated(challenge)) == 1:
        team = reverse("challenge_team", args=[challenge.pk])
        yield need(f"Choose your team for {name}", team, _where(challenge))
    begun = challenge.booked and days and days[0] <= today
    if not begun and challenge.state not in VISITED:
        return
    if (
        not leads
        or not days
        or (today <= days[-1] and (begun or challenge.state == ChallengeState.ON_SITE))
    ):
        yield need(f"Record what you find in {name}", findings, _where(challenge))
    else:
        by = after_visit(challenge, "letter_drafted")
        yield need(f"Draft the letter to {name}", findings, _where(challenge), by)


def seat_needs(user: User) -> Iterator[Need]:
    """Teams they are asked to join."""
    for offer in seats_to_answer(user):
        host = offer.challenge.host_authority.name
        url = reverse("seat", args=[offer.pk])
        yield need(f"Can you join the team that visits {host}?", url, _where(offer.challenge))


def letter_needs(user: User, letters: Sequence[Letter]) -> Iterator[Need]:
    """`letters`: those being written or checked that they may see, of their own challenges."""
    for letter in letters:
        challenge = letter.challenge
        host = challenge.host_authority
        if letter.state == LetterState.WITH_HOST and user.holds(
            *ACTS_FOR_AUTHORITY, authority=host
        ):
            by = reply_due(letter)
            title = f"Check the letter from {challenge.challengers_said} for accuracy"
            yield need(title, reverse("letter_accuracy", args=[letter.pk]), _where(challenge), by)
        elif seat_of(user, challenge) == Seat.LEAD:
            yield from _lead_letter(letter)


def _lead_letter(letter: Letter) -> Iterator[Need]:
    challenge, url = letter.challenge, reverse("letter_edit", args=[letter.pk])
    name = challenge.host_authority.name
    if letter.state == LetterState.DRAFTING:
        by = letter_due(letter, "letter_drafted")
        yield need(f"Finish the letter to {name} and send it", url, _where(challenge), by)
    elif letter.state == LetterState.WITH_TEAM:
        hint = f"Changes were asked for. {_where(challenge)}"
        by = letter_due(letter, "letter_issued")
        yield need(f"Change the letter to {name}", url, hint, by)


def approval_needs(letters: Sequence[Letter]) -> Iterator[Need]:
    for letter in letters:
        title = f"Approve the letter to {letter.challenge.host_authority.name}"
        url = reverse("letter", args=[letter.pk])
        by = letter_due(letter, "letter_issued")
        yield need(title, url, f"From {letter.challenge.challengers_said}.", by)


def _seated(challenge: Challenge) -> list[object]:
    return list(challenge.seated)  # type: ignore[attr-defined]


def _where(challenge: Challenge) -> str:
    return f"{challenge.round.name}."
