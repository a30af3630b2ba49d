"""Interventions: entered by an officer, with a first day and a last one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from authorities import actions
from authorities.models import Authority, Intervention
from authorities.states import Role
from peerchallenge.audit.models import Event
from peerchallenge.shared.answers import Refused
from tests.world import World, fresh

FIRST, LAST = date(2026, 2, 1), date(2026, 5, 31)


@pytest.fixture
def authority(world: World) -> Authority:
    return world.authorities[0]


def test_it_lasts_from_its_first_day_to_its_last(world: World, authority: Authority) -> None:
    found = actions.add_intervention(authority, from_date=FIRST, to_date=LAST, by=world.officer)
    assert found.lasts == "from 1 February 2026 to 31 May 2026"
    days = (FIRST - timedelta(days=1), FIRST, LAST, LAST + timedelta(days=1))
    lasting = [Intervention.objects.between(day, day).exists() for day in days]
    assert lasting == [False, True, True, False]
    event = Event.objects.get(verb="intervention.added")
    assert (event.details["first_day"], event.details["last_day"]) == ("2026-02-01", "2026-05-31")


def test_with_no_last_day_it_goes_on(world: World, authority: Authority) -> None:
    found = actions.add_intervention(authority, from_date=FIRST, by=world.officer)
    assert found.lasts == "since 1 February 2026"
    assert Intervention.objects.between(date(2090, 1, 1), None).exists()
    assert not Intervention.objects.between(date(2020, 1, 1), date(2026, 1, 31)).exists()


@pytest.mark.parametrize("first", [FIRST, LAST])
def test_two_never_overlap(world: World, authority: Authority, first: date) -> None:
    actions.add_intervention(authority, from_date=FIRST, to_date=LAST, by=world.officer)
    with pytest.raises(Refused, match="in intervention from 1 February 2026 to 31 May 2026"):
        actions.add_intervention(authority, from_date=first, by=world.officer)
    after = LAST + timedelta(days=1)
    actions.add_intervention(authority, from_date=after, by=world.officer)
    assert authority.interventions.count() == 2


def test_its_end_is_set_and_changed_until_it_is_over(world: World, authority: Authority) -> None:
    today = timezone.localdate()
    found = actions.add_intervention(authority, from_date=FIRST, by=world.officer)
    for last in (today + timedelta(days=30), today, today - timedelta(days=1)):
        found = actions.end_intervention(found, last_day=last, by=world.officer)
        assert found.to_date == last
    with pytest.raises(Refused, match="ended already"):
        actions.end_intervention(found, last_day=today, by=world.officer)
    assert Event.objects.filter(verb="intervention.ended").count() == 3


def test_it_never_ends_before_it_begins_or_in_the_next_one(
    world: World, authority: Authority
) -> None:
    today = timezone.localdate()
    found = actions.add_intervention(
        authority, from_date=FIRST, to_date=today + timedelta(days=5), by=world.officer
    )
    later = today + timedelta(days=10)
    actions.add_intervention(authority, from_date=later, by=world.officer)
    with pytest.raises(Refused, match="same as or after the first"):
        actions.end_intervention(found, last_day=FIRST - timedelta(days=1), by=world.officer)
    with pytest.raises(Refused, match="is in intervention since"):
        actions.end_intervention(found, last_day=later, by=world.officer)
    with pytest.raises(Refused, match="same as or after the first"):
        actions.add_intervention(
            world.authorities[1], from_date=LAST, to_date=FIRST, by=world.officer
        )


def test_only_an_officer_of_its_own_board_says_so(world: World, authority: Authority) -> None:
    found = actions.add_intervention(authority, from_date=FIRST, by=world.officer)
    administrator = world.person(Role.SYSTEM_ADMINISTRATOR)
    for person in (world.chair, world.directors[0], administrator, World(size=0).officer):
        with pytest.raises(Refused, match="Only an officer of this authority’s board"):
            actions.add_intervention(world.authorities[1], from_date=FIRST, by=fresh(person))
        with pytest.raises(Refused, match="Only an officer of this authority’s board"):
            actions.end_intervention(found, last_day=LAST, by=fresh(person))
        assert not Intervention.objects.visible_to(fresh(person)).exists()
    assert list(Intervention.objects.visible_to(world.officer)) == [found]
