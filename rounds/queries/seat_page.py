"""What somebody who is asked onto a team needs to know before they answer."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from authorities.models import Reviewer
from authorities.states import Role
from rounds.models import Challenge, SeatOffer, TeamMember
from rounds.models.challenge import listed
from rounds.queries.away import NONE, away_of, on_site
from rounds.queries.challenges import days_of
from rounds.queries.seating import elsewhere_then
from rounds.queries.teams import seat_kind, seat_label
from rounds.queries.visits import counted, day_said
from rounds.scheduling import said


@dataclass(frozen=True)
class SeatPage:
    """`facts`: what it is, as label and words; `clashes`: what they said, or hold, against it."""

    seat: str
    facts: list[tuple[str, str]]
    days: list[tuple[str, str]]
    clashes: list[str]
    off_site: bool


def seat_page(offer: SeatOffer) -> SeatPage:
    challenge = offer.challenge
    round = challenge.round
    kind = seat_kind(round, offer.kind)
    off_site = bool(kind and kind.off_site)
    called = round.format.label
    length = sum(phase.days for phase in round.format.phases)
    facts = [
        (called("host"), challenge.host_authority.name),
        (called("challenger"), challenge.challengers_said),
        (called("area"), challenge.area_name or "Not chosen yet"),
        ("Your seat", seat_label(round, offer.kind)),
        ("What it takes", _takes(length, off_site=off_site)),
        ("Training", _training(offer)),
    ]
    if team := _team(offer):
        facts.append(("On the team so far", team))
    days = [(step.label, said(step.day) if step.day else step.words) for step in days_of(challenge)]
    return SeatPage(facts[3][1], facts, days, [] if off_site else _clashes(offer), off_site)


def _takes(length: int, *, off_site: bool) -> str:
    if off_site:
        return "Reading for the team; you do not come along on the days"
    return f"{counted(length, 'day')} on site, and reading beforehand"


def _training(offer: SeatOffer) -> str:
    """Whether it counts on the last day, or today where no day is set."""
    days = on_site(offer.challenge)
    last = max(days, default=timezone.localdate())
    reviewer = Reviewer.objects.filter(user=offer.user).first()
    if reviewer is None or reviewer.trained_on is None:
        return "None is on record for you: ask the board’s officers about the next one"
    if reviewer.lapses_on and reviewer.lapses_on < last:
        return f"Yours lapses on {day_said(reviewer.lapses_on)}, before the last day"
    return f"Yours of {day_said(reviewer.trained_on)} counts"


def _team(offer: SeatOffer) -> str:
    team = TeamMember.objects.current().filter(challenge=offer.challenge).exclude(user=offer.user)
    names = [one.user.name for one in team.select_related("user")]
    return listed(names) if names else ""


def _clashes(offer: SeatOffer) -> list[str]:
    days = on_site(offer.challenge)
    if not days:
        return []
    found = [elsewhere] if (elsewhere := elsewhere_then(offer.user, offer.challenge)) else []
    away = away_of([offer.user], days[0], days[-1])
    for taken, words in ((away.cannot, "cannot"), (away.rather_not, "would rather not")):
        own = sorted(taken.get(offer.user, NONE) & set(days))
        if own:
            listed_days = listed([said(day) for day in own])
            found.append(f"{offer.user.name} said: {words} on {listed_days}.")
    acts = offer.user.holds(Role.DIRECTOR, Role.AUTHORITY_OFFICER)
    return found if not acts else [*found, *_at_home(offer)]


def _at_home(offer: SeatOffer) -> list[str]:
    """Their own authority is visited on one of the days."""
    return [
        f"{one.host_authority} is visited itself on one of these days."
        for one in Challenge.objects.live()
        .filter(
            host__authority__in=[held.authority_id for held in offer.user.current_memberships],
            days__day__in=on_site(offer.challenge),
        )
        .with_both_sides()
        .distinct()
    ]
