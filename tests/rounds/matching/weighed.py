"""Rounds to weigh: two authorities in plain words, and any small round there could be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from rounds.matching.facts import (
    DEFAULT_WEIGHTS,
    MOST_WEIGHT,
    NEVER,
    Earlier,
    Place,
    RoundFacts,
    Settings,
    Side,
)

AREAS = ("adoption", "early help", "thresholds")
MONDAY = date(2027, 1, 4)
WINDOW = frozenset(MONDAY + timedelta(days=after) for after in range(5))
BATH_PLACE, DORSET_PLACE = Place(51.356, -2.475), Place(50.806, -2.334)
BATH, DORSET = Side("bath", "Bath", area="adoption"), Side("dorset", "Dorset")


def two(host: dict[str, Any] | None = None, **challenger: Any) -> RoundFacts:
    """Bath hosts and Dorset challenges; what is said of each is changed."""
    bath, dorset = replace(BATH, **(host or {})), replace(DORSET, **challenger)
    return RoundFacts("directed", {"bath": bath, "dorset": dorset})


def ids(count: int) -> list[str]:
    return [chr(ord("a") + number) for number in range(count)]


@st.composite
def sides(draw: st.DrawFn, one: str, others: list[str]) -> Side:
    least = draw(st.integers(0, 1))
    days = st.frozensets(st.sampled_from(sorted(WINDOW)), min_size=1)
    return Side(
        id=one,
        name=one.upper(),
        area=draw(st.sampled_from(("", *AREAS))),
        strengths=draw(st.frozensets(st.sampled_from(AREAS))),
        leanings=draw(st.dictionaries(st.sampled_from(AREAS), st.floats(0, 1))),
        place=draw(
            st.none() | st.builds(Place, st.floats(50, 55), st.floats(-6, 1), st.integers(0, 120))
        ),
        gives_least=least,
        gives_most=draw(st.integers(max(least, 1), 2)),
        wishes=tuple(draw(st.lists(st.sampled_from(others), unique=True, max_size=3))),
        given_days=draw(st.integers(0, 9)),
        received_days=draw(st.integers(0, 9)),
        free_days=draw(st.none() | days),
        in_intervention=draw(st.integers(0, 4)) == 0,
        despite_intervention=draw(st.booleans()),
    )


def both_ways(pairs: set[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    return frozenset(pair for a, b in pairs for pair in ((a, b), (b, a)))


@st.composite
def round_facts(draw: st.DrawFn, topology: str = "directed", most: int = 6) -> RoundFacts:
    """Any round of two to so many, with a little of everything."""
    everybody = ids(draw(st.integers(2, most)))
    every = [(a, b) for a in everybody for b in everybody if a != b]
    some = st.sets(st.sampled_from(every), max_size=3)
    ranks = st.dictionaries(st.sampled_from(everybody), st.integers(1, 10), max_size=3)
    return RoundFacts(
        topology=topology,
        sides={
            one: draw(sides(one, [other for other in everybody if other != one]))
            for one in everybody
        },
        group_sizes=(3, 4) if topology == "groups" else (),
        mutual_allowed=draw(st.booleans()),
        neighbours=draw(st.dictionaries(st.sampled_from(everybody), ranks)),
        borders=both_ways(draw(some)),
        earlier={pair: Earlier(draw(st.integers(1, 4)), "a round") for pair in draw(some)},
        rounds_known=draw(st.integers(4, 5)),
        conflicts=dict.fromkeys(both_ways(draw(some)), "Paid work or a contract"),
        declined=frozenset(draw(some)),
        one_past=both_ways(draw(some)) if draw(st.integers(0, 3)) == 0 else frozenset(),
    )


@st.composite
def settings(draw: st.DrawFn, facts: RoundFacts) -> Settings:
    """Any scenario of the round; now and then of somebody who has left it."""
    everybody = [*facts.sides, "left"]
    every = [(a, b) for a in everybody for b in everybody if a != b]
    some = st.lists(st.sampled_from(every), max_size=2, unique=True)
    weights = {key: draw(st.integers(0, MOST_WEIGHT)) for key in DEFAULT_WEIGHTS}
    if draw(st.integers(0, 2)) == 0:
        weights["border"] = NEVER
    return Settings(
        weights=weights,
        worst_first=draw(st.booleans()),
        locked=frozenset(draw(some)) if draw(st.booleans()) else frozenset(),
        excluded=frozenset(draw(some)),
        previous=tuple(draw(some)),
    )
