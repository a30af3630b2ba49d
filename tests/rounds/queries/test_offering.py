"""How an offer is said in words, and how many queries that takes."""

from __future__ import annotations

import pytest

from rounds.models import Capacity, Participation
from rounds.queries.offering import numbers_of, numbers_said, offer_of


@pytest.mark.parametrize(
    ("least", "most", "numbers", "said"),
    [
        (None, None, (1, 1), "1 challenge, as the round asks"),
        (1, 1, (1, 1), "1 challenge, as the round asks"),
        (None, 0, (0, 0), "No challenge in this round"),
        (0, None, (0, 1), "0 to 1 challenges"),
        (2, None, (2, 2), "2 challenges"),
        (1, 3, (1, 3), "1 to 3 challenges"),
    ],
)
def test_an_open_number_is_what_the_round_asks(
    least: int | None, most: int | None, numbers: tuple[int, int], said: str
) -> None:
    capacity = Capacity(gives_least=least, gives_most=most)
    assert numbers_of(capacity, 1) == numbers
    assert numbers_said(capacity, 1) == said


def test_nothing_said_is_said_too(part: Participation) -> None:
    offer = offer_of(part)
    assert (offer.numbers, offer.strengths_said, offer.wishes_said, offer.answered) == (
        "1 challenge, as the round asks",
        "Nothing special",
        "Nobody in particular",
        "",
    )
