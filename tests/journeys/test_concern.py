"""An immediate concern: raised on a phone, known and acknowledged within minutes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from feedback.models import ImmediateConcern
from peerchallenge.outbox.models import Effect
from tests.journeys.person import Enter
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = 320


def test_the_lead_raises_one_on_a_phone_and_the_director_acknowledges_it(
    world: World, comes_in: Enter, post_of: Callable[..., str], budget: Callable[..., None]
) -> None:
    challenge = world.visited()
    # The worker has done all that came before.
    Effect.objects.all().delete()
    lead = comes_in(world.lead_of(challenge), width=PHONE)
    lead.opens(f"/challenges/{challenge.pk}")
    before = lead.clicks
    lead.presses("Raise an immediate concern")
    lead.sees("Nothing about a child, a family or a case is written here.")
    lead.presses("Continue")
    lead.sees("Select whether you have told somebody of the host")
    lead.chooses("Yes")
    lead.types("00:00", "At what time today?")
    lead.presses("Continue")
    lead.sees_heading("You are about to raise an immediate concern")
    lead.presses("Raise the concern now")
    lead.sees_heading("Immediate concern")
    lead.sees("Not acknowledged yet")
    budget("lead, an immediate concern on a phone", lead.clicks - before, most=5)

    director = comes_in(world.director_of(challenge.host_authority), width=PHONE)
    director.opens("/")
    director.sees("Immediate concern: the visiting team must speak to you")
    director.opens(post_of(world.director_of(challenge.host_authority)))
    before = director.clicks
    director.presses("I know of this concern")
    director.sees("Whoever raised it, and the lead reviewer, are told.")
    budget("director, a concern acknowledged from the mail", director.clicks - before, most=1)
    assert ImmediateConcern.objects.get().acknowledged_by == world.director_of(
        challenge.host_authority
    )
    lead.opens("/")
    lead.does_not_see("Immediate concern")
