"""Signatures under a self-assessment: each post-holder in a sitting of their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from authorities.models import User
from authorities.states import Role
from rounds.models import Round, SelfAssessment
from rounds.states import SelfAssessmentState
from tests.journeys.conftest import WAYS
from tests.journeys.person import Enter, Person
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

Link = Callable[..., str]
COMMENT = "The part on care leavers lacks the figures of this year."


@pytest.fixture
def own(world: World) -> SelfAssessment:
    """Complete, in a round that asks for the lead member's and the chief executive's names."""
    round = world.opened()
    data = {**round.format_data, "sign_offs": ["director", "lead_member", "chief_executive"]}
    Round.objects.filter(pk=round.pk).update(format_data=data)
    part = Round.objects.get(pk=round.pk).participations.get(authority=world.authorities[0])
    return world.answered(part)


@pytest.mark.parametrize("way", WAYS)
def test_one_gives_it_back_then_both_sign_and_the_director_sends(
    world: World,
    own: SelfAssessment,
    comes_in: Enter,
    post_of: Link,
    budget: Callable[..., None],
    way: str,
) -> None:
    lead_member = world.person(Role.LEAD_MEMBER, name="Lead member of the authority")
    chief = world.person(Role.CHIEF_EXECUTIVE, name="Chief executive of the authority")
    user = world.directors[0]
    director = comes_in(user, way)
    director.opens(f"/self-assessment/{own.pk}/check")
    director.sees(lead_member.name, chief.name)
    director.presses("Send for sign-off")
    director.sees("It is locked, and we are writing to those who sign it.")
    director.cannot_press("Send to the board")
    first = comes_in(lead_member, way)
    gives_it_back(first, post_of(lead_member), own)
    director.opens(post_of(user))
    director.sees(COMMENT)
    director.presses("Check your answers and send")
    director.presses("Send for sign-off")
    for signer in (lead_member, chief):
        signs(comes_in(signer, way), post_of(signer), own, signer)
    director.opens(post_of(user))
    director.sees_heading("Check your answers and send")
    director.presses("Send to the board")
    director.sees_heading("Self-assessment sent")
    own.refresh_from_db()
    assert own.state == SelfAssessmentState.SUBMITTED
    names = [one.name for one in own.versions.get().frozen.sign_offs]
    assert names == [lead_member.name, chief.name, user.name]
    # Asking, going on from what came back, asking again, sending.
    budget(f"director, signatures asked for twice, {way}", director.clicks, most=4)


def gives_it_back(signer: Person, link: str, own: SelfAssessment) -> None:
    signer.opens(link)
    signer.presses("Give it back to the director", status=200)
    signer.sees("There is a problem")
    signer.types(COMMENT, "What is still to be done?")
    signer.presses("Give it back to the director")
    signer.sees("Given back. We have written to the director.")
    own.refresh_from_db()
    assert own.state == SelfAssessmentState.DRAFTING


def signs(signer: Person, link: str, own: SelfAssessment, user: User) -> None:
    signer.opens(link)
    signer.sees("You put your name to the text above as it stands.")
    signer.presses("Sign it")
    signer.sees("You have signed it. The director sends it to the board.")
    assert own.sign_offs.filter(signed_by=user).count() == 1
