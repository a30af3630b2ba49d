"""Each score by itself: what it is worth, what it says, and that it knows its bounds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rounds.matching.facts import DEFAULT_WEIGHTS, Earlier, Place, RoundFacts
from rounds.matching.scores import SCORES, Score
from tests.rounds.matching.weighed import BATH_PLACE, DORSET_PLACE, round_facts, two

BY_KEY = {score.key: score for score in SCORES}
SYMMETRIC = ("neighbour", "travel", "border")
HISTORY = {("bath", "dorset"): Earlier(1, "Winter 2025")}


def of(key: str, facts: RoundFacts, *pair: str) -> tuple[float, str]:
    """What a pair is worth, to three decimals, and why."""
    host, challenger = (facts.sides[one] for one in pair or ("bath", "dorset"))
    score = BY_KEY[key]
    return round(score.value(facts, host, challenger), 3), score.says(facts, host, challenger)


def test_each_weight_has_a_score_in_the_same_order() -> None:
    assert [score.key for score in SCORES] == list(DEFAULT_WEIGHTS)


@pytest.mark.parametrize("score", SCORES, ids=[score.key for score in SCORES])
@given(facts=round_facts())
def test_every_score_is_from_nothing_to_everything_with_a_sentence(
    score: Score, facts: RoundFacts
) -> None:
    for host in facts.sides.values():
        for challenger in facts.sides.values():
            if host is challenger:
                continue
            assert 0 <= score.value(facts, host, challenger) <= 1
            sentence = score.says(facts, host, challenger)
            assert sentence[0].isupper() or sentence[0].isdigit()
            assert sentence.endswith(".")
            short = score.short(facts, host, challenger)
            assert not short.endswith(".")


@pytest.mark.parametrize("key", SYMMETRIC)
@given(facts=round_facts())
def test_what_two_are_to_each_other_is_the_same_both_ways(key: str, facts: RoundFacts) -> None:
    value = BY_KEY[key].value
    for one in facts.sides.values():
        for other in facts.sides.values():
            assert value(facts, one, other) == value(facts, other, one)


def test_strength_that_is_offered_in_the_hosts_area_is_worth_all() -> None:
    facts = two(strengths=frozenset({"adoption"}), leanings={"adoption": 0.0})
    assert of("strength", facts) == (1, "Dorset offers strength in adoption.")


def test_where_nothing_is_offered_its_own_answers_speak() -> None:
    assert of("strength", two(leanings={"adoption": 0.75})) == (
        0.75,
        "75% of Dorset’s own answers on adoption show mostly a strength.",
    )


@pytest.mark.parametrize(("share", "many"), [(0, "None"), (1, "All"), (1 / 3, "33%")])
def test_few_answers_or_many_are_said_in_words(share: float, many: str) -> None:
    said = f"{many} of Dorset’s own answers on adoption show mostly a strength."
    assert of("strength", two(leanings={"adoption": share}))[1] == said


def test_an_area_is_the_same_in_large_letters_and_in_small_ones() -> None:
    assert of("strength", two(strengths=frozenset({"ADOPTION"})))[0] == 1


def test_strength_offered_elsewhere_does_not_help() -> None:
    assert of("strength", two(strengths=frozenset({"thresholds"}))) == (
        0,
        "Dorset offers strength in other areas, not in adoption.",
    )


def test_silence_on_strength_is_neither_good_nor_bad() -> None:
    assert of("strength", two()) == (0.5, "Nothing is known of Dorset’s strength in adoption.")
    assert of("strength", two({"area": ""}, strengths=frozenset({"adoption"}))) == (
        0.5,
        "Bath’s area for challenge is not known yet.",
    )


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_more_its_answers_lean_to_a_strength_the_better(one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert of("strength", two(leanings={"adoption": less})) <= of(
        "strength", two(leanings={"adoption": more})
    ) or round(less, 3) == round(more, 3)


def likeness(**ranks: int) -> RoundFacts:
    """`bath=3`: the rank that Dorset has in Bath's list."""
    lists = {"bath": {"elsewhere": 9}, "dorset": {"elsewhere": 9}}
    for who, rank in ranks.items():
        lists[who]["dorset" if who == "bath" else "bath"] = rank
    return replace(two(), neighbours=lists)


def test_neighbours_by_their_better_rank() -> None:
    assert of("neighbour", likeness(bath=1)) == (1, "Dorset is statistical neighbour 1 of Bath.")
    assert of("neighbour", likeness(bath=9, dorset=4)) == (
        0.7,
        "Bath is statistical neighbour 4 of Dorset.",
    )
    assert of("neighbour", likeness(bath=10))[0] == 0.1


def test_those_who_are_no_neighbours_and_those_of_whom_nothing_is_published() -> None:
    assert of("neighbour", likeness()) == (0, "They are not statistical neighbours.")
    assert of("neighbour", two()) == (0.5, "Statistical neighbours are not published for both.")


