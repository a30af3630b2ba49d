"""Each rule that forbids a pair: when it does, when not, and what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rounds.matching.bars import RULES
from rounds.matching.dates import Stay, fit
from rounds.matching.facts import DEFAULT_WEIGHTS, NEVER, RoundFacts, Settings
from rounds.matching.weighing import bars
from rounds.scheduling.days import Phase
from rounds.scheduling.patterns import in_order, patterns
from rounds.scheduling.problem import Challenge
from tests.rounds.matching.weighed import MONDAY, WINDOW, round_facts, settings, two

PLAIN = Settings()
BOTH = frozenset({("bath", "dorset"), ("dorset", "bath")})
DAYS = sorted(WINDOW)


def said(facts: RoundFacts, settings: Settings = PLAIN, *pair: str) -> list[tuple[str, str]]:
    host, challenger = pair or ("bath", "dorset")
    return [tuple(bar) for bar in bars(facts, settings, host, challenger)]


def known(**facts: Any) -> RoundFacts:
    return replace(two(), **facts)


def test_nothing_forbids_two_of_whom_nothing_is_known() -> None:
    assert said(two()) == []


def test_a_declared_conflict_forbids_both_ways() -> None:
    facts = known(conflicts=dict.fromkeys(BOTH, "One trust acts for both"))
    assert said(facts) == [
        (
            "conflict",
            "Dorset has a declared conflict of interest with Bath: one trust acts for both.",
        )
    ]
    assert [rule for rule, _ in said(facts, PLAIN, "dorset", "bath")] == ["conflict"]


def test_a_match_that_was_declined_is_not_offered_again_the_same_way_round() -> None:
    facts = known(declined=frozenset({("bath", "dorset")}))
    assert said(facts) == [("declined", "Dorset challenging Bath was declined in this round.")]
    assert said(facts, PLAIN, "dorset", "bath") == []


def test_who_is_in_intervention_hosts_but_does_not_challenge() -> None:
    facts = two(in_intervention=True)
    assert said(facts) == [
        ("intervention", "Dorset is in intervention and may not challenge without your word.")
    ]
    assert said(facts, PLAIN, "dorset", "bath") == []


def test_the_officers_word_lets_it_challenge() -> None:
    assert said(two(in_intervention=True, despite_intervention=True)) == []


def test_a_merged_authority_does_not_challenge_its_own_past() -> None:
    assert said(known(one_past=BOTH)) == [("merged", "Dorset and Bath were one authority.")]


def test_two_without_a_common_day_cannot_meet() -> None:
    facts = two({"free_days": frozenset(DAYS[:2])}, free_days=frozenset(DAYS[2:]))
    assert said(facts) == [
        ("unavailable", "There are no dates for visits on which Dorset and Bath both can.")
    ]


@given(st.frozensets(st.sampled_from(DAYS)), st.frozensets(st.sampled_from(DAYS)))
def test_one_common_day_is_enough(one: frozenset[Any], other: frozenset[Any]) -> None:
    assert bool(said(two({"free_days": one}, free_days=other))) == (not one & other)


def test_a_common_day_is_not_enough_where_the_second_visit_has_none() -> None:
    """Two visits a day or two apart: Monday alone is not enough, Monday and Wednesday are."""
    stays = (Stay("day1"), Stay("feedback", after="day1", gap_least=1, gap_most=2))
    monday, tuesday, wednesday, *_ = DAYS
    for days, rules in (
        ({monday}, ["unavailable"]),
        ({monday, wednesday}, []),
        ({tuesday, wednesday}, []),
    ):
        facts = two({"free_days": frozenset(DAYS)}, free_days=frozenset(days))
        assert [rule for rule, _ in said(replace(facts, stays=stays))] == rules


@st.composite
def phases(draw: st.DrawFn) -> tuple[Phase, ...]:
    """One to three phases, each at the start or after an earlier one."""
    found: list[Phase] = []
    for number in range(draw(st.integers(1, 3))):
        after = draw(st.sampled_from(["", *(one.id for one in found)]))
        least = draw(st.integers(0, 4)) + (1 if after else 0)
        most = least + draw(st.integers(0, 3))
        days = draw(st.integers(1, 3))
        found.append(Phase(str(number), "", after, least, most, days))
    return tuple(found)


@given(phases(), st.frozensets(st.integers(0, 20)))
def test_dates_fit_where_the_calendar_finds_any(
    phases: tuple[Phase, ...], after: frozenset[int]
) -> None:
    every = (MONDAY + timedelta(days=days) for days in after)
    free = frozenset(day for day in every if day.weekday() < 5)
    stays = tuple(Stay(p.id, p.days, p.after, p.gap_least, p.gap_most) for p in phases)
    ordinals = {day.toordinal() for day in free}
    assert fit(free, stays) == bool(patterns(Challenge("", "bath"), in_order(phases), ordinals))


def test_who_says_nothing_of_its_days_can_meet_on_any() -> None:
    assert said(two({"free_days": frozenset(DAYS[:1])})) == []
    assert said(two(free_days=frozenset(DAYS[:1]))) == []


def test_a_border_forbids_only_where_the_scenario_says_never() -> None:
    facts = known(borders=BOTH)
    assert said(facts) == []
    assert said(facts, Settings({"border": 10})) == []
    assert said(facts, Settings({"border": NEVER})) == [
        ("neighbour", "Dorset borders Bath, and this scenario keeps neighbours apart.")
    ]
    assert said(two(), Settings({"border": NEVER})) == []


def test_the_officers_word_against_a_pair_counts_one_way() -> None:
    apart = Settings(excluded=frozenset({("bath", "dorset")}))
    assert said(two(), apart) == [
        ("excluded", "You excluded Dorset as Bath’s challenger in this scenario.")
    ]
    assert said(two(), apart, "dorset", "bath") == []


@given(st.data())
def test_another_fact_never_lifts_a_bar(data: st.DataObject) -> None:
    """Rules only add up: two sets of facts together forbid what either forbids."""
    facts = data.draw(round_facts())
    scenario = data.draw(settings(facts))
    pairs = [(a, b) for a in facts.sides for b in facts.sides if a != b]
    more = replace(
        facts,
        conflicts={**facts.conflicts, **dict.fromkeys(pairs, "Something else")},
        declined=frozenset(pairs),
    )
    for host, challenger in pairs:
        before = {rule for rule, _ in said(facts, scenario, host, challenger)}
        after = {rule for rule, _ in said(more, scenario, host, challenger)}
        assert after == before | {"conflict", "declined"}
        assert before <= set(RULES)
    assert set(DEFAULT_WEIGHTS) >= set(scenario.weights)
