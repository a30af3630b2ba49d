"""All teams of a round on the officers' page: proposed, changed, asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from authorities.models import User
from authorities.states import Role
from peerchallenge.outbox.models import Effect
from rounds import actions
from rounds.models import Round, SeatOffer
from rounds.states import SeatOfferState
from tests.world import World

SignedIn = Callable[[User], Client]


def at(round: Round, name: str = "round_teams") -> str:
    return reverse(name, args=[round.pk])


def words(answer: object) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def staffed(world: World, accepted: Round) -> Round:
    """Two reviewers in every authority."""
    for authority in world.authorities:
        for number in (1, 2):
            world.person(Role.REVIEWER, authority, name=f"Reviewer {number} of {authority}")
    return accepted


@pytest.fixture
def officer(world: World, signed_in: SignedIn) -> Client:
    return signed_in(world.officer)


def states(round: Round) -> list[str]:
    return list(
        SeatOffer.objects.filter(challenge__round=round)
        .order_by("pk")
        .values_list("state", flat=True)
    )


def test_all_teams_are_proposed_at_once_and_everybody_is_asked(
    staffed: Round, officer: Client
) -> None:
    assert "Propose all teams" in words(officer.get(at(staffed)))
    page = officer.post(at(staffed, "round_teams_propose"), follow=True)
    assert "Found somebody for 6 seats. Nobody is told yet." in words(page)
    assert states(staffed) == [SeatOfferState.PROPOSED] * 6
    before = Effect.objects.count()
    ask = officer.get(at(staffed, "round_teams_ask"))
    assert "You are about to e-mail 6 people" in words(ask)
    fields = {"version": ask.context["version"]}
    page = officer.post(at(staffed, "round_teams_ask"), fields, follow=True)
    assert "We are writing to 6 people" in words(page)
    assert states(staffed) == [SeatOfferState.ASKED] * 6
    assert Effect.objects.count() == before + 6
    again = officer.post(at(staffed, "round_teams_ask"), fields, follow=True)
    assert "nobody is asked twice" in words(again)
    assert Effect.objects.count() == before + 6


def test_whoever_is_proposed_meanwhile_is_looked_at_first(staffed: Round, officer: Client) -> None:
    officer.post(at(staffed, "round_teams_propose"))
    version = officer.get(at(staffed, "round_teams_ask")).context["version"]
    SeatOffer.objects.filter(challenge__round=staffed).first().delete()
    page = officer.post(at(staffed, "round_teams_ask"), {"version": version}, follow=True)
    assert "The proposals changed since you looked at them." in words(page)
    assert SeatOfferState.ASKED not in states(staffed)


def test_a_seat_for_which_there_is_nobody_says_why(accepted: Round, officer: Client) -> None:
    page = words(officer.post(at(accepted, "round_teams_propose")))
    assert "Found somebody for 3 seats. For 3 seats there is nobody." in page
    assert "Nobody in the region fills the seat practitioner." in page


def test_one_is_swapped_and_locked_and_stays_when_proposed_again(
    staffed: Round, officer: Client
) -> None:
    officer.post(at(staffed, "round_teams_propose"))
    offer = SeatOffer.objects.filter(challenge__round=staffed, kind="practitioner").first()
    address = reverse("seat_candidates", args=[offer.challenge_id, "practitioner"])
    page = officer.get(f"{address}?instead={offer.pk}")
    other = next(one.user for one in page.context["candidates"].fitting if one.user != offer.user)
    fields = {"person": other.pk, "press": "propose"}
    page = officer.post(f"{address}?instead={offer.pk}", fields, follow=True)
    assert f"{other.name} is proposed. Nobody is told yet." in words(page)
    officer.post(at(staffed, "round_teams_propose"))
    mine = SeatOffer.objects.get(challenge=offer.challenge_id, kind="practitioner")
    assert (mine.user, mine.locked) == (other, True)
    officer.post(reverse("seat_lock", args=[mine.pk]))
    mine.refresh_from_db()
    assert not mine.locked


def test_the_page_takes_the_same_queries_for_one_proposal_and_for_six(
    staffed: Round, officer: Client
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert officer.get(at(staffed)).status_code == 200
        return len(queries)

    officer.post(at(staffed, "round_teams_propose"))
    count()
    six = count()
    first = SeatOffer.objects.filter(challenge__round=staffed).first()
    SeatOffer.objects.filter(challenge__round=staffed).exclude(pk=first.pk).delete()
    assert count() == six


def test_the_seats_of_a_team_are_changed_for_the_round(staffed: Round, officer: Client) -> None:
    address = at(staffed, "round_seats")
    form = officer.get(address).context["form"]
    fields = {name: form[name].initial for name in form.fields}
    fields |= {"practitioner_least": 2, "practitioner_label": "Frontline reviewer"}
    assert "The seats are saved." in words(officer.post(address, fields, follow=True))
    seat = next(s for s in Round.objects.get(pk=staffed.pk).format.seats if s.key == "practitioner")
    assert (seat.label, seat.least, seat.most) == ("Frontline reviewer", 2, 3)
    again = officer.post(address, fields | {"practitioner_least": 1}, follow=True)
    assert "Somebody changed the seats meanwhile" in words(again)
    page = officer.post(address, {**fields, "practitioner_least": 4})
    assert "Practitioner has more at least than at most" in " ".join(
        error for errors in page.context["form"].errors.values() for error in errors
    ).replace("Frontline reviewer", "Practitioner")


def test_the_spreadsheet_and_the_narrower_lists(staffed: Round, officer: Client) -> None:
    officer.post(at(staffed, "round_teams_propose"))
    assert officer.get(at(staffed, "round_teams_xlsx")).status_code == 200
    assert "No visit is like that." in words(officer.get(at(staffed) + "?show=open"))
    assert "No visit is like that." in words(officer.get(at(staffed) + "?show=declined"))
    assert officer.get(at(staffed) + "?show=x&page=-1").status_code == 200


def test_nobody_but_an_officer_opens_it(world: World, staffed: Round, signed_in: SignedIn) -> None:
    for user in (world.directors[0], world.chair):
        for name in ("round_teams", "round_teams_ask", "round_seats", "round_teams_xlsx"):
            assert signed_in(user).get(at(staffed, name)).status_code == 403
    assert not actions.propose_teams(staffed, by=world.officer).unfilled
