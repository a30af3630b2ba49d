"""The pages on which an authority says what it can give."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import User
from authorities.states import Role
from rounds import actions
from rounds.models import Capacity, Participation, Round, SelfAssessment
from rounds.queries.offering import Strength, Wish, strengths_mark, wishes_mark
from tests.rounds.conftest import words
from tests.world import World

Browser = Callable[[User], Client]
STALE = "Somebody changed this while you had the page open."


def url(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def member(own: SelfAssessment) -> Participation:
    return own.participation


def seen_on(client: Client, page: str) -> str:
    return client.get(page).context["form"].initial["version"]


def test_one_press_says_that_there_is_nothing_special(
    own: SelfAssessment, director: User, signed_in: Browser
) -> None:
    client, page = signed_in(director), url("self_assessment_offer", own.pk)
    tasks = words(client.get(url("self_assessment", own.pk)))
    assert "The round asks for 1 challenge. One press if that is all." in tasks
    assert "Nothing special: we give what the round asks" in words(client.get(page))
    answer = client.post(page, follow=True)
    assert "The board’s officers see what you can give" in words(answer)
    assert f"Said by {director} at" in words(answer)
    assert "You can change it until the matches are confirmed." in words(client.get(page))
    # A second press, from a tab that was open.
    assert client.post(page).status_code == 302
    assert Capacity.objects.get().gives_most is None


def test_numbers_are_changed_and_read_back(
    own: SelfAssessment, director: User, signed_in: Browser
) -> None:
    client, page = signed_in(director), url("self_assessment_offer_numbers", own.pk)
    given = {"least": "0", "most": "2", "note": "One in May", "version": "0"}
    shown = words(client.post(page, given, follow=True))
    assert "0 to 2 challenges" in shown
    assert "One in May" in shown


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"least": "2", "most": "1"}, "The most challenges must be 2 or more"),
        ({"most": "99"}, "The most challenges must be 20 or less"),
        ({"least": "-1"}, "The least number of challenges must be 0 or more"),
        ({"least": "one"}, "The least number of challenges must be a whole number"),
    ],
)
def test_numbers_that_make_no_sense_are_said_beside_them_and_the_note_stays(
    own: SelfAssessment, director: User, signed_in: Browser, given: dict[str, str], said: str
) -> None:
    page = url("self_assessment_offer_numbers", own.pk)
    shown = words(signed_in(director).post(page, {**given, "note": "Typed", "version": "0"}))
    assert said in shown
    assert "Typed" in shown
    assert not Capacity.objects.exists()


def test_two_who_write_a_note_see_both(
    own: SelfAssessment, director: User, colleague: User, signed_in: Browser
) -> None:
    client, page = signed_in(director), url("self_assessment_offer_numbers", own.pk)
    seen = seen_on(client, page)
    actions.say_numbers(member(own), least=1, most=3, note="Theirs", version=0, by=colleague)
    shown = client.post(page, {"note": "Mine", "version": seen})
    assert STALE in words(shown)
    assert "Mine" in words(shown)
    assert "Theirs" in words(shown)
    client.post(page, {"note": "Mine", "version": shown.context["form"]["version"].value()})
    assert Capacity.objects.get().note == "Mine"


def test_strengths_are_ticked_and_written(
    own: SelfAssessment, director: User, signed_in: Browser
) -> None:
    client, page = signed_in(director), url("self_assessment_offer_strengths", own.pk)
    area = own.participation.round.areas.first()
    given = {
        "version": seen_on(client, page),
        f"area_{area.pk}": "on",
        f"area_{area.pk}_how": "Visitors said so.",
        "own_1": "Data",
    }
    shown = words(client.post(page, given, follow=True))
    assert "Adoption Visitors said so. Data" in shown
    ticked = client.get(page).context["form"].initial
    assert (ticked[f"area_{area.pk}"], ticked["own_1"]) == (True, "Data")


def test_what_was_written_about_no_area_is_not_dropped(
    own: SelfAssessment, director: User, signed_in: Browser
) -> None:
    page = url("self_assessment_offer_strengths", own.pk)
    area = own.participation.round.areas.first()
    given = {
        f"area_{area.pk}_how": "We know.",
        "own_1_how": "Of what?",
        "own_2": "adoption",
        "own_3": "Thresholds",
    }
    shown = words(signed_in(director).post(page, given))
    assert "Tick Adoption, or clear what you wrote about it" in shown
    assert "Enter the name of the area you wrote about" in shown
    assert "“adoption” is on this page already" in shown
    assert "We know." in shown
    assert not member(own).strengths.exists()


def test_two_who_write_strengths_see_both(
    own: SelfAssessment, director: User, colleague: User, signed_in: Browser
) -> None:
    client, page = signed_in(director), url("self_assessment_offer_strengths", own.pk)
    seen = seen_on(client, page)
    theirs = [Strength(None, "Theirs", "their figures")]
    actions.say_strengths(member(own), theirs, seen=strengths_mark([]), by=colleague)
    shown = client.post(page, {"version": seen, "own_1": "Mine"})
    assert STALE in words(shown)
    assert "their figures" in words(shown)
    now = shown.context["form"]["version"].value()
    client.post(page, {"version": now, "own_1": "Mine", "own_2": "Theirs"})
    assert [str(one) for one in member(own).strengths.all()] == ["Mine", "Theirs"]


def test_wishes_are_chosen_in_order(
    world: World, own: SelfAssessment, director: User, signed_in: Browser
) -> None:
    client, page = signed_in(director), url("self_assessment_offer_wishes", own.pk)
    one, two = own.participation.round.participations.exclude(pk=own.participation_id)
    given = {
        "version": seen_on(client, page),
        "wish_1": two.pk,
        "wish_1_why": "A fresh pair of eyes",
        "wish_3": one.pk,
    }
    shown = words(client.post(page, given, follow=True))
    assert f"1. {two.authority} A fresh pair of eyes 2. {one.authority}" in shown


def test_a_wish_twice_or_a_reason_alone_is_said(
    own: SelfAssessment, director: User, signed_in: Browser
) -> None:
    page = url("self_assessment_offer_wishes", own.pk)
    one, _ = own.participation.round.participations.exclude(pk=own.participation_id)
    given = {"wish_1": one.pk, "wish_2": one.pk, "wish_3_why": "Because"}
    shown = words(signed_in(director).post(page, given))
    assert f"{one.authority} is wished for above already" in shown
    assert "Select whom you wrote about, or clear why" in shown
    assert "Because" in shown


def test_two_who_write_wishes_see_both(
    own: SelfAssessment, director: User, colleague: User, signed_in: Browser
) -> None:
    client, page = signed_in(director), url("self_assessment_offer_wishes", own.pk)
    one, two = own.participation.round.participations.exclude(pk=own.participation_id)
    seen = seen_on(client, page)
    actions.wish_for_challengers(
        member(own), [Wish(one, "theirs")], seen=wishes_mark([]), by=colleague
    )
    shown = words(client.post(page, {"version": seen, "wish_1": two.pk}))
    assert STALE in shown
    assert "theirs" in shown
    assert [row.challenger for row in member(own).preferences.all()] == [one]


def test_their_own_readers_see_it_and_cannot_change_it(
    world: World, own: SelfAssessment, signed_in: Browser
) -> None:
    reader = signed_in(world.person(Role.LEAD_MEMBER))
    shown = words(reader.get(url("self_assessment_offer", own.pk)))
    assert "1 challenge, as the round asks" in shown
    assert "Only the director and the authority’s officers say what it can give." in shown
    assert "Nothing special" not in shown.partition("What you are strong in")[0]
    assert reader.get(url("self_assessment_offer_numbers", own.pk)).status_code == 403
    assert reader.post(url("self_assessment_offer", own.pk)).status_code == 403


def test_directors_who_read_the_self_assessment_do_not_read_what_it_can_give(
    world: World, signed_in: Browser
) -> None:
    own = SelfAssessment.objects.get(
        participation__round=world.shared(), participation__authority=world.authorities[0]
    )
    reader = signed_in(world.directors[1])
    assert reader.get(url("self_assessment_read", own.pk)).status_code == 200
    assert reader.get(url("self_assessment_offer", own.pk)).status_code == 403


def test_it_is_changed_after_sending_and_stays_once_matches_are_confirmed(
    world: World, own: SelfAssessment, director: User, signed_in: Browser
) -> None:
    world.sent(member(own))
    client, page = signed_in(director), url("self_assessment_offer", own.pk)
    assert "What you can give" in words(client.get(url("self_assessment", own.pk)))
    assert "Nothing special: we give what the round asks" in words(client.get(page))
    Round.objects.update(state="under_way")
    assert "The matches are confirmed, so this stays as it is." in words(client.get(page))
    assert "The matches are confirmed" in words(client.post(page, follow=True))
    assert client.get(url("self_assessment_offer_wishes", own.pk)).status_code == 403


def test_what_may_identify_a_child_is_said_to_those_who_wrote_it(
    own: SelfAssessment, director: User, signed_in: Browser
) -> None:
    """The number is of those kept for tests."""
    rows = [Strength(None, "Data", "As for the child with NHS number 999 000 0018.")]
    actions.say_strengths(member(own), rows, seen=strengths_mark([]), by=director)
    shown = words(signed_in(director).get(url("self_assessment_offer", own.pk)))
    assert "Nothing here may identify a child." in shown
    assert "999 000 0018” looks like" in shown
