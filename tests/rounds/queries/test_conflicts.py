"""What an officer has still to settle: declared conflicts that touch a match of a round."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from authorities.states import Role
from rounds import actions
from rounds.models import Challenge, Conflict, ConflictKind, Round, ScenarioMatch
from rounds.queries.conflicts import touching_in
from rounds.queries.needs import needs_of
from rounds.states import ChallengeState
from tests.world import World, fresh

C = ChallengeState


@pytest.fixture
def first(world: World, offered: Round) -> Challenge:
    return world.first(offered)


@pytest.fixture
def conflict(world: World, first: Challenge) -> Conflict:
    return actions.declare_conflict(
        first.host_authority,
        first.challenger_authority,
        kind=ConflictKind.FAMILY,
        details="tokconflict",
        by=fresh(world.director_of(first.host_authority)),
    )


def test_it_is_among_what_needs_the_officer_until_the_visit_begins(
    offered: Round, first: Challenge, conflict: Conflict
) -> None:
    found = {}
    for state in C.values:
        Challenge.objects.filter(pk=first.pk).update(state=state)
        found[state] = touching_in(offered)
    assert {state for state, rows in found.items() if rows} == {
        *(C.PROPOSED, C.OFFERED, C.ACCEPTED, C.SCOPED, C.READY)
    }
    assert found[C.OFFERED] == [(conflict, [str(first)])]


def test_the_need_names_the_match_and_no_details(
    offered: Round, first: Challenge, conflict: Conflict
) -> None:
    needs = [one for one in needs_of(offered, [], today=date(2026, 1, 1)) if one.tag == "Conflict"]
    assert [(one.url, one.rest) for one in needs] == [
        (
            f"/conflicts/{conflict.pk}",
            f"a declared conflict of interest touches a match: {first}",
        )
    ]
    assert "tokconflict" not in str(needs)


def test_one_that_is_withdrawn_needs_nobody(
    world: World, offered: Round, conflict: Conflict
) -> None:
    actions.withdraw_conflict(conflict, by=world.officer)
    assert touching_in(offered) == []


def test_one_that_an_officer_lets_stand_with_a_reason_needs_nobody(
    world: World, offered: Round, first: Challenge, conflict: Conflict
) -> None:
    pair = {"host": first.host, "challenger": first.challenger}
    scenario = offered.scenarios.first() or offered.scenarios.create(
        name="One", created_by=world.officer
    )
    row, _ = ScenarioMatch.objects.get_or_create(scenario=scenario, **pair)
    assert touching_in(offered) != []
    row.locked, row.reason = True, "Both directors asked for it"
    row.save()
    assert touching_in(offered) == []


def test_a_person_on_the_team_is_never_let_stand_by_a_word_on_the_match(
    world: World, accepted: Round
) -> None:
    first = world.first(accepted)
    pair = (first.challenger_authority, first.host_authority)
    reviewer = world.person(Role.REVIEWER, pair[0])
    actions.seat_team_member(first, reviewer, by=fresh(world.director_of(pair[0])))
    conflict = actions.declare_conflict(
        *pair, kind=ConflictKind.FAMILY, only_me=True, by=fresh(reviewer)
    )
    scenario = accepted.scenarios.create(name="Another", created_by=world.officer)
    ScenarioMatch.objects.create(
        scenario=scenario, host=first.host, challenger=first.challenger, reason="As agreed"
    )
    assert [one for one, _ in touching_in(accepted)] == [conflict]


def test_without_a_conflict_it_takes_one_query(
    offered: Round, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        assert touching_in(offered) == []
