"""What fell through once offers were out, and the least that mends it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rounds import actions
from rounds.models import Challenge, Conflict, ConflictKind, Participation, Round, ScenarioMatch
from rounds.queries.confirming import board_news, confirming_of
from rounds.queries.openings import Repair, repair_of
from rounds.queries.publishing import published_in
from rounds.states import ChallengeState
from tests.world import World, fresh

C = ChallengeState


@pytest.fixture
def world(db: None) -> World:
    return World(size=6)


def members(round: Round) -> list[Participation]:
    return list(round.participations.select_related("authority").order_by("authority__dfe_code"))


def object_to(
    challenge: Challenge, by: Participation, world: World, why: str = "Too close."
) -> None:
    director = fresh(world.director_of(by.authority))
    actions.decline_challenge(challenge, reason=why, by=director)


def hosted_by(host: Participation) -> Challenge:
    return Challenge.objects.live().with_both_sides().get(host=host)


def test_before_any_offer_has_gone_out_nothing_is_open(world: World, proposed: Round) -> None:
    assert repair_of(proposed) is None
    assert repair_of(world.drafted()) is None


def test_while_every_offer_stands_nothing_is_open(offered: Round) -> None:
    assert repair_of(offered) is None
    assert not board_news(offered)


def test_an_objection_names_who_objected_to_whom_and_why(world: World, offered: Round) -> None:
    a, b, *_ = members(offered)
    object_to(hosted_by(a), b, world)
    [opening] = repair_of(offered).openings
    assert opening.text == f"{b.authority} objected to challenging {a.authority}"
    assert (opening.why, opening.who) == ("Too close.", world.director_of(b.authority).name)


def test_a_host_that_objects_is_named_so(world: World, offered: Round) -> None:
    a, b, *_ = members(offered)
    object_to(hosted_by(a), a, world)
    repair = repair_of(offered)
    assert repair.openings[0].text == f"{a.authority} objected to being challenged by {b.authority}"
    assert repair.name == f"After {a.authority}’s objection"


def test_the_declined_pair_does_not_come_back_and_the_fewest_move(
    world: World, offered: Round
) -> None:
    a, b, *_ = members(offered)
    object_to(hosted_by(a), b, world)
    repair = repair_of(offered)
    assert repair.possible
    # Only the one who objected is free, so one more must change with it.
    assert len(repair.moves) == 1
    ids = (a.authority.dfe_code, b.authority.dfe_code)
    assert ids not in repair.pairs
    assert {move.host for move in repair.moves}.isdisjoint({a.authority.name})
    assert repair.cost == repair.free_total - repair.total


def test_when_a_challenger_leaves_its_own_host_takes_its_place(
    world: World, offered: Round
) -> None:
    a, b, c, *_ = members(offered)
    actions.withdraw_participation(b, reason="No capacity.", by=world.officer)
    repair = repair_of(offered)
    assert repair.name == f"After {b.authority} left"
    assert repair.moves == ()
    assert [(one.host, one.now) for one in repair.found] == [(a.authority.name, c.authority.name)]


def test_a_match_that_was_taken_back_does_not_come_back(world: World, offered: Round) -> None:
    a, b, *_ = members(offered)
    actions.cancel_challenge(hosted_by(a), by=world.officer)
    repair = repair_of(offered)
    assert repair.name == f"After {a.authority}’s match was taken back"
    assert (a.authority.dfe_code, b.authority.dfe_code) not in repair.pairs


def test_where_nothing_keeps_every_rule_it_says_what_is_in_the_way(world: World) -> None:
    small = World(size=3)
    round = small.offered()
    a, b, _c = members(round)
    object_to(hosted_by(a), b, small)
    hosted_by(b)
    round.challenges.filter(host=b).update(state=C.READY)
    repair = repair_of(round)
    assert not repair.possible
    assert repair.obstacles
    assert all(said.endswith(".") for said in repair.obstacles)


def test_what_is_on_its_way_does_not_move(world: World, offered: Round) -> None:
    a, b, c, *_ = members(offered)
    for one in (c, *members(offered)[3:]):
        offered.challenges.filter(host=one).update(state=C.READY)
    object_to(hosted_by(a), b, world)
    repair = repair_of(offered)
    assert {move.host for move in repair.moves} <= {b.authority.name}


def test_matching_again_makes_one_scenario_named_after_what_happened(
    world: World, offered: Round
) -> None:
    a, b, *_ = members(offered)
    object_to(hosted_by(a), b, world)
    repair = repair_of(offered)
    made = actions.match_again(offered, by=world.officer)
    assert made.name == f"After {b.authority}’s objection"
    assert actions.match_again(offered, by=world.officer) == made
    assert made.matches.count() == 6
    assert board_news(offered).ready == made
    actions.publish_scenario(made, by=world.officer)
    confirming = confirming_of(offered)
    assert len(confirming.made) == 1 + len(repair.moves)
    assert len(confirming.taken_back) == len(repair.moves)
    assert len(confirming.staying) == 5 - len(repair.moves)


def test_locks_and_their_reasons_go_on_in_the_new_scenario(world: World, proposed: Round) -> None:
    a, b, c, *_ = members(proposed)
    ScenarioMatch.objects.filter(scenario=published_in(proposed), host=c).update(
        locked=True, reason="They asked for it."
    )
    actions.confirm_matches(proposed, by=world.officer)
    object_to(hosted_by(a), b, world)
    made = actions.match_again(proposed, by=world.officer)
    kept = made.matches.get(host=c)
    assert (kept.challenger_id, kept.locked, kept.reason) == (
        hosted_by(c).challenger_id,
        True,
        "They asked for it.",
    )


def test_a_taken_back_match_is_kept_apart_in_the_new_scenario(world: World, offered: Round) -> None:
    a, b, *_ = members(offered)
    actions.cancel_challenge(hosted_by(a), by=world.officer)
    made = actions.match_again(offered, by=world.officer)
    assert [(one.host, one.challenger) for one in made.exclusions.all()] == [(a, b)]


def test_the_board_tells_of_a_conflict_declared_later(world: World, offered: Round) -> None:
    a, b, *_ = members(offered)
    conflict = Conflict.objects.create(
        authority=b.authority,
        other=a.authority,
        kind=ConflictKind.CONTRACT,
        declared_by=world.officer,
    )
    [touching] = board_news(offered).conflicts
    assert touching.conflict == conflict
    assert touching.matches == [f"{b.authority} challenges {a.authority}"]


def test_confirming_counts_everybody_who_is_written_to_once(world: World, proposed: Round) -> None:
    confirming = confirming_of(proposed)
    assert (confirming.directors, confirming.team_members) == (6, 0)
    assert len(confirming.made) == 6
    assert (confirming.taken_back, confirming.staying, confirming.overridden) == ([], [], [])


def test_an_overridden_rule_is_named_with_its_reason(world: World, proposed: Round) -> None:
    a, b, *_ = members(proposed)
    Conflict.objects.create(
        authority=b.authority,
        other=a.authority,
        kind=ConflictKind.CONTRACT,
        declared_by=world.officer,
    )
    ScenarioMatch.objects.filter(scenario=published_in(proposed), host=a).update(
        locked=True, reason="The contract ends in May."
    )
    confirming = confirming_of(proposed)
    [pair] = confirming.overridden
    assert (pair.host, pair.challenger, pair.reason) == (
        a.authority.name,
        b.authority.name,
        "The contract ends in May.",
    )
    assert len(pair.rules) == 1
    assert confirming.obstacles == []


@pytest.mark.parametrize("query", [board_news, confirming_of])
def test_it_asks_no_more_of_a_larger_round(query: object, db: None) -> None:
    counts = []
    for size in (4, 7):
        region = World(size=size)
        round = region.offered()
        for host in members(round)[: size // 3]:
            object_to(hosted_by(host), host, region)
        found = Round.objects.select_related("region").get(pk=round.pk)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            query(found)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_what_moving_the_fewest_costs_is_said_in_points() -> None:
    repair = Repair("", (), total=7000, free_total=7500, worst=200, free_worst=200, free_moves=3)
    assert repair.price == (
        "Moving the fewest costs 500 points: 7,000, not 7,500 if every offer were free to move, "
        "which would change 3 offers."
    )
    lower = replace(repair, worst=150, free_total=7000, free_moves=1)
    assert lower.price == (
        "Moving the fewest comes to 7,000 points, and to 7,000 if every offer were free to move, "
        "which would change 1 offer. The worst-off host would have 150 points, not 200."
    )
    assert "costs nothing" in replace(repair, free_total=7000).price
