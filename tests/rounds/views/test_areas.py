"""The page on which an authority says what it wants to be challenged on."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from authorities.models import User
from authorities.states import Role
from rounds import actions
from rounds.models import SelfAssessment
from tests.world import World

SignedIn = Callable[[User], Client]


def at(name: str, found: SelfAssessment, *more: object) -> str:
    return reverse(name, args=[found.pk, *more])


def words(answer: object) -> str:
    return " ".join(answer.content.decode().split())


def area(own: SelfAssessment, **fields: object) -> dict[str, object]:
    return {"own_area": "", "reason": "", "seen": own.area_seen, **fields}


def test_one_of_the_regions_areas_is_chosen(
    own: SelfAssessment, director: User, signed_in: SignedIn
) -> None:
    chosen = own.participation.round.areas.last()
    client = signed_in(director)
    answer = client.post(at("self_assessment_area", own), area(own, area=chosen.pk))
    assert answer.url == at("self_assessment_check", own)
    assert SelfAssessment.objects.get(pk=own.pk).area == chosen


def test_ones_own_area_needs_a_name_and_a_reason(
    own: SelfAssessment, director: User, signed_in: SignedIn
) -> None:
    client = signed_in(director)
    page = client.post(at("self_assessment_area", own), area(own, area="own"))
    assert page.context["form"].errors == {
        "own_area": ["Enter the name of your own area"],
        "reason": ["Enter the reason of your own area"],
    }
    assert words(page).count("<title>Error: ") == 1
    fields = area(own, area="own", own_area="Domestic violence referrals", reason="Half of all.")
    assert client.post(at("self_assessment_area", own), fields).status_code == 302
    assert SelfAssessment.objects.get(pk=own.pk).area_name == "Domestic violence referrals"


def test_what_was_written_about_ones_own_area_is_not_dropped_unseen(
    own: SelfAssessment, director: User, signed_in: SignedIn
) -> None:
    chosen = own.participation.round.areas.first()
    fields = area(own, area=chosen.pk, reason="A reason just written.")
    page = signed_in(director).post(at("self_assessment_area", own), fields)
    assert page.context["form"].errors == {
        "area": ["Select your own area, or clear what you wrote about it below"]
    }
    assert "A reason just written." in words(page)


def test_no_choice_or_one_that_is_not_there_is_an_error(
    own: SelfAssessment, director: User, signed_in: SignedIn
) -> None:
    client = signed_in(director)
    for value, error in (("", "Select the area for challenge"), ("999", "Select one of the")):
        page = client.post(at("self_assessment_area", own), area(own, area=value))
        assert page.context["form"].errors["area"][0].startswith(error)


def test_an_area_chosen_by_a_colleague_meanwhile_is_shown_before_it_is_replaced(
    world: World, own: SelfAssessment, director: User, signed_in: SignedIn
) -> None:
    colleague = world.person(Role.AUTHORITY_OFFICER, name="Keziah Brandt")
    fields = area(own, area="own", own_area="Mine", reason="My reason.")
    actions.choose_area(own, own_area="Theirs", reason="Their reason.", by=colleague)
    client = signed_in(director)
    page = client.post(at("self_assessment_area", own), fields)
    assert page.context["form"].errors["area"] == [
        "Keziah Brandt has chosen “Theirs” in the meantime. Save again to replace it"
    ]
    assert "My reason." in words(page)
    fields["seen"] = page.context["form"]["seen"].value()
    assert client.post(at("self_assessment_area", own), fields).status_code == 302
    assert SelfAssessment.objects.get(pk=own.pk).area_name == "Mine"
