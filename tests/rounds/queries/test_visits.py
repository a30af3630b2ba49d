"""Free days of one visit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rounds.models import Round
from rounds.queries.visits import days_said, free_days
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


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([], ""),
        ([(1, 12)], "12 Jan 2027"),
        ([(1, 12), (1, 13)], "12 and 13 Jan 2027"),
        ([(1, 27), (2, 3)], "27 Jan and 3 Feb 2027"),
        ([(1, 4), (1, 5), (1, 6)], "4 to 6 Jan 2027"),
        ([(1, 27), (1, 28), (1, 29), (1, 30), (1, 31), (2, 1)], "27 Jan to 1 Feb 2027"),
        ([(1, 4), (1, 5), (1, 6), (1, 13)], "4 to 6 and 13 Jan 2027"),
    ],
)
def test_days_are_said_in_few_words(days: list[tuple[int, int]], said: str) -> None:
    assert days_said([date(2027, month, day) for month, day in days]) == said
