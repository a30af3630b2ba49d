"""The problem that a round's facts make, and each pair in words and numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from rounds.matching import solve
from rounds.matching.facts import DEFAULT_WEIGHTS, Earlier, RoundFacts, Settings
from rounds.matching.problem import check
from rounds.matching.scores import SCORES
from rounds.matching.weighing import (
    NOTHING_KNOWN,
    bars,
    in_a_word,
    problem_of,
    reasons,
    score_of,
    shares,
)
from tests.rounds.matching.weighed import (
    BATH_PLACE,
    DORSET_PLACE,
    round_facts,
    settings,
    two,
)

TOPOLOGIES = ("directed", "pairs", "groups", "panel")
SLOW = hypothesis_settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
WEIGHTS = st.fixed_dictionaries({key: st.integers(0, 10) for key in DEFAULT_WEIGHTS})


@given(WEIGHTS)
def test_the_shares_of_all_scores_add_up_to_a_thousand(weights: dict[str, int]) -> None:
    given_to = shares(Settings(weights))
    assert sum(given_to.values()) == (1000 if any(weights.values()) else 0)
    for key, weight in weights.items():
        assert (given_to[key] > 0) == (weight > 0)
        if weight:
            assert abs(given_to[key] - 1000 * weight / sum(weights.values())) < 1


@SLOW
@given(st.data())
@pytest.mark.parametrize("topology", TOPOLOGIES)
def test_a_pairs_score_is_the_sum_of_its_weighted_parts(topology: str, data: st.DataObject) -> None:
    facts = data.draw(round_facts(topology))
    scenario = data.draw(settings(facts))
    problem = problem_of(facts, scenario)
    check(problem)
    size = len(facts.sides)
    assert len(problem.arcs) == size * (size - 1)
    for arc in problem.arcs:
        told = reasons(facts, scenario, arc.host, arc.challenger)
        assert arc.score == sum(arc.parts.values()) == sum(reason.points for reason in told)
        assert 0 <= arc.score <= 1000
        assert {r.key: r.points for r in told if r.out_of} == dict(arc.parts)
        assert all(0 <= reason.points <= reason.out_of for reason in told)
        for score in SCORES:
            worth = score.value(facts, facts.sides[arc.host], facts.sides[arc.challenger])
            share = shares(scenario)[score.key]
            assert abs(arc.parts.get(score.key, 0) - share * worth) <= 0.5
        barring = bars(facts, scenario, arc.host, arc.challenger)
        assert arc.blocked_by == tuple(bar.rule for bar in barring)


@SLOW
@given(st.data())
@pytest.mark.parametrize("topology", TOPOLOGIES)
def test_no_answer_breaks_a_bar_that_no_lock_lifts(topology: str, data: st.DataObject) -> None:
    facts = data.draw(round_facts(topology))
    scenario = data.draw(settings(facts))
    problem = problem_of(facts, scenario)
    solution = solve(problem, time_limit=2, with_next_best=False)
    for one in solution.pairs:
        pair = (one.host, one.challenger)
        assert pair in problem.locks or not bars(facts, scenario, *pair)
    if solution.status != "impossible":
        assert set(problem.locks) <= {pair[:2] for pair in solution.pairs}


@SLOW
@given(st.data())
def test_the_same_facts_in_another_order_have_the_same_answer(data: st.DataObject) -> None:
    facts = data.draw(round_facts())
    scenario = data.draw(settings(facts))
    backwards = replace(facts, sides=dict(reversed(facts.sides.items())))
    turned = replace(scenario, previous=scenario.previous[::-1])
    assert problem_of(facts, scenario) == problem_of(backwards, turned)
    one, other = (solve(problem_of(f, scenario)) for f in (facts, backwards))
    assert replace(one, seconds=0) == replace(other, seconds=0)


@SLOW
@given(st.data())
def test_what_a_set_of_pairs_comes_to_is_what_the_solver_makes_of_it(data: st.DataObject) -> None:
    facts = data.draw(round_facts())
    scenario = data.draw(settings(facts))
    solution = solve(problem_of(facts, scenario), with_next_best=False)
    if solution.status == "impossible":
        return
    standing = score_of(facts, scenario, [pair[:2] for pair in solution.pairs])
    assert (standing.total, standing.worst_score) == (solution.total, solution.worst)


def test_aims_follow_the_scenario() -> None:
    facts = two()
    before = (("bath", "dorset"), ("bath", "left"))
    assert problem_of(facts, Settings()).objective == ("worst", "total")
    assert problem_of(facts, Settings(worst_first=False)).objective == ("total",)
    stable = problem_of(facts, Settings(previous=before))
    assert stable.objective == ("moved", "worst", "total")
    assert stable.previous == (("bath", "dorset"),)


def test_what_an_officer_weighs_as_nothing_is_said_but_does_not_count() -> None:
    facts = two(strengths=frozenset({"adoption"}))
    [first, *others] = reasons(facts, Settings({"strength": 0}), "bath", "dorset")
    assert (first.points, first.out_of) == (0, 0)
    assert first.text == "Dorset offers strength in adoption."
    assert sum(reason.out_of for reason in others) == 1000


def test_a_line_for_the_board_names_the_two_that_give_most_and_the_distance() -> None:
    likeness = {"bath": {"dorset": 1}, "dorset": {"elsewhere": 1}}
    places = two({"place": BATH_PLACE, "wishes": ("elsewhere", "dorset")}, place=DORSET_PLACE)
    facts = replace(places, neighbours=likeness, rounds_known=2)
    # 158 points of 158 for likeness, 105 for the second wish of two.
    assert in_a_word(facts, Settings(), "bath", "dorset") == (
        "Statistical neighbour, the host’s wish, 38 miles apart"
    )
    assert in_a_word(facts, Settings({"neighbour": 1}), "bath", "dorset") == (
        "The host’s wish, statistical neighbour, 38 miles apart"
    )
    assert in_a_word(facts, Settings({"neighbour": 0}), "bath", "dorset") == (
        "The host’s wish, 38 miles apart"
    )


def test_that_two_have_not_met_is_said_where_nothing_else_is() -> None:
    facts = replace(two({"place": BATH_PLACE}, place=DORSET_PLACE), rounds_known=2)
    assert in_a_word(facts, Settings(), "bath", "dorset") == (
        "Not matched in the last 2 rounds, 38 miles apart"
    )
    met = replace(facts, earlier={("bath", "dorset"): Earlier(1, "Winter 2025")})
    assert in_a_word(met, Settings(), "bath", "dorset") == "38 miles apart"


def test_a_line_for_two_of_whom_nothing_is_known() -> None:
    assert in_a_word(two(), Settings(), "bath", "dorset") == NOTHING_KNOWN


def test_a_host_without_a_challenger_is_the_worst_off() -> None:
    facts = two({"place": BATH_PLACE}, place=DORSET_PLACE, given_days=3, received_days=1)
    standing = score_of(facts, Settings(), [("bath", "dorset"), ("bath", "left")])
    assert standing.total == sum(r.points for r in reasons(facts, Settings(), "bath", "dorset"))
    assert (standing.worst, standing.worst_score) == ("dorset", 0)
    assert (standing.travel_minutes, standing.farthest_minutes) == (81, 81)
    # Dorset would have given four days and received one, Bath received one: 3 and -1.
    assert standing.balance == 4


def test_an_empty_round_comes_to_nothing() -> None:
    nobody = RoundFacts("directed", {})
    assert score_of(nobody, Settings(), []) == (0, None, 0, None, None, 0)
    assert problem_of(nobody, Settings()).arcs == ()
