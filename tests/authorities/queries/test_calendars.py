"""One query for all that is known of a region's days."""

from __future__ import annotations

from datetime import date

from pytest_django import DjangoAssertNumQueries

from authorities.models import Period
from authorities.queries.calendars import calendar_between
from authorities.states import PeriodKind
from tests.factories import AuthorityFactory
from tests.world import World

MONDAY, TUESDAY, FRIDAY = date(2027, 2, 15), date(2027, 2, 16), date(2027, 2, 19)


def test_each_kind_of_period_says_something_else(world: World) -> None:
    one, other = world.authorities[:2]
    Period.objects.create(
        kind=PeriodKind.NO_GO,
        region=world.region,
        first_day=MONDAY,
        last_day=MONDAY,
        name="Away day",
    )
    for kind, name in (
        (PeriodKind.HALF_TERM, "Half term"),
        (PeriodKind.PRE_ELECTION, "Election"),
        (PeriodKind.INSPECTION, "Inspection"),
    ):
        Period.objects.create(
            kind=kind, authority=one, first_day=TUESDAY, last_day=TUESDAY, name=name
        )
    found = calendar_between(world.region, [one, other], MONDAY, FRIDAY)
    assert found.closed == {MONDAY: "Away day"}
    # Why is nobody's to know who asks for days.
    assert found.cannot == {one.pk: {TUESDAY}}
    assert found.soft == {one.pk: {TUESDAY: "Half term"}}
    assert found.warned == {one.pk: {TUESDAY: "Election"}}


def test_an_inspection_without_an_end_lasts_as_long_as_anybody_asks(world: World) -> None:
    one = world.authorities[0]
    Period.objects.create(
        kind=PeriodKind.INSPECTION, authority=one, first_day=date(2027, 2, 18), name="Inspection"
    )
    found = calendar_between(world.region, [one], MONDAY, FRIDAY)
    assert found.cannot == {one.pk: {date(2027, 2, 18), FRIDAY}}


def test_only_the_days_asked_for_and_the_authorities_named_are_in_it(world: World) -> None:
    one, other = world.authorities[:2]
    for authority in (one, other, AuthorityFactory(region=world.region)):
        Period.objects.create(
            kind=PeriodKind.SCHOOL_HOLIDAY,
            authority=authority,
            first_day=date(2027, 2, 1),
            last_day=TUESDAY,
            name="Holiday",
        )
    found = calendar_between(world.region, [one], MONDAY, FRIDAY)
    assert found.soft == {one.pk: {MONDAY: "Holiday", TUESDAY: "Holiday"}}
    assert found.closed == found.cannot == found.warned == {}


def test_it_is_one_query_however_many_authorities(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        calendar_between(world.region, world.authorities[:1], MONDAY, FRIDAY)
    with django_assert_num_queries(1):
        calendar_between(world.region, world.authorities, MONDAY, FRIDAY)
