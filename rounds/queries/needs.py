"""What waits for the officer of a round, most urgent first, each as a sentence with a link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from peerchallenge.shared.dates import is_working_day
from rounds.models import Challenge, Round
from rounds.queries.conflicts import touching_in
from rounds.queries.deadlines import due
from rounds.queries.overview import Standing
from rounds.queries.publishing import waits_to_be_told
from rounds.queries.seat_needs import seats_given_up
from rounds.queries.unsettled import unsettled
from rounds.queries.visits import day_said
from rounds.states import DATES_OPEN, ChallengeState, RoundState

SOON = timedelta(days=7)
LEAD_NEEDED = READY_NEEDED = timedelta(weeks=4)
WAITING_FOR_LETTER = (ChallengeState.ON_SITE, ChallengeState.FED_BACK)


@dataclass(frozen=True)
class Need:
    """“Overdue: Letter to Swindon, the visit ended 12 working days ago.”"""

    tag: str
    colour: str
    link: str
    url: str
    rest: str


def needs_of(round: Round, found: Sequence[Standing], *, today: date) -> list[Need]:
    if round.state not in {RoundState.OPEN, RoundState.MATCHING, RoundState.UNDER_WAY}:
        return list(_letters(round, found, today))
    return [
        *_letters(round, found, today),
        *_self_assessments(round, found, today),
        *_declined(round, found),
        *_postponed(found),
        *_in_conflict(round),
        *_visits(round, found, today),
        *_seats(round),
        *_matching(round, found, today),
    ]


def _letters(round: Round, found: Sequence[Standing], today: date) -> Iterator[Need]:
    for one in found:
        if not one.challenge or not one.days:
            continue
        last = one.days[-1]
        drafted, issued = due(round, "letter_drafted", last), due(round, "letter_issued", last)
        link, url = f"Letter to {one.name}", reverse("round_letters", args=[round.pk])
        if one.challenge.state in WAITING_FOR_LETTER and drafted and today > drafted:
            ago = sum(
                is_working_day(last + timedelta(days=n + 1)) for n in range((today - last).days)
            )
            yield Need(
                "Overdue", "red", link, url, f"the visit ended {ago} working days ago, no draft yet"
            )
        elif one.challenge.state == ChallengeState.LETTER and issued and today > issued:
            yield Need("Overdue", "red", link, url, f"it was to be issued by {day_said(issued)}")


def _self_assessments(round: Round, found: Sequence[Standing], today: date) -> Iterator[Need]:
    late = [one.name for one in found if not one.sent]
    due = round.self_assessment_due
    if not late or due > today + SOON:
        return
    count = "1 self-assessment" if len(late) == 1 else f"{len(late)} self-assessments"
    verb = "is" if len(late) == 1 else "are"
    url = reverse("round_self_assessments", args=[round.pk])
    if due < today:
        was = "was" if len(late) == 1 else "were"
        yield Need("Overdue", "red", count, url, f"{was} due on {day_said(due)}: {listed(late)}")
    else:
        yield Need("Due", "yellow", count, url, f"{verb} due on {day_said(due)}: {listed(late)}")


def _declined(round: Round, found: Sequence[Standing]) -> Iterator[Need]:
    for one in found:
        if one.declined:
            yield Need(
                "Declined",
                "red",
                f"{one.name}’s match",
                reverse("round_match", args=[round.pk]),
                "one side said no: match again around it",
            )


def _postponed(found: Sequence[Standing]) -> Iterator[Need]:
    """What waits for an officer before what waits for others."""
    waiting = unsettled(one.challenge for one in found if one.challenge)
    for one in sorted(waiting, key=lambda one: not one.stuck):
        tag, colour = ("Postponed", "yellow") if one.stuck else ("Waiting", "grey")
        link = f"{one.challenge.host_authority.name}’s visit"
        yield Need(tag, colour, link, reverse("challenge_dates", args=[one.challenge.pk]), one.said)


def _in_conflict(round: Round) -> Iterator[Need]:
    """Not those that an officer has let stand with a reason."""
    for conflict, matches in touching_in(round):
        yield Need(
            "Conflict",
            "yellow",
            f"{conflict.authority} and {conflict.other}",
            reverse("conflict", args=[conflict.pk]),
            f"a declared conflict of interest touches a match: {listed(matches)}",
        )


def _visits(round: Round, found: Sequence[Standing], today: date) -> Iterator[Need]:
    phases = len(round.format.phases)
    hosted = [(one, one.challenge) for one in found if one.challenge]
    for one, challenge in hosted:
        yield from _one_visit(one, challenge, today)
    url = reverse("round_visits", args=[round.pk])
    open_ = [one.name for one, challenge in hosted if _not_ready(one, challenge, today)]
    if open_:
        verb = "is" if len(open_) == 1 else "are"
        rest = f"in the next 4 weeks {verb} not ready: {listed(open_)}"
        yield Need("Not ready", "yellow", _visits_of(open_), url, rest)
    undated = [o.name for o, c in hosted if c.undated and len(c.days.all()) < phases]
    if undated:
        yield Need("To do", "blue", _visits_of(undated), url, f"no days yet: {listed(undated)}")
    unsent = [o.name for o, c in hosted if c.undated and len(c.days.all()) == phases]
    if unsent:
        yield Need(
            "To do", "blue", _visits_of(unsent), url, f"days set and not sent yet: {listed(unsent)}"
        )


def _one_visit(one: Standing, challenge: Challenge, today: date) -> Iterator[Need]:
    if not one.days or challenge.state not in DATES_OPEN:
        return
    first = one.days[0]
    link, url = f"{one.name}’s visit", reverse("challenge", args=[challenge.pk])
    if first < today:
        yield Need("Check", "yellow", link, url, f"was to begin on {day_said(first)}: has it?")
    elif not one.has_lead and first <= today + LEAD_NEEDED:
        yield Need("No lead", "yellow", link, url, f"on {day_said(first)} has no lead reviewer")


def _not_ready(one: Standing, challenge: Challenge, today: date) -> bool:
    """It begins within four weeks, and nobody has said that all is there."""
    open_ = challenge.booked and challenge.state != ChallengeState.READY
    return open_ and bool(one.days) and today <= one.days[0] <= today + READY_NEEDED


def _seats(round: Round) -> Iterator[Need]:
    for offer in seats_given_up(round):
        pk = offer.challenge_id
        team = reverse("challenge_team", args=[pk])
        yield Need(
            "Said no",
            "yellow",
            f"{offer.challenge.host_authority.name}’s team",
            reverse("seat_candidates", args=[pk, offer.kind]) if offer.kind else team,
            f"{offer.user.name} cannot come: ask somebody else",
        )


def _matching(round: Round, found: Sequence[Standing], today: date) -> Iterator[Need]:
    url = reverse("round_match", args=[round.pk])
    alone = [one for one in found if not one.challenge and not one.declined]
    ready = all(one.sent for one in alone) or round.self_assessment_due < today
    if waits_to_be_told(round):
        confirm = reverse("round_match_confirm", args=[round.pk])
        rest = "matches are published, and nobody has been told yet"
        yield Need("To do", "blue", "Tell directors", confirm, rest)
    elif alone and ready:
        names = [one.name for one in alone]
        yield Need("To do", "blue", "Match challengers", url, f"nobody yet for {listed(names)}")
    silent = sorted({name for one in found if one.challenge for name in unanswered(one.challenge)})
    if silent:
        yield Need(
            "Waiting", "grey", "Matches offered", url, f"no answer yet from {listed(silent)}"
        )


def unanswered(challenge: Challenge) -> list[str]:
    """The sides whose director has still to answer the offer."""
    if challenge.state != ChallengeState.OFFERED:
        return []
    return [side.authority.name for side in challenge.unanswered]


def _visits_of(names: Sequence[str]) -> str:
    return "1 visit" if len(names) == 1 else f"{len(names)} visits"


def listed(names: Iterable[str], most: int = 3) -> str:
    """“Bristol, Devon, Dorset and 13 others”."""
    names = list(names)
    if len(names) <= most + 1:
        return " and ".join([part for part in (", ".join(names[:-1]), *names[-1:]) if part])
    return f"{', '.join(names[:most])} and {len(names) - most} others"