@given(st.integers(1, 10), st.integers(1, 10))
def test_the_closer_the_neighbour_the_better(one: int, other: int) -> None:
    closer, farther = sorted((one, other))
    assert of("neighbour", likeness(bath=closer))[0] >= of("neighbour", likeness(bath=farther))[0]


def test_travel_is_worth_a_half_at_ninety_minutes() -> None:
    assert of("travel", two({"place": BATH_PLACE}, place=DORSET_PLACE)) == (
        0.526,
        "38 miles apart, about 1 hour 21 minutes one way (an estimate).",
    )
    here = two({"place": BATH_PLACE}, place=BATH_PLACE._replace(crossing_minutes=90))
    assert of("travel", here) == (
        0.5,
        "0 miles apart, about 1 hour 30 minutes one way, with the crossing (an estimate).",
    )
    assert of("travel", two()) == (0.5, "How far apart they are is not known.")


@given(st.floats(0, 5), st.floats(0, 5))
def test_the_nearer_the_better(one: float, other: float) -> None:
    near, far = (
        two({"place": Place(50, 0)}, place=Place(50 + degrees, 0))
        for degrees in sorted((one, other))
    )
    assert of("travel", near)[0] >= of("travel", far)[0] > 0


def test_the_same_match_as_in_the_last_round_is_worth_nothing() -> None:
    facts = replace(two(), earlier=HISTORY, rounds_known=3)
    assert of("fresh", facts) == (0, "Dorset challenged Bath in Winter 2025.")


def test_the_last_match_the_other_way_round_counts_half() -> None:
    facts = replace(two(), earlier=HISTORY, rounds_known=3)
    assert of("fresh", facts, "dorset", "bath") == (
        0.5,
        "Dorset challenged Bath in Winter 2025.",
    )


def test_two_that_have_not_met_are_worth_all_where_earlier_rounds_are_known() -> None:
    assert of("fresh", replace(two(), rounds_known=3)) == (
        1,
        "They have not challenged each other in the last 3 rounds.",
    )
    assert of("fresh", replace(two(), rounds_known=1))[1].endswith("in the last round.")
    assert of("fresh", two()) == (0.5, "No earlier round is known.")


@given(st.integers(1, 9), st.integers(1, 9))
def test_the_longer_ago_the_better(one: int, other: int) -> None:
    late, early = (
        replace(two(), earlier={("bath", "dorset"): Earlier(ago, "then")}, rounds_known=9)
        for ago in sorted((one, other))
    )
    assert of("fresh", late)[0] <= of("fresh", early)[0] < 1


def test_the_hosts_wishes_by_their_order() -> None:
    wishes = {"wishes": ("elsewhere", "dorset")}
    assert of("preference", two({"wishes": ("dorset",)})) == (1, "Dorset is wish 1 of 1 of Bath.")
    assert of("preference", two(wishes)) == (0.667, "Dorset is wish 2 of 2 of Bath.")
    assert of("preference", two({"wishes": ("elsewhere",)})) == (0, "Bath did not ask for Dorset.")
    assert of("preference", two()) == (0.5, "Bath has no wishes.")


@given(st.integers(0, 9), st.integers(0, 9))
def test_an_earlier_wish_is_worth_more_and_any_wish_something(one: int, other: int) -> None:
    others = [f"other {number}" for number in range(9)]
    first, later = (
        two({"wishes": (*others[:place], "dorset", *others[place:])})
        for place in sorted((one, other))
    )
    assert of("preference", first)[0] >= of("preference", later)[0] > 0


def test_who_received_more_than_it_gave_comes_first() -> None:
    assert of("balance", two(given_days=0, received_days=4)) == (
        1,
        "Dorset has given 0 days of challenge and received 4.",
    )
    assert of("balance", two(given_days=3, received_days=3))[0] == 0.5
    assert of("balance", two(given_days=4, received_days=0))[0] == 0
    assert of("balance", two()) == (0.5, "No earlier days of Dorset are known.")


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_each_day_given_makes_it_less_and_each_received_more(given: int, got: int, on: int) -> None:
    now = of("balance", two(given_days=given, received_days=got))[0]
    assert of("balance", two(given_days=given + on, received_days=got))[0] <= now
    assert of("balance", two(given_days=given, received_days=got + on))[0] >= now


def test_a_border_counts_against_a_pair_where_it_counts_at_all() -> None:
    border = replace(two(), borders=frozenset({("bath", "dorset"), ("dorset", "bath")}))
    assert of("border", border) == (0, "Dorset borders Bath.")
    assert of("border", two()) == (1, "They share no border.")
    assert DEFAULT_WEIGHTS["border"] == 0
