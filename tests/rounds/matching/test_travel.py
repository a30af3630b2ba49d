from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rounds.matching.facts import Place
from rounds.matching.travel import miles_between, minutes_between, straight_km, time_said
from tests.rounds.matching.weighed import BATH_PLACE, DORSET_PLACE

PLACES = st.builds(Place, st.floats(-90, 90), st.floats(-180, 180), st.integers(0, 200))


def test_a_degree_of_the_meridian_is_111_kilometres() -> None:
    assert round(straight_km(Place(51, 0), Place(52, 0)), 1) == 111.2
    assert round(straight_km(Place(90, 0), Place(-90, 0))) == 20015


def test_from_bath_to_dorset() -> None:
    assert miles_between(BATH_PLACE, DORSET_PLACE) == 38
    assert minutes_between(BATH_PLACE, DORSET_PLACE) == 81


def test_the_isles_of_scilly_are_a_crossing_away_from_cornwall() -> None:
    cornwall, scilly = Place(50.406, -4.827), Place(49.937, -6.317, 120)
    by_road = minutes_between(cornwall, scilly._replace(crossing_minutes=0))
    assert by_road == 154
    assert minutes_between(cornwall, scilly) == 154 + 120


def test_nothing_is_said_of_a_place_that_is_not_known() -> None:
    assert minutes_between(None, BATH_PLACE) is None
    assert miles_between(BATH_PLACE, None) is None


@given(PLACES, PLACES)
def test_there_and_back_take_as_long(one: Place, other: Place) -> None:
    there = minutes_between(one, other)
    assert there == minutes_between(other, one)
    assert there is not None
    assert there >= one.crossing_minutes + other.crossing_minutes


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (59, "59 minutes"),
        (60, "1 hour"),
        (61, "1 hour 1 minute"),
        (527, "8 hours 47 minutes"),
    ],
)
def test_a_long_journey_is_said_in_hours(minutes: int, said: str) -> None:
    assert time_said(minutes) == said


@given(PLACES)
def test_nobody_travels_to_where_they_are(place: Place) -> None:
    assert straight_km(place, place) == 0


@given(PLACES, PLACES, PLACES)
def test_a_detour_is_never_shorter(one: Place, middle: Place, other: Place) -> None:
    direct = straight_km(one, other)
    assert direct <= straight_km(one, middle) + straight_km(middle, other) + 1e-6
