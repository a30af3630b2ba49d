"""A whole round of each kind of meeting: proposed, published, offered, accepted by all."""

from collections import Counter

import pytest
from django.core import mail

from rounds import actions
from rounds.matching.places import groups_of
from rounds.models import Challenge, Part, Round
from rounds.queries.board import match_board
from rounds.queries.challenges import challenge_page
from rounds.queries.obstacles import obstacles_to
from rounds.queries.proposals import proposal_of
from rounds.states import ChallengeState, RoundState
from tests.world import World, fresh, run_effects


def offered(world: World) -> Round:
    """The best matches there are, published and confirmed."""
    round = world.opened()
    board = match_board(round, None)
    assert (board.broken, board.unmatched, board.impossible) == ((), 0, None)
    scenario = actions.save_matches(round, None, proposal_of(round, None).pairs, by=world.officer)
    assert obstacles_to(scenario) == []
    actions.publish_scenario(scenario, by=world.officer)
    proposed = round.challenges.filter(state=ChallengeState.PROPOSED)
    assert proposed.count() == world.size
    actions.confirm_matches(round, by=world.officer)
    return Round.objects.get(pk=round.pk)


def accepted_by_all(world: World, round: Round) -> list[Challenge]:
    """Every director answers each offer once; the last of them makes it accepted."""
    for challenge in round.challenges.with_both_sides():
        for side in challenge.sides:
            assert world.again(challenge).state == ChallengeState.OFFERED
            actions.accept_challenge(challenge, by=fresh(world.director_of(side.authority)))
    found = list(round.challenges.with_both_sides())
    assert {one.state for one in found} == {ChallengeState.ACCEPTED}
    assert {one.state for one in Round.objects.all()} == {RoundState.UNDER_WAY}
    return found


def pairs_of(found: list[Challenge]) -> list[tuple[str, str]]:
    return [
        (one.host_authority.dfe_code, challenger.dfe_code)
        for one in found
        for challenger in one.challengers
    ]


def test_in_pairs_two_challenge_each_other(db: None) -> None:
    world = World(16, preset="top_three")
    found = accepted_by_all(world, offered(world))
    assert [len(pair) for pair in groups_of(pairs_of(found))] == [2] * 8
    assert Counter(len(one.challengers) for one in found) == {1: 16}


@pytest.mark.parametrize(("size", "groups"), [(16, [4] * 4), (17, [3, 3, 3, 4, 4])])
def test_in_groups_all_challenge_each_and_each_is_first_once(
    db: None, size: int, groups: list[int]
) -> None:
    world = World(size, preset="group")
    found = accepted_by_all(world, offered(world))
    together = groups_of(pairs_of(found))
    assert sorted(len(group) for group in together) == groups
    assert len(pairs_of(found)) == sum(len(group) * (len(group) - 1) for group in together)
    assert len({one.challenger_id for one in found}) == size


def test_in_a_panel_two_read_and_a_third_moderates(db: None) -> None:
    world = World(16, preset="challenge_panel")
    round = offered(world)
    run_effects()
    told = Counter(address for message in mail.outbox for address in message.to)
    # Invited; its own offer, and those of the two it reads and the one it moderates.
    assert set(told.values()) == {5}
    found = accepted_by_all(world, round)
    for one in found:
        assert len({side.participation.pk for side in one.sides}) == 4
        assert sorted(fellow.part for fellow in one.fellows.all()) == [Part.MODERATOR, Part.READER]
        labels = [fact.label for fact in challenge_page(one).facts]
        assert labels[:4] == ["Authority", "Reader", "Reader", "Moderator"]
    assert len({one.challenger_id for one in found}) == 16
    moderators = Counter(one.fellows.get(part=Part.MODERATOR).participation_id for one in found)
    assert set(moderators.values()) == {1}
    given = Counter(challenger for _, challenger in pairs_of(found))
    assert set(given.values()) == {3}


def test_with_two_challengers_each_the_first_of_them_leads(db: None) -> None:
    world = World(6)
    round = world.drafted()
    round.format_data["rules"] |= {"challenges_per_host": 2, "challenges_per_challenger": 2}
    round.save()
    actions.invite_authorities(round, by=world.officer)
    scenario = actions.save_matches(round, None, proposal_of(round, None).pairs, by=world.officer)
    actions.publish_scenario(scenario, by=world.officer)
    actions.confirm_matches(round, by=world.officer)
    found = accepted_by_all(world, round)
    assert Counter(len(one.challengers) for one in found) == {2: 6}
    assert len({one.challenger_id for one in found}) == 6
