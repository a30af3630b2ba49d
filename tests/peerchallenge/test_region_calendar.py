"""A region's calendar: who has which days, however many authorities there are."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from authorities.models import Authority, Period
from authorities.states import PeriodKind, Role
from peerchallenge.queries.calendars import RegionCalendarPage, Shared, Week, region_calendar
from tests.factories import AuthorityFactory
from tests.world import World, fresh

pytestmark = pytest.mark.django_db
TODAY = date(2027, 1, 5)
MOST_BYTES = 40_000


def page_of(world: World, weeks: int = 13) -> RegionCalendarPage:
    return region_calendar(world.region, fresh(world.officer), TODAY, start=None, weeks=weeks)


def holiday(
    authority: Authority, first: date, days: int = 5, kind: PeriodKind = PeriodKind.HALF_TERM
) -> Period:
    last = first + timedelta(days=days - 1)
    return Period.objects.create(
        authority=authority, kind=kind, first_day=first, last_day=last, name=kind.label
    )


def test_weeks_with_nothing_in_the_way_are_one_row() -> None:
    world = World()
    for authority in world.authorities:
        holiday(authority, date(2027, 2, 15))
    assert page_of(world).weeks == [
        Week("4 January to 12 February 2027", free=True),
        Week("15 Feb 2027", all=[], schools="All 3"),
        Week("22 February to 19 March 2027", free=True),
        Week("22 Mar 2027", all=["Fri 26: Good Friday"]),
        Week("29 Mar 2027", all=["Mon 29: Easter Monday"]),
    ]


def test_elections_and_days_without_visits_are_in_their_week() -> None:
    world = World()
    one = world.authorities[0]
    Period.objects.create(
        region=world.region,
        kind=PeriodKind.NO_GO,
        first_day=date(2027, 5, 5),
        last_day=date(2027, 5, 5),
        name="Conference",
    )
    holiday(one, date(2027, 3, 31), 37, PeriodKind.PRE_ELECTION)
    (week,) = [week for week in page_of(world, 26).weeks if week.days == "3 May 2027"]
    assert week == Week(
        "3 May 2027",
        all=["Conference", "Mon 3: Early May bank holiday", "Thu 6: local elections"],
        elections=str(one),
    )


@pytest.mark.parametrize(
    ("having", "of", "who"),
    [(1, 3, "{0}"), (3, 3, "All 3"), (9, 10, "All but {9}"), (5, 10, "5 of 10")],
)
def test_who_has_the_same_days_is_said_briefly(having: int, of: int, who: str) -> None:
    world = World(size=of)
    for authority in world.authorities[:having]:
        holiday(authority, date(2027, 2, 15))
    names = [authority.name for authority in world.authorities]
    assert page_of(world).shared == [
        Shared(
            "15 to 19 February 2027",
            "Half term",
            who.format(*names),
            names[:having] if " of " in who else (),
        )
    ]


def test_an_administrator_who_is_nobody_in_the_region_sees_no_calendar(client: Client) -> None:
    world = World()
    own = world.authorities[0]
    client.force_login(world.person(Role.SYSTEM_ADMINISTRATOR))
    assert client.get(f"/authorities/{own.pk}").status_code == 200
    for address in (f"/calendars/{world.region.pk}", f"/authorities/{own.pk}/calendar"):
        refused = client.get(address)
        assert refused.status_code == 403
        assert "Only people of this region" in refused.text


def test_one_that_entered_next_years_days_is_not_missing() -> None:
    world = World()
    holiday(world.authorities[0], date(2027, 10, 25))
    page = page_of(world)
    assert [place.name for place in page.entered] == [world.authorities[0].name]
    assert len(page.missing) == 2
    assert page.shared == []


def test_it_is_sane_with_all_of_england(client: Client) -> None:
    world = World(size=2)
    many = [*world.authorities, *AuthorityFactory.create_batch(150, region=world.region)]
    for place, authority in enumerate(many):
        for month in (2, 5, 7, 10):
            holiday(authority, date(2027, month, 10 + place % 5))
    client.force_login(world.officer)
    got = client.get(f"/calendars/{world.region.pk}?start=2027-01-04&weeks=52")
    assert got.status_code == 200
    assert len(got.content) < 2 * MOST_BYTES
    few = World(size=16)
    for authority in few.authorities:
        for month in (2, 5, 7, 10):
            holiday(authority, date(2027, month, 10))
    client.force_login(few.officer)
    got = client.get(f"/calendars/{few.region.pk}?start=2027-01-04&weeks=52")
    assert len(got.content) < MOST_BYTES
