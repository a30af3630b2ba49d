"""Free days of one visit."""

from __future__ import annotations

from datetime import timedelta

from rounds.models import Round
from rounds.queries.visits import free_days
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
