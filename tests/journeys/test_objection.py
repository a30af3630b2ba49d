"""A director objects to a match; an officer matches again around it; the new ones are accepted."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core import mail

from authorities.models import Authority, User
from rounds.models import Challenge, Round
from rounds.states import ChallengeState
from tests.journeys.conftest import WAYS
from tests.journeys.person import Enter, Person
from tests.world import World, run_effects

pytestmark = pytest.mark.django_db(transaction=True)

REASON = "Our deputy worked with theirs until last spring, and we would rather not."


@pytest.mark.parametrize("way", WAYS)
def test_an_objection_is_matched_around_and_the_new_offers_are_accepted(
    db: None, comes_in: Enter, budget: Callable[..., None], way: str
) -> None:
    region = World(size=6)
    round = region.offered()
    declined = region.first(round)
    host, challenger = declined.host_authority, declined.challenger_authority
    director = comes_in(region.director_of(challenger), way)
    objects(
        director, link_for(region.director_of(challenger), f"challenges/{declined.pk}"), declined
    )

    officer = comes_in(region.officer, way)
    before = offers(round)
    officer.opens(link_for(region.officer, "match"))
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
            accepts(comes_in(region.director_of(side), way), region, offer, side)
        assert region.again(offer).state == ChallengeState.ACCEPTED
    other_side_reads_no_reason(comes_in(region.director_of(host), way), declined)


def link_for(to: User, ending: str) -> str:
    """From a mail to somebody, once the worker has sent what waits."""
    run_effects()
    bodies = [str(one.body) for one in mail.outbox if one.to == [to.email]]
    found = [link for body in bodies for link in re.findall(r"http://\S+", body)]
    return next(link for link in found if link.endswith(f"/{ending}"))


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


def accepts(director: Person, region: World, offer: Challenge, side: Authority) -> None:
    director.opens(link_for(region.director_of(side), f"challenges/{offer.pk}"))
    director.presses("Accept this challenge")
    director.does_not_see(REASON)


def other_side_reads_no_reason(director: Person, declined: Challenge) -> None:
    director.opens(f"/challenges/{declined.pk}")
    director.sees("Declined.")
    director.does_not_see(REASON)
