"""What officers press on the matching board: swapped, fixed, chosen, suggested again."""

from __future__ import annotations

import pytest

from authorities.states import Role
from peerchallenge.audit.models import Event
from peerchallenge.outbox.models import Effect
from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.actions.scenarios import Seat
from rounds.matching.problem import Ids
from rounds.models import Conflict, ConflictKind, Participation, Round, Scenario
from rounds.queries.proposals import proposal_of
from rounds.queries.weighing import members_by_id
from rounds.states import RoundState
from tests.world import World


@pytest.fixture
def world(db: None) -> World:
    return World(size=5)


@pytest.fixture
def round(world: World) -> Round:
    return world.opened()


@pytest.fixture
def members(round: Round) -> dict[str, Participation]:
    return members_by_id(round)


@pytest.fixture
def ring(members: dict[str, Participation]) -> list[Ids]:
    """Each is challenged by the next in the row."""
    ids = sorted(members)
    return list(zip(ids, ids[1:] + ids[:1], strict=True))


@pytest.fixture
def scenario(world: World, round: Round, ring: list[Ids]) -> Scenario:
    return actions.save_matches(round, None, ring, by=world.officer)


def pairs(scenario: Scenario) -> dict[str, str]:
    ids = ("host__authority__dfe_code", "challenger__authority__dfe_code")
    return dict(scenario.matches.values_list(*ids))


def verbs(scenario: Scenario) -> list[str]:
    about = Event.objects.about({Scenario: [scenario.pk]})
    return list(about.order_by("pk").values_list("verb", flat=True))


def conflict(world: World, one: Participation, other: Participation) -> None:
    Conflict.objects.create(
        authority=one.authority,
        other=other.authority,
        kind=ConflictKind.CONTRACT,
        declared_by=world.officer,
    )


def test_the_first_change_saves_what_was_proposed_as_a_scenario(world: World, round: Round) -> None:
    seen = proposal_of(round, None)
    effects = Effect.objects.count()
    first, second = seen.pairs[:2]
    host, challenger = (seen.members[one] for one in first)
    kept = actions.lock_match(round, None, host, challenger, version=seen.version, by=world.officer)
    assert (kept.name, kept.version, kept.created_by) == ("First proposal", 1, world.officer)
    assert pairs(kept) == dict(seen.pairs)
    assert list(kept.matches.filter(locked=True).values_list("host", flat=True)) == [host.pk]
    assert Round.objects.get(pk=round.pk).state == RoundState.MATCHING
    assert Effect.objects.count() == effects  # nobody is told
    assert second[0] in pairs(kept)


def test_two_challengers_are_swapped(world: World, scenario: Scenario, ring: list[Ids]) -> None:
    before = pairs(scenario)
    one, other = Seat(*ring[0]), Seat(*ring[2])
    kept = actions.swap_challengers(
        scenario.round, scenario, one, other, version=scenario.version, by=world.officer
    )
    assert kept.pk == scenario.pk
    assert kept.version == scenario.version + 1
    assert pairs(kept) == before | {one.host: other.challenger, other.host: one.challenger}
    assert verbs(kept)[-1] == "scenario.challengers_swapped"


def test_a_challenger_moves_to_a_host_who_has_nobody(
    world: World, round: Round, ring: list[Ids]
) -> None:
    scenario = actions.save_matches(round, None, ring[1:], by=world.officer)
    empty, given = Seat(ring[0][0], None), Seat(*ring[2])
    kept = actions.swap_challengers(round, scenario, empty, given, by=world.officer)
    assert pairs(kept)[empty.host] == given.challenger
    assert given.host not in pairs(kept)


def test_whoever_challenges_nobody_takes_a_place_and_the_other_is_free(
    world: World, round: Round, ring: list[Ids]
) -> None:
    scenario = actions.save_matches(round, None, ring[1:], by=world.officer)
    free = Seat(None, ring[0][1])
    kept = actions.swap_challengers(round, scenario, free, Seat(*ring[3]), by=world.officer)
    assert pairs(kept) == dict(ring[1:]) | {ring[3][0]: free.challenger}


