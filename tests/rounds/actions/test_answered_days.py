"""Everybody is asked when they cannot, reminded, and left alone once they have said so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from authorities.models import User
from authorities.states import Role
from peerchallenge.audit.actions import CLOCK, history_of
from peerchallenge.shared.answers import Refused
from peerchallenge.shared.mail import address
from rounds import actions
from rounds.models import AvailabilityAnswer, Round
from rounds.queries.answered_days import asked_in, asking, unsaid_in
from rounds.queries.reminders import due_reminders
from tests.rounds.asked import asked, in_days
from tests.world import World, fresh, run_effects, working_day


def to() -> list[str]:
    """The names of those written to since the last look."""
    run_effects()
    names = dict(User.objects.values_list("email", "name"))
    found = sorted(names[one.to[0]] for one in mail.outbox)
    mail.outbox.clear()
    return found


def reminded(today: date) -> list[str]:
    done = list(due_reminders(today))
    for part, rule in done:
        if rule.about == "availability":
            actions.remind(part, rule.key, today=today, by=CLOCK)
    return to()


def names(people: list[User]) -> list[str]:
    return sorted(one.name for one in people)


@pytest.fixture
def round(world: World) -> Round:
    """Opened; its self-assessments are due so late that nobody is reminded of them."""
    found = world.opened()
    late = timezone.localdate() + timedelta(days=400)
    Round.objects.filter(pk=found.pk).update(self_assessment_due=late)
    run_effects()
    mail.outbox.clear()
    return Round.objects.get(pk=found.pk)


def test_directors_are_asked_before_anybody_is_matched(world: World, round: Round) -> None:
    actions.ask_availability(round, in_days(20), by=world.officer)
    run_effects()
    assert all(address("availability") in one.body for one in mail.outbox)
    assert to() == names(world.directors)
    assert Round.objects.get(pk=round.pk).availability_due == in_days(20)


def test_only_an_officer_of_the_board_asks_for_days(world: World, round: Round) -> None:
    for person in (world.chair, world.directors[0], World(size=0).officer):
        with pytest.raises(Refused, match="Only an officer of the board"):
            actions.ask_availability(round, in_days(20), by=person)
    assert Round.objects.get(pk=round.pk).availability_due is None


def test_another_date_moves_the_reminders_and_tells_nobody(world: World, round: Round) -> None:
    round = asked(world, round)
    again = actions.ask_availability(round, in_days(30), seen=in_days(20), by=world.officer)
    assert (again.availability_due, to()) == (in_days(30), [])
    verbs = history_of(round).filter(verb__startswith="round.availability")
    assert sorted(verbs.values_list("verb", flat=True)) == [
        "round.availability_asked",
        "round.availability_moved",
    ]


def test_the_later_of_two_officers_learns_of_the_other_date(world: World, round: Round) -> None:
    asked(world, round)
    with pytest.raises(actions.DueDateChanged):
        actions.ask_availability(round, in_days(25), by=world.officer)
    assert Round.objects.get(pk=round.pk).availability_due == in_days(20)


@pytest.mark.parametrize("days", [-1, 71])
def test_the_date_is_to_come_and_within_the_visits(world: World, round: Round, days: int) -> None:
    with pytest.raises(Refused, match="must be to come"):
        actions.ask_availability(round, in_days(days), by=world.officer)


def test_whoever_has_answered_is_reminded_no_more(world: World, round: Round) -> None:
    round = asked(world, round)
    first, *others = world.directors
    actions.answer_availability(round, world.authorities[0], by=first)
    assert reminded(in_days(16)) == []
    assert reminded(in_days(17)) == names(others)
    assert reminded(in_days(17)) == []
    actions.answer_availability(round, world.authorities[1], by=others[0])
    assert reminded(in_days(23)) == names(others[1:])
    assert reminded(in_days(40)) == []


def test_a_held_reminder_stays(world: World, round: Round) -> None:
    round = asked(world, round)
    part = round.participations.get(authority=world.authorities[0])
    actions.hold_reminders(round, participation=part.pk, key="days-before-3", by=world.officer)
    assert reminded(in_days(17)) == names(world.directors[1:])


def test_both_kinds_of_reminder_go_out_on_one_day(world: World, round: Round) -> None:
    round = asked(world, round)
    Round.objects.filter(pk=round.pk).update(self_assessment_due=in_days(20))
    found = {(part.authority_id, rule.key) for part, rule in due_reminders(in_days(17))}
    keys = {key for _, key in found}
    assert keys == {"before-3", "days-before-3"}
    assert len(found) == 2 * len(world.directors)


def test_people_on_teams_are_asked_themselves_once(world: World) -> None:
    round = world.teamed()
    run_effects()
    mail.outbox.clear()
    challenges = list(round.challenges.order_by("pk"))
    busy = world.member_of(challenges[0])
    challenges[1].team.create(user=busy)
    round = actions.ask_availability(round, in_days(20), by=world.officer)
    people = {seat.user for challenge in challenges for seat in challenge.team.all()}
    assert to() == names([*world.directors, *people])
    assert [round for round, _ in asking(fresh(busy))] == [round]
    actions.answer_availability(round, None, by=fresh(busy))
    assert asking(fresh(busy)) == []
    unsaid = [user for one in unsaid_in(round).values() for user in one.others]
    assert names(unsaid) == names([one for one in people if one != busy])


def test_a_reminder_now_goes_to_those_who_have_not_answered_once_a_day(
    world: World, round: Round
) -> None:
    with pytest.raises(Refused, match="Nobody has been asked yet"):
        actions.chase_availability(round, by=world.officer)
    # Asked on another day.
    Round.objects.filter(pk=round.pk).update(availability_due=in_days(2))
    round = Round.objects.get(pk=round.pk)
    actions.answer_availability(round, world.authorities[0], by=world.directors[0])
    assert actions.chase_availability(round, by=world.officer) == 2
    assert to() == names(world.directors[1:])
    with pytest.raises(Refused, match="today already"):
        actions.chase_availability(round, by=world.officer)


def test_who_was_asked_today_is_not_reminded_today(world: World, round: Round) -> None:
    with pytest.raises(Refused, match="today already"):
        actions.chase_availability(asked(world, round), by=world.officer)


def test_who_answers_between_the_promise_and_the_post_is_left_alone(
    world: World, round: Round
) -> None:
    actions.ask_availability(round, in_days(20), by=world.officer)
    actions.answer_availability(round, world.authorities[0], by=world.directors[0])
    assert to() == names(world.directors[1:])


def test_said_twice_it_stays_as_it_was(world: World, round: Round) -> None:
    round = asked(world, round)
    officer = world.person(Role.AUTHORITY_OFFICER)
    for person in (world.directors[0], officer):
        actions.answer_availability(round, world.authorities[0], by=person)
    assert AvailabilityAnswer.objects.get().by == world.directors[0]
    assert history_of(round).filter(verb="round.availability_answered").count() == 1


def test_who_answers_for_whom(world: World, round: Round) -> None:
    round = asked(world, round)
    here = world.authorities[0]
    for person in (world.person(Role.LEAD_MEMBER), world.directors[1], world.officer):
        with pytest.raises(Refused):
            actions.answer_availability(round, here, by=person)
    with pytest.raises(Refused, match="Only people on a team"):
        actions.answer_availability(round, None, by=world.person(Role.REVIEWER))


def test_nobody_answers_what_is_not_asked(world: World, round: Round) -> None:
    with pytest.raises(Refused, match="does not ask"):
        actions.answer_availability(round, world.authorities[0], by=world.directors[0])


def test_officers_see_how_many_days_each_cannot(world: World) -> None:
    round = world.teamed()
    day = working_day(in_days(10))
    actions.say_unavailable(
        world.authorities[0], first_day=day, last_day=day, by=world.directors[0]
    )
    lead = world.lead_of(world.first(round))
    actions.say_unavailable(None, first_day=day, last_day=day, rather_not=True, by=fresh(lead))
    rows = {one.name: one.days_said for one in asked_in(round)}
    assert rows[world.authorities[0].name] == "1"
    assert rows[lead.name] == "None, and 1 rather not"
    assert rows[world.authorities[1].name] == "None"
