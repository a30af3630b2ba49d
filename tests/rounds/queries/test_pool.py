"""Whoever of a region can sit on a team, and what they have given."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from authorities.models import Expertise, Membership, Reviewer
from authorities.states import Role, TeamSeat
from rounds.models import Challenge, VisitDay
from rounds.queries.pool import given_by, pool_of
from tests.factories import MembershipFactory
from tests.world import World

pytestmark = pytest.mark.django_db


def today() -> date:
    return timezone.localdate()


def names(world: World) -> list[str]:
    return [one.user.name for one in pool_of(world.region, today())]


def test_reviewers_directors_and_whoever_said_that_they_can_are_in_the_pool(world: World) -> None:
    reviewer = world.person(Role.REVIEWER)
    elected = world.person(Role.LEAD_MEMBER)
    world.person(Role.CHIEF_EXECUTIVE)
    expected = {reviewer.name, *(one.name for one in world.directors)}
    assert set(names(world)) == expected
    Reviewer.objects.create(user=elected, seats=[TeamSeat.ELECTED_MEMBER])
    assert set(names(world)) == {*expected, elected.name}
    assert names(world) == sorted(names(world))


def test_who_has_left_or_cannot_sign_in_is_not_in_the_pool(world: World) -> None:
    gone, off = world.person(Role.REVIEWER), world.person(Role.REVIEWER)
    other = World(size=1).person(Role.REVIEWER)
    Membership.objects.filter(user=gone).update(
        from_date=date(2015, 1, 1), to_date=today() - timedelta(days=1)
    )
    off.is_active = False
    off.save()
    assert not {gone.name, off.name, other.name} & set(names(world))


def test_a_member_carries_what_they_and_the_officers_have_said(world: World) -> None:
    person = world.person(Role.REVIEWER, world.authorities[1])
    MembershipFactory(user=person, role=Role.LEAD_MEMBER, authority=world.authorities[0])
    row = Reviewer.objects.create(
        user=person,
        seats=[TeamSeat.PRACTITIONER, TeamSeat.ANALYST],
        trained_on=today() - timedelta(days=700),
        lapses_on=today() - timedelta(days=1),
        paused_until=today(),
        days_most=6,
    )
    for name in ("Early help", "Adoption"):
        Expertise.objects.create(reviewer=row, name=name)
    member = next(one for one in pool_of(world.region, today()) if one.user == person)
    assert member.authority == world.authorities[1]
    assert member.roles == {Role.REVIEWER, Role.LEAD_MEMBER}
    assert member.seats == ("practitioner", "analyst")
    assert member.expertise == ("Adoption", "Early help")
    assert (member.lapsed, member.trained, member.paused, member.days_left) == (
        True,
        False,
        True,
        6,
    )
    before = pool_of(world.region, today() - timedelta(days=2))
    assert next(one for one in before if one.user == person).trained


def dated(world: World, days: list[date]) -> Challenge:
    """The first challenge, its team seated long ago, on site on these days."""
    challenge = world.first(world.teamed())
    challenge.team.update(from_date=date(2015, 1, 1))
    for number, day in enumerate(days):
        VisitDay.objects.create(challenge=challenge, phase=f"p{number}", day=day)
    return challenge


def test_days_given_are_those_of_the_year_that_ends_on_the_day(world: World) -> None:
    days = [today() - timedelta(days=400), today() - timedelta(days=30), today()]
    challenge = dated(world, [*days, today() + timedelta(days=9)])
    lead = world.lead_of(challenge)
    given = given_by([lead.pk], today())[lead.pk]
    assert (given.days, given.days_to_come, given.challenges) == (2, 1, 1)
    assert given.last_day == today()


def test_who_left_the_team_before_a_day_did_not_give_it(world: World) -> None:
    challenge = dated(world, [today() - timedelta(days=5), today() - timedelta(days=3)])
    member = world.member_of(challenge)
    challenge.team.filter(user=member).update(to_date=today() - timedelta(days=4))
    assert given_by([member.pk], today())[member.pk].days == 1


def test_who_reads_off_site_gives_a_challenge_and_no_days(world: World) -> None:
    challenge = dated(world, [today() - timedelta(days=5)])
    member = world.member_of(challenge)
    challenge.team.filter(user=member).update(kind=TeamSeat.OFF_SITE)
    given = given_by([member.pk], today())[member.pk]
    assert (given.days, given.challenges) == (0, 1)


def test_a_match_that_was_withdrawn_took_nobodys_days(world: World) -> None:
    challenge = dated(world, [today() - timedelta(days=5)])
    lead = world.lead_of(challenge)
    Challenge.objects.filter(pk=challenge.pk).update(state="cancelled")
    assert given_by([lead.pk], today())[lead.pk].challenges == 0


@pytest.mark.parametrize("size", [1, 3])
def test_the_pool_takes_four_queries_however_many_they_are(size: int) -> None:
    world = World(size=size)
    for authority in world.authorities:
        row = Reviewer.objects.create(user=world.person(Role.REVIEWER, authority))
        Expertise.objects.create(reviewer=row, name="Adoption")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(pool_of(world.region, today())) == 2 * size
    assert len(asked) == 4
