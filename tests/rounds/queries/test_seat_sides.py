"""In a group and a panel, whoever sits somewhere is of the authority whose part that is."""

from __future__ import annotations

from authorities.models import Authority
from authorities.states import Role
from rounds import actions
from rounds.models import Challenge, Part, Round
from rounds.queries.proposals import proposal_of
from rounds.queries.seat_candidates import candidates_of
from rounds.queries.seating import seating_of
from rounds.queries.teams import seat_kind
from tests.world import World, fresh


def accepted(world: World) -> Round:
    """Matched as the solver would, and all have said yes."""
    round = world.opened()
    for participation in round.participations.all():
        world.sent(participation)
    scenario = actions.save_matches(round, None, proposal_of(round, None).pairs, by=world.officer)
    actions.publish_scenario(scenario, by=world.officer)
    actions.confirm_matches(round, by=world.officer)
    for challenge in round.challenges.with_both_sides():
        for side in challenge.sides:
            actions.accept_challenge(challenge, by=fresh(world.director_of(side.authority)))
    return Round.objects.get(pk=round.pk)


def proposed(world: World, round: Round) -> dict[Challenge, dict[str, Authority]]:
    """By visit and seat: of which authority somebody is proposed."""
    assert actions.propose_teams(round, by=world.officer).unfilled == ()
    homes = {member.user.pk: member.authority for member in seating_of(round).pool}
    return {
        one: {offer.kind: homes[offer.user_id] for offer in one.seat_offers.all()}
        for one in round.challenges.with_both_sides()
    }


def test_a_panel_seats_both_readers_and_the_moderator(db: None) -> None:
    world = World(5, preset="challenge_panel")
    round = accepted(world)
    for challenge, seats in proposed(world, round).items():
        parts = {one.part: one.participation.authority for one in challenge.fellows.all()}
        assert seats == {
            "lead": challenge.challenger_authority,
            "second_reader": parts[Part.READER],
            "moderator": parts[Part.MODERATOR],
        }


def test_a_group_seats_its_own_and_says_so_of_everybody_else(db: None) -> None:
    world = World(7, preset="group")
    round = accepted(world)
    for authority in world.authorities:
        world.person(Role.REVIEWER, authority, name=f"Reviewer of {authority.pk}")
    for challenge, seats in proposed(world, round).items():
        assert seats["lead"] == challenge.challenger_authority
        assert seats["practitioner"] in challenge.challengers
        kind = seat_kind(round, "practitioner")
        assert kind
        found = candidates_of(seating_of(round), challenge, kind)
        own = {challenge.host_authority.pk, *(one.pk for one in challenge.challengers)}
        strangers = {f"Reviewer of {one.pk}" for one in world.authorities if one.pk not in own}
        assert not strangers & {one.user.name for one in found.fitting}
        said = {one.user.name: one.clashes for one in found.clashing}
        assert all(f"is not of {challenge.challengers_said}" in said[one] for one in strangers)


def test_whoever_joins_a_panel_without_being_asked_sits_where_their_authority_does(
    db: None,
) -> None:
    world = World(5, preset="challenge_panel")
    challenge = accepted(world).challenges.with_both_sides().first()
    [of_moderator] = challenge.fellows.filter(part=Part.MODERATOR)
    moderator = world.director_of(of_moderator.participation.authority)
    member = actions.seat_team_member(
        challenge, moderator, by=fresh(world.director_of(challenge.challenger_authority))
    )
    assert (member.kind, member.offer.kind) == ("moderator", "moderator")


def test_whoever_was_proposed_keeps_that_seat_when_they_join_without_being_asked(
    world: World,
) -> None:
    round = world.staffed()
    challenge = world.first(round)
    person = world.person(Role.REVIEWER, challenge.challenger_authority, name="Lena Hart")
    kind = seat_kind(round, "practitioner")
    assert kind
    actions.propose_seat(challenge, person, kind, by=world.officer)
    sender = fresh(world.director_of(challenge.challenger_authority))
    assert actions.seat_team_member(challenge, person, by=sender).kind == "practitioner"


def test_in_pairs_anybody_may_sit_beside_the_lead(world: World) -> None:
    round = world.staffed()
    [kind] = [seat for seat in round.format.seats if seat.key == "practitioner"]
    challenge = world.first(round)
    found = candidates_of(seating_of(round), challenge, kind)
    third = world.authorities[2]
    assert f"First of {third}" in {one.user.name for one in found.fitting}
