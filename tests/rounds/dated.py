"""Visits in three days far from every bank holiday, and people who cannot on some of them."""

from __future__ import annotations

from datetime import date

from authorities.models import Authority, User
from authorities.states import Role
from rounds import actions
from rounds.models import Challenge, Round, Unavailable
from tests.world import World

# Wednesday to Friday.
FIRST, LAST = date(2031, 6, 11), date(2031, 6, 13)
ONE_DAY = [{"id": "day1", "label": "Day 1", "days": 1}]


def with_window(round: Round, first: date = FIRST, last: date = LAST) -> Round:
    round.visits_from, round.visits_to = first, last
    round.save(update_fields=["visits_from", "visits_to"])
    return round


def tightened(round: Round) -> Round:
    """Three days for visits of one day each."""
    round.format_data["phases"] = ONE_DAY
    round.save(update_fields=["format_data"])
    return with_window(round)


def in_order(round: Round) -> list[Challenge]:
    return list(round.challenges.with_both_sides().order_by("host__authority__name"))


def away(who: Authority | User, first: date, last: date, *, rather_not: bool = False) -> None:
    """Said by anybody: it is the days that count."""
    Unavailable.objects.create(
        user=who if isinstance(who, User) else None,
        authority=None if isinstance(who, User) else who,
        first_day=first,
        last_day=last,
        rather_not=rather_not,
        reason="The ballet",
        said_by=User.objects.earliest("pk"),
    )


def lead_of(world: World, challenge: Challenge, name: str = "Lea Reviewer") -> User:
    lead = world.person(Role.REVIEWER, challenge.challenger_authority, name=name)
    actions.name_lead(challenge, lead, by=world.officer)
    return lead