def test_a_swap_that_would_have_one_challenge_itself_is_refused(
    world: World, scenario: Scenario, ring: list[Ids]
) -> None:
    with pytest.raises(Refused, match="one of the two would challenge itself"):
        actions.swap_challengers(
            scenario.round, scenario, Seat(*ring[0]), Seat(*ring[1]), by=world.officer
        )
    assert pairs(scenario) == dict(ring)


def test_a_locked_match_is_not_swapped_until_it_is_unlocked(
    world: World, scenario: Scenario, ring: list[Ids], members: dict[str, Participation]
) -> None:
    round, pair = scenario.round, [members[one] for one in ring[0]]
    actions.lock_match(round, scenario, *pair, by=world.officer)
    swap = (Seat(*ring[0]), Seat(*ring[2]))
    with pytest.raises(Refused, match=f"The match of {pair[0].authority} is locked"):
        actions.swap_challengers(round, scenario, *swap, by=world.officer)
    actions.unlock_match(round, scenario, *pair, by=world.officer)
    kept = actions.swap_challengers(round, scenario, *swap, by=world.officer)
    assert pairs(kept)[ring[0][0]] == ring[2][1]
    assert verbs(kept)[-3:] == [
        "scenario.match_locked",
        "scenario.match_unlocked",
        "scenario.challengers_swapped",
    ]


def test_a_pair_that_a_rule_forbids_is_locked_only_with_a_reason(
    world: World, scenario: Scenario, ring: list[Ids], members: dict[str, Participation]
) -> None:
    host, challenger = (members[one] for one in ring[0])
    conflict(world, host, challenger)
    for empty in ("", "  "):
        with pytest.raises(Refused, match=r"conflict of interest.*Say why"):
            actions.lock_match(
                scenario.round, scenario, host, challenger, reason=empty, by=world.officer
            )
    kept = actions.lock_match(
        scenario.round, scenario, host, challenger, reason="It has ended", by=world.officer
    )
    row = kept.matches.get(host=host)
    assert (row.locked, row.reason) == (True, "It has ended")
    actions.unlock_match(scenario.round, scenario, host, challenger, by=world.officer)
    row.refresh_from_db()
    assert (row.locked, row.reason) == (False, "")


def test_suggesting_again_keeps_what_is_locked_and_heeds_conflicts(
    world: World, scenario: Scenario, ring: list[Ids], members: dict[str, Participation]
) -> None:
    round = scenario.round
    actions.lock_match(round, scenario, *(members[one] for one in ring[0]), by=world.officer)
    conflict(world, *(members[one] for one in ring[1]))
    kept = actions.suggest_again(round, scenario, by=world.officer)
    now = pairs(kept)
    assert now[ring[0][0]] == ring[0][1]
    assert now[ring[1][0]] != ring[1][1]
    assert sorted(now) == sorted(now.values()) == sorted(members)


def test_suggesting_again_what_is_best_already_changes_and_records_nothing(
    world: World, round: Round
) -> None:
    kept = actions.suggest_again(round, None, by=world.officer)
    before, version = verbs(kept), kept.version
    again = actions.suggest_again(round, kept, version=version, by=world.officer)
    assert (verbs(again), again.version) == (before, version)


def test_a_chosen_challenger_moves_as_few_others_as_can_be(
    world: World, scenario: Scenario, ring: list[Ids], members: dict[str, Participation]
) -> None:
    before = pairs(scenario)
    host, challenger = ring[0][0], ring[2][1]
    kept = actions.choose_challenger(
        scenario.round, scenario, members[host], members[challenger], by=world.officer
    )
    now = pairs(kept)
    assert now[host] == challenger
    assert not kept.matches.filter(locked=True).exists()
    # The two others in the knot: who lost its challenger, and who may not challenge back.
    assert sum(now[one] != before[one] for one in before) <= 3
    assert all(now.get(now[one]) != one for one in now)


