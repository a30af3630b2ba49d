"""Which working days of a round are left to an authority."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from authorities.states import Role
from peerchallenge.shared.dates import is_working_day, working_days
from rounds import actions
from rounds.models import Round, Unavailable
from rounds.queries.availability import FreeDays, free_days, span
from rounds.queries.own_days import owners_for
from tests.world import World

# A fortnight to come without a bank holiday.
FIRST, LAST = date(2031, 6, 2), date(2031, 6, 15)


def window(world: World) -> Round:
    round = world.drafted()
    Round.objects.filter(pk=round.pk).update(visits_from=FIRST, visits_to=LAST)
    return Round.objects.get(pk=round.pk)


def test_a_window_has_its_working_days_without_bank_holidays() -> None:
    assert len(working_days(FIRST, LAST)) == 10
    # The early May bank holiday.
    assert working_days(date(2026, 5, 4), date(2026, 5, 5)) == [date(2026, 5, 5)]


def test_days_that_cannot_be_are_taken_off_once(world: World) -> None:
    round, (one, two, _) = window(world), world.authorities
    for first, last, rather in ((-3, 1, False), (1, 6, True), (11, 40, False)):
        actions.say_unavailable(
            one,
            first_day=FIRST + timedelta(days=first),
            last_day=FIRST + timedelta(days=last),
            rather_not=rather,
            by=world.directors[0],
        )
    found = free_days(round, [one.pk, two.pk])
    # Monday and Tuesday of the first week, Friday of the second; Wednesday to Friday rather not.
    assert found[one.pk] == FreeDays(working=10, free=7, rather_not=3)
    assert found[one.pk].said == "7 of 10 (3 rather not)"
    assert found[two.pk].said == "10 of 10"


def test_days_that_are_over_are_not_counted(world: World) -> None:
    round, today = world.drafted(), timezone.localdate()
    Round.objects.update(visits_from=today - timedelta(days=60), visits_to=today)
    round.refresh_from_db()
    here = world.authorities[0].pk
    assert free_days(round, [here])[here].working == int(is_working_day(today))


def test_a_span_is_said_in_words() -> None:
    assert span(FIRST, FIRST) == "Monday 2 June 2031"
    assert span(FIRST, LAST) == "Monday 2 June 2031 to Sunday 15 June 2031"


def test_somebody_finds_the_authorities_they_act_for_and_themselves(world: World) -> None:
    director = world.directors[0]
    names = [owner.name for owner in owners_for(director)]
    assert names == [world.authorities[0].name, "You yourself"]
    reader = world.person(Role.LEAD_MEMBER)
    Unavailable.objects.create(
        authority=world.authorities[0], first_day=FIRST, last_day=LAST, said_by=director
    )
    assert [(one.name, one.coming) for one in owners_for(reader)] == [("You yourself", [])]
