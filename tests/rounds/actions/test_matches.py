"""Proposing, confirming, answering and taking back matches."""

from __future__ import annotations

import pytest
from django.core import mail

from peerchallenge.audit.models import Event
from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.models import Challenge, Participation, Round
from rounds.states import ChallengeState, RoundState
from tests.world import World, fresh, run_effects


def members(round: Round) -> list[Participation]:
    return list(round.participations.order_by("authority__dfe_code"))


def pairs(round: Round) -> dict[int, int]:
    standing = round.challenges.exclude(state__in=["declined", "cancelled"])
    return dict(standing.values_list("host", "challenger"))


def verbs(round: Round) -> list[str]:
    keys = {Round: [round.pk], Challenge: list(round.challenges.values_list("pk", flat=True))}
    return sorted(Event.objects.about(keys).values_list("verb", flat=True))


def test_confirming_offers_every_match_to_both_its_directors(world: World, offered: Round) -> None:
    run_effects()
    offers = [message for message in mail.outbox if "challenge" in message.subject]
    to = [address for message in offers for address in message.to]
    assert offered.state == RoundState.UNDER_WAY
    assert set(offered.challenges.values_list("state", flat=True)) == {ChallengeState.OFFERED}
    assert sorted(to) == sorted(2 * [director.email for director in world.directors])
    assert verbs(offered) == [
        *["challenge.offered"] * 3,
        "round.authorities_invited",
        "round.matches_confirmed",
        "round.matches_published",
        "round.started",
    ]


def test_two_yeses_make_a_challenge_accepted(world: World, offered: Round) -> None:
    challenge = world.first(offered)
    host = world.director_of(challenge.host_authority)
    challenger = world.director_of(challenge.challenger_authority)
    assert actions.accept_challenge(challenge, by=fresh(host)).state == ChallengeState.OFFERED
    assert (
        actions.accept_challenge(challenge, by=fresh(challenger)).state == ChallengeState.ACCEPTED
    )
    challenge.refresh_from_db()
    assert (challenge.host_accepted_by, challenge.challenger_accepted_by) == (host, challenger)


def test_a_director_of_both_sides_says_yes_once(world: World, offered: Round) -> None:
    challenge = world.first(offered)
    both = world.director_of(challenge.host_authority)
    for held in world.director_of(challenge.challenger_authority).memberships.all():
        held.user = both
        held.save()
    assert actions.accept_challenge(challenge, by=fresh(both)).state == ChallengeState.ACCEPTED


def test_a_third_director_does_not_answer(world: World, offered: Round) -> None:
    challenge = world.first(offered)
    sides = {challenge.host_authority, challenge.challenger_authority}
    [third] = [a for a in world.authorities if a not in sides]
    with pytest.raises(Refused, match="Only the director of the host or of a challenger"):
        actions.accept_challenge(challenge, by=fresh(world.director_of(third)))


def test_a_declined_host_can_be_matched_again(world: World, offered: Round) -> None:
    challenge = world.first(offered)
    host = fresh(world.director_of(challenge.host_authority))
    actions.decline_challenge(challenge, reason="Inspected this winter", by=host)
    a, b, c = members(offered)
    actions.propose_matches(offered, {a: c, b: a, c: b}, by=fresh(world.officer))
    actions.confirm_matches(offered, by=world.officer)
    live = offered.challenges.live().values_list("host", "challenger")
    assert dict(live) == {a.pk: c.pk, b.pk: a.pk, c.pk: b.pk}


def test_a_match_taken_back_frees_both_and_tells_both(world: World, accepted: Round) -> None:
    run_effects()
    mail.outbox.clear()
    challenge = world.first(accepted)
    actions.cancel_challenge(challenge, by=world.officer)
    run_effects()
    told = sorted(address for message in mail.outbox for address in message.to)
    sides = (challenge.host_authority, challenge.challenger_authority)
    assert world.again(challenge).state == ChallengeState.CANCELLED
    assert told == sorted(world.director_of(side).email for side in sides)
    assert verbs(accepted).count("challenge.cancelled") == 1


def test_a_visit_that_is_over_is_not_taken_back(world: World, accepted: Round) -> None:
    challenge = world.first(accepted)
    Challenge.objects.filter(pk=challenge.pk).update(state=ChallengeState.FED_BACK)
    with pytest.raises(Refused, match="until the visit is over"):
        actions.cancel_challenge(challenge, by=world.officer)
