"""What the forms of an offer take, and what they hand to an action."""

from __future__ import annotations

from typing import Any

import pytest

from rounds.forms.availability import UnavailableForm
from rounds.forms.offering import NumbersForm, StrengthsForm, WishesForm
from rounds.models import Participation
from tests.world import World

DAY = {"first_day_day": "5", "first_day_month": "may", "first_day_year": "2031"}


@pytest.mark.parametrize("version", ["", "0", "none", "-1", "²", "9" * 20])
def test_a_version_that_nobody_wrote_is_not_believed(part: Participation, version: str) -> None:
    form = NumbersForm({"version": version}, participation=part, cancel_url="/")
    assert form.is_valid()
    assert form.numbers() == {
        "least": None,
        "most": None,
        "note": "",
        "version": int(version) if version.isdecimal() else 0,
    }


def test_an_officer_leaves_the_note_alone(part: Participation) -> None:
    form = NumbersForm({"note": "Mine"}, participation=part, note=False, cancel_url="/")
    assert form.is_valid()
    assert "note" not in form.numbers()


def strengths_form(part: Participation, **data: Any) -> StrengthsForm:
    return StrengthsForm(data, participation=part, cancel_url="/")


def test_one_more_place_for_an_own_area_each_time_up_to_three(part: Participation) -> None:
    places = []
    for number in range(5):
        places.append(len(strengths_form(part).places))
        part.strengths.create(own_area=f"Area {number}")
    assert places == [2, 2, 3, 3, 4]


def test_strengths_come_in_the_order_of_the_page(part: Participation) -> None:
    first, second, *_ = part.round.areas.all()
    form = strengths_form(
        part, **{f"area_{second.pk}": "on", f"area_{first.pk}": "on", "own_2": "Data"}
    )
    assert form.is_valid()
    assert [one.name for one in form.strengths()] == [first.name, second.name, "Data"]


def test_a_wish_left_empty_in_between_is_closed(part: Participation) -> None:
    one, two = part.round.participations.exclude(pk=part.pk).order_by("authority__name")
    data = {"wish_1": str(two.pk), "wish_3": str(one.pk)}
    form = WishesForm(data, participation=part, cancel_url="/")
    assert form.is_valid()
    assert [wish.challenger for wish in form.wishes()] == [two, one]


def test_nobody_wishes_for_themselves_or_for_a_stranger(part: Participation) -> None:
    stranger = World().opened().participations.first()
    for other in (part, stranger):
        form = WishesForm({"wish_1": str(other.pk)}, participation=part, cancel_url="/")
        assert not form.is_valid()


def test_whose_days_they_are_is_asked_of_those_who_act_for_an_authority(world: World) -> None:
    director = world.directors[0]
    own = str(world.authorities[0].pk)
    for whose, authority in ((own, world.authorities[0]), ("me", None)):
        form = UnavailableForm({**DAY, "whose": whose, "kind": "cannot"}, user=director)
        assert form.is_valid()
        assert form.owner() == authority
    theirs = str(world.authorities[1].pk)
    assert not UnavailableForm({**DAY, "whose": theirs, "kind": "cannot"}, user=director).is_valid()


def test_what_was_written_about_an_area_taken_out_is_asked_for_its_name(
    part: Participation,
) -> None:
    gone = part.round.areas.last()
    written = {f"area_{gone.pk}": "on", f"area_{gone.pk}_how": "We know a lot."}
    gone.delete()
    form = strengths_form(part, **written)
    assert not form.is_valid()
    assert form.errors == {"own_3": ["Enter the name of the area you wrote about"]}
    assert form["own_3_how"].value() == "We know a lot."
