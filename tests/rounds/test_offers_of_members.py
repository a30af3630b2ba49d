"""Members of teams from before seats were asked for get what they need to leave again."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from rounds import actions
from rounds.models import SeatOffer, TeamMember
from rounds.states import SeatOfferState
from tests.rounds.mails import sent_by
from tests.world import World

migration = import_module("rounds.migrations.0012_offers_of_members")


@pytest.fixture
def seated(world: World) -> World:
    """Two on every team, and no offer to any of them."""
    world.teamed()
    SeatOffer.objects.all().delete()
    return world


def test_each_member_has_accepted_the_seat_they_hold(seated: World) -> None:
    migration.give_members_their_offers(apps, None)
    offers = SeatOffer.objects.select_related("member")
    assert len(offers) == 6
    for offer in offers:
        assert offer.member.user_id == offer.user_id == offer.proposed_by_id
        assert offer.state == SeatOfferState.ACCEPTED
        assert (offer.leads, offer.kind) in [(True, "lead"), (False, "")]
    migration.give_members_their_offers(apps, None)
    assert SeatOffer.objects.count() == 6


def test_whoever_is_asked_beside_their_seat_is_not_asked_any_more(seated: World) -> None:
    member = TeamMember.objects.filter(seat="member").first()
    SeatOffer.objects.create(
        challenge=member.challenge,
        user=member.user,
        kind="practitioner",
        state=SeatOfferState.ASKED,
        proposed_by=seated.officer,
    )
    migration.give_members_their_offers(apps, None)
    [offer] = SeatOffer.objects.filter(user=member.user)
    assert (offer.state, offer.member, offer.proposed_by) == (
        SeatOfferState.ACCEPTED,
        member,
        seated.officer,
    )


def test_they_can_say_that_they_cannot_come_any_more(seated: World) -> None:
    migration.give_members_their_offers(apps, None)
    offer = SeatOffer.objects.filter(leads=False).first()
    sent_by(lambda: actions.decline_seat(offer, reason="A new post", by=offer.user))
    offer.member.refresh_from_db()
    assert offer.member.to_date is not None
