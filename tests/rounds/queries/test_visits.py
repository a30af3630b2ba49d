"""Free days of one visit, and who misses it."""

from __future__ import annotations

from datetime import timedelta

from rounds import actions
from rounds.models import Round
from rounds.queries.visits import free_days, missed_by
from tests.rounds.dated import FIRST, LAST, away, in_order, lead_of
from tests.world import World


def test_a_suggestion_keeps_off_days_on_which_somebody_cannot(world: World, tight: Round) -> None:
    challenge = in_order(tight)[0]
    away(challenge.challenger_authority, FIRST, FIRST)
    assert free_days(challenge) == {"day1": FIRST + timedelta(days=1)}
    away(lead_of(world, challenge), FIRST + timedelta(days=1), FIRST + timedelta(days=1))
    assert free_days(challenge) == {"day1": LAST}
    away(challenge.host_authority, LAST, LAST, rather_not=True)
    assert free_days(challenge) == {"day1": LAST}
    away(challenge.host_authority, LAST, LAST)
    assert free_days(challenge) == {}


def test_who_misses_a_visit_is_said_without_the_reason(world: World, tight: Round) -> None:
    challenge = in_order(tight)[0]
    actions.set_visit_days(challenge, {"day1": FIRST}, by=world.officer)
    assert missed_by(in_order(tight)) == []
    away(lead_of(world, challenge), FIRST, LAST)
    assert missed_by(in_order(tight)) == [
        "Lea Reviewer cannot on Wednesday 11 June 2031, "
        f"for the visit to {challenge.host_authority}."
    ]
