"""What somebody says of themselves as a reviewer, and what officers keep of them."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from authorities import actions
from authorities.actions import Training
from authorities.models import Reviewer, User
from authorities.queries.reviewers import expertise_in, lapse_of, lapsing
from authorities.states import Role, TeamSeat
from peerchallenge.audit.models import Event
from peerchallenge.shared.answers import Refused
from tests.world import World, fresh

PAGE = "/account/reviewing"


def say(by: User, *expertise: str, **more: object) -> Reviewer:
    said = {"seats": [], "days_most": None, "paused_until": None, **more}
    return actions.say_reviewing(expertise=expertise, by=by, **said)


def test_seats_stand_in_their_order_and_expertise_once(world: World) -> None:
    person = world.person(Role.REVIEWER)
    seats = [TeamSeat.OFF_SITE, TeamSeat.LEAD]
    row = say(person, " Adoption ", "Adoption", "", "Early help", seats=seats)
    assert row.seats == ["lead", "off_site"]
    assert [one.name for one in row.expertise.all()] == ["Adoption", "Early help"]
    say(person, "Early help")
    assert [one.name for one in row.expertise.all()] == ["Early help"]


def test_the_record_holds_no_note(world: World) -> None:
    person = world.person(Role.REVIEWER)
    actions.keep_reviewer(
        person, trained_on=None, lapses_on=None, note="tokreviewer", by=world.officer
    )
    assert "tokreviewer" not in str(Event.objects.get(verb="reviewer.kept").details)


def test_only_an_officer_of_their_board_enters_training(world: World) -> None:
    person = world.person(Role.REVIEWER)
    row = Training(person.pk, date(2026, 1, 1), None)
    for stranger in (person, world.directors[0], world.chair, World(size=0).officer):
        with pytest.raises(Refused):
            actions.enter_training([row], by=stranger)
    assert actions.enter_training([row], by=world.officer) == 1
    assert actions.enter_training([row], by=world.officer) == 0
    assert Event.objects.filter(verb="reviewer.trained").count() == 1


def test_training_does_not_lapse_before_it_was_given(world: World) -> None:
    row = Training(world.person(Role.REVIEWER).pk, date(2026, 1, 2), date(2026, 1, 1))
    with pytest.raises(Refused, match="cannot lapse before"):
        actions.enter_training([row], by=world.officer)


def test_who_works_for_no_authority_says_nothing(world: World) -> None:
    for person in (world.officer, world.chair):
        with pytest.raises(Refused):
            say(person)


@pytest.mark.parametrize(
    ("trained", "until"),
    [
        (date(2026, 3, 4), date(2029, 3, 4)),
        (date(2024, 2, 29), date(2027, 2, 28)),
        (date(2026, 12, 31), date(2029, 12, 31)),
    ],
)
def test_training_counts_for_three_years(trained: date, until: date) -> None:
    assert lapse_of(trained) == until


def test_officers_count_what_lapses_soon_or_has_lately(world: World) -> None:
    today = date(2027, 6, 1)
    for lapses in (date(2027, 7, 1), date(2027, 5, 10), date(2027, 9, 1), date(2027, 4, 1)):
        Reviewer.objects.create(
            user=world.person(Role.REVIEWER), trained_on=date(2024, 1, 1), lapses_on=lapses
        )
    assert lapsing(world.officer, today) == 2
    assert lapsing(World(size=0).officer, today) == 0


def test_the_most_frequent_expertise_of_a_region_comes_first(world: World) -> None:
    say(world.person(Role.REVIEWER), "Adoption", "Early help")
    say(world.person(Role.REVIEWER), "Early help")
    say(World(size=1).person(Role.REVIEWER), "Elsewhere")
    assert expertise_in([world.region.pk]) == ["Early help", "Adoption"]


def test_somebody_says_it_on_their_page_and_a_second_tab_learns_of_it(world: World) -> None:
    person = world.person(Role.REVIEWER)
    client = Client()
    client.force_login(person)
    sent = {"seats": ["lead"], "others": "Adoption\n  Care   leavers \nadoption", "days_most": "6"}
    client.post(PAGE, {**sent, "seen": ""})
    row = Reviewer.objects.get(user=person)
    assert (row.seats, row.days_most) == (["lead"], 6)
    assert {one.name for one in row.expertise.all()} == {"Adoption", "Care leavers"}
    stale = client.post(PAGE, {**sent, "days_most": "9", "seen": ""})
    assert "another window" in stale.content.decode()
    assert Reviewer.objects.get(user=person).days_most == 6
    seen = stale.context["form"].data["seen"]
    client.post(PAGE, {**sent, "days_most": "9", "seen": seen})
    assert Reviewer.objects.get(user=person).days_most == 9
    assert fresh(person) == person


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"others": "x" * 121}, "is too long"),
        ({"others": "\n".join(f"Field {n}" for n in range(21))}, "Name at most 20"),
        ({"days_most": "101"}, "must be 100 or less"),
        ({"seats": ["judge"]}, "seats"),
    ],
)
def test_what_makes_no_sense_is_said(world: World, sent: dict[str, object], said: str) -> None:
    client = Client()
    client.force_login(world.person(Role.REVIEWER))
    assert said in client.post(PAGE, sent).content.decode()
    assert not Reviewer.objects.exists()
