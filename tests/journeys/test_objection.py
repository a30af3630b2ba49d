"""A director objects to a match; an officer matches again around it; the new ones are accepted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rounds.models import Challenge, Round
from rounds.states import ChallengeState
from tests.journeys.conftest import WAYS
from tests.journeys.person import Enter, Person
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

REASON = "Our deputy worked with theirs until last spring, and we would rather not."
Link = Callable[..., str]


@pytest.mark.parametrize("way", WAYS)
def test_an_objection_is_matched_around_and_the_new_offers_are_accepted(
    db: None, comes_in: Enter, post_of: Link, budget: Callable[..., None], way: str
) -> None:
    region = World(size=6)
    round = region.offered()
    declined = region.first(round)
    host, challenger = declined.host_authority, declined.challenger_authority
    director = comes_in(region.director_of(challenger), way)
    objects(director, post_of(region.director_of(challenger), f"/{declined.pk}"), declined)

    officer = comes_in(region.officer, way)
    before = offers(round)
    officer.opens(post_of(region.officer))
    officer.sees_heading("Match authorities")
    officer.sees(f"{challenger} objected to challenging {host}.", REASON)
    officer.sees("Matching again moves the fewest: 1 other offer would change.")
    officer.presses(f"Match again as “After {challenger}’s objection”")
    officer.sees("Nobody is told until you publish and confirm it.")
    officer.presses("Confirm matches and tell directors")
    officer.sees("Offers to be made (2)", "Offers to be taken back (1)", "(4)")
    officer.presses("Confirm 2 matches and tell directors")
    assert REASON not in officer.page.content()
    budget(f"officer, from the mail of an objection to new offers, {way}", officer.clicks, most=3)

    new = [offer for pk, offer in offers(round).items() if pk not in before]
    assert len(new) == 2
    assert len(offers(round)) == 6
    for offer in new:
        for side in (offer.host_authority, offer.challenger_authority):
            accepts(comes_in(region.director_of(side), way), post_of, region, offer, side)
        assert region.again(offer).state == ChallengeState.ACCEPTED
    other_side_reads_no_reason(comes_in(region.director_of(host), way), declined)


def offers(round: Round) -> dict[int, Challenge]:
    return {one.pk: one for one in round.challenges.live().with_both_sides()}


def objects(director: Person, link: str, challenge: Challenge) -> None:
    director.opens(link)
    director.presses("Decline, with a reason")
    director.sees_heading("Decline this challenge")
    director.sees("Nobody else reads it: the other side sees only that the match was declined.")
    director.types(REASON, "Why does this match not work for you?")
    director.presses("Decline this challenge")
    director.sees("You have declined.", REASON)
    assert World.again(challenge).state == ChallengeState.DECLINED


def accepts(director: Person, post_of: Link, region: World, offer: Challenge, side: object) -> None:
    director.opens(post_of(region.director_of(side), f"/{offer.pk}"))
    director.presses("Accept this challenge")
    director.does_not_see(REASON)


def other_side_reads_no_reason(director: Person, declined: Challenge) -> None:
    director.opens(f"/challenges/{declined.pk}")
    director.sees("Declined.")
    director.does_not_see(REASON)
