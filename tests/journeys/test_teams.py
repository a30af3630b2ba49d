"""Teams are proposed at once, one is changed, all are asked; they answer, and one is replaced."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from authorities.models import User
from rounds.models import Round, SeatOffer, TeamMember
from rounds.states import SeatOfferState
from tests.journeys.conftest import WAYS
from tests.journeys.person import Enter
from tests.world import World, run_effects

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def round(world: World) -> Round:
    return world.staffed()


def asked_for(round: Round, kind: str) -> list[SeatOffer]:
    offers = SeatOffer.objects.filter(challenge__round=round, kind=kind).order_by("pk")
    return list(offers.select_related("user", "challenge__host__authority"))


@pytest.mark.parametrize("way", WAYS)
def test_teams_are_proposed_asked_and_mended(
    world: World, round: Round, comes_in: Enter, budget: Callable[..., None], way: str
) -> None:
    officer = comes_in(world.officer, way)
    officer.opens(f"/rounds/{round.pk}")
    officer.presses("Teams")
    officer.presses("Propose all teams")
    officer.sees("Found somebody for 6 seats. Nobody is told yet.")
    offer = asked_for(round, "practitioner")[0]
    host = offer.challenge.host_authority.name
    officer.presses(f"Change {offer.user.name}, {host}")
    officer.sees(f"{offer.user.name} is proposed now.")
    officer.chooses(other_than(officer, offer.user))
    officer.presses("Only propose them")
    officer.sees("is proposed. Nobody is told yet.")
    officer.presses("Ask everybody proposed")
    officer.sees("You are about to e-mail 6 people")
    officer.presses("Ask 6 people")
    officer.sees("We are writing to 6 people. Their answers show up here.")
    budget(f"officer, all teams proposed, one changed, asked, {way}", officer.clicks, most=8)
    run_effects()

    yes, no = asked_for(round, "practitioner")[:2]
    joins = comes_in(yes.user, way)
    joins.opens("/")
    joins.presses(f"Can you join the team that visits {yes.challenge.host_authority}?")
    joins.presses("Yes, I can come")
    joins.sees(f"You are on the team for {yes.challenge.host_authority}. Thank you.")
    budget(f"somebody asked, to yes, {way}", joins.clicks, most=2)
    assert TeamMember.objects.get(challenge=yes.challenge).user == yes.user

    leaves = comes_in(no.user, way)
    leaves.opens(f"/seats/{no.pk}")
    leaves.presses("No, I cannot")
    leaves.types("I am on leave.", into="Why can you not come?")
    leaves.presses("Say that I cannot")
    leaves.sees("Thank you for saying so. Somebody else will be asked.")

    officer.opens("/")
    officer.presses(f"{no.challenge.host_authority}’s team")
    officer.sees("said no to this team")
    officer.chooses(other_than(officer, no.user))
    officer.presses("Ask them by e-mail")
    officer.sees("We are writing to")
    asked = SeatOffer.objects.filter(challenge=no.challenge, kind=no.kind)
    assert sorted(asked.values_list("state", flat=True)) == [
        SeatOfferState.ASKED,
        SeatOfferState.DECLINED,
    ]


def other_than(officer: object, user: User) -> str:
    """The first on the page who is somebody else, as the page names them."""
    labels = officer.page.locator(".govuk-radios__label").all_inner_texts()
    return next(label for label in labels if not label.startswith(user.name))
