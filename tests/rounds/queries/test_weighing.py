from __future__ import annotations

import pytest

from rounds.matching import solve
from rounds.matching.weighing import problem_of
from rounds.queries.weighing import facts_of, members_by_id, settings_of
from tests.world import World

pytestmark = pytest.mark.django_db


def codes(world: World) -> list[str]:
    return [authority.dfe_code for authority in world.authorities]


def test_a_new_round_asks_one_challenge_of_everybody() -> None:
    world = World()
    round = world.opened()
    facts = facts_of(round)
    assert set(facts.sides) == set(codes(world)) == set(members_by_id(round))
    assert {(side.gives_least, side.gives_most) for side in facts.sides.values()} == {(1, 1)}
    assert (facts.topology, facts.challengers_per_host, facts.mutual_allowed) == (
        "directed",
        1,
        False,
    )
    assert solve(problem_of(facts, settings_of(None, round))).status == "optimal"


@pytest.mark.parametrize("size", [3, 16])
def test_facts_take_the_same_queries_however_many_take_part(
    size: int, django_assert_num_queries: object
) -> None:
    round = World(size).opened()
    with django_assert_num_queries(14):  # type: ignore[operator]
        facts_of(round)