def test_a_chosen_challenger_that_is_forbidden_is_locked_with_the_reason(
    world: World, scenario: Scenario, ring: list[Ids], members: dict[str, Participation]
) -> None:
    host, challenger = members[ring[0][0]], members[ring[2][1]]
    conflict(world, host, challenger)
    with pytest.raises(Refused, match="Say why"):
        actions.choose_challenger(scenario.round, scenario, host, challenger, by=world.officer)
    kept = actions.choose_challenger(
        scenario.round, scenario, host, challenger, reason="Both agree", by=world.officer
    )
    row = kept.matches.get(host=host)
    assert (row.challenger, row.locked, row.reason) == (challenger, True, "Both agree")


def test_choosing_takes_an_exclusion_of_the_pair_back(
    world: World, scenario: Scenario, ring: list[Ids], members: dict[str, Participation]
) -> None:
    host, challenger = members[ring[0][0]], members[ring[2][1]]
    actions.exclude_pair(scenario.round, scenario, host, challenger, by=world.officer)
    kept = actions.choose_challenger(scenario.round, scenario, host, challenger, by=world.officer)
    assert kept.matches.get(host=host).challenger == challenger
    assert not kept.exclusions.exists()


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(
    world: World, scenario: Scenario, ring: list[Ids]
) -> None:
    round, colleague = scenario.round, world.person(Role.BOARD_OFFICER)
    seen = scenario.version
    kept = actions.swap_challengers(
        round, scenario, Seat(*ring[0]), Seat(*ring[2]), version=seen, by=colleague
    )
    theirs = pairs(kept)
    with pytest.raises(actions.MatchesChanged):
        actions.suggest_again(round, scenario, version=seen, by=world.officer)
    assert pairs(kept) == theirs


def test_two_first_changes_make_one_scenario(world: World, round: Round) -> None:
    seen = proposal_of(round, None)
    actions.suggest_again(round, None, version=seen.version, by=world.officer)
    with pytest.raises(actions.MatchesChanged):
        actions.suggest_again(round, None, version=seen.version, by=world.officer)
    assert [one.name for one in round.scenarios.all()] == ["First proposal"]


def test_a_scenario_that_was_deleted_meanwhile_has_changed(
    world: World, scenario: Scenario
) -> None:
    gone = Scenario.objects.get(pk=scenario.pk)
    actions.delete_scenario(scenario, by=world.officer)
    with pytest.raises(actions.MatchesChanged):
        actions.suggest_again(gone.round, gone, version=gone.version, by=world.officer)


def test_nobody_changes_what_is_published_before_it_is_taken_back(
    world: World, scenario: Scenario, ring: list[Ids]
) -> None:
    actions.publish_scenario(scenario, by=world.officer)
    swap = (Seat(*ring[0]), Seat(*ring[2]))
    with pytest.raises(Refused, match="take it back first"):
        actions.swap_challengers(scenario.round, scenario, *swap, by=world.officer)
    actions.take_back_scenario(scenario, by=world.officer)
    kept = actions.swap_challengers(scenario.round, scenario, *swap, by=world.officer)
    assert kept.pk == scenario.pk


def test_once_offers_are_out_a_change_is_a_scenario_of_its_own(
    world: World, scenario: Scenario, ring: list[Ids]
) -> None:
    round = scenario.round
    actions.publish_scenario(scenario, by=world.officer)
    actions.confirm_matches(round, by=world.officer)
    kept = actions.swap_challengers(
        round, scenario, Seat(*ring[0]), Seat(*ring[2]), by=world.officer
    )
    assert (kept.name, kept.published_at) == ("Second proposal", None)
    assert pairs(scenario) == dict(ring)
    assert pairs(kept)[ring[0][0]] == ring[2][1]


def test_only_an_officer_changes_the_matches(world: World, scenario: Scenario) -> None:
    with pytest.raises(Refused, match="Only an officer"):
        actions.suggest_again(scenario.round, scenario, by=world.chair)
