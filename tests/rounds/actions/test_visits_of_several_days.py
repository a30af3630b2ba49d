"""Visits of several days in a row, and a day on which everybody meets."""

from __future__ import annotations

from datetime import date, timedelta

from django.core import mail

from peerchallenge.shared.dates import is_working_day, monday_of
from rounds import actions
from rounds.models import CalendarEntry, Challenge, Round
from rounds.queries.challenges import due_by_calendar
from rounds.states import ChallengeState
from tests.world import World, run_effects, working_day


def set_days(challenge: Challenge) -> dict[str, date]:
    return dict(challenge.days.values_list("phase", "day"))


def test_a_visit_of_several_days_is_over_after_its_last(world: World, accepted: Round) -> None:
    accepted.format_data["phases"] = [{"id": "day1", "label": "Visit", "days": 3}]
    accepted.save(update_fields=["format_data"])
    challenge = world.first(accepted)
    monday = monday_of(accepted.visits_from) + timedelta(weeks=2)
    while not all(is_working_day(monday + timedelta(days=step)) for step in range(3)):
        monday += timedelta(weeks=1)
    actions.set_visit_days(challenge, {"day1": monday}, by=world.officer)
    actions.send_dates(accepted, by=world.officer)
    entry = CalendarEntry.objects.get(challenge=challenge)
    assert (entry.first_day, entry.last_day) == (monday, monday + timedelta(days=2))
    due = [
        [then for one, then in due_by_calendar(monday + timedelta(days=step)) if one == challenge]
        for step in (-1, 0, 2, 3)
    ]
    began, over = ChallengeState.ON_SITE, ChallengeState.FED_BACK
    assert due == [[], [began], [began], [began, over]]


def test_where_everybody_meets_on_one_day_all_move_together(world: World, accepted: Round) -> None:
    phase = {"id": "panel", "label": "Event day", "days": 1, "shared": True}
    accepted.format_data["phases"] = [phase]
    accepted.save(update_fields=["format_data"])
    actions.fill_visit_days(accepted, by=world.officer)
    actions.send_dates(accepted, by=world.officer)
    run_effects()
    mail.outbox.clear()
    later = working_day(accepted.visits_from, 20)
    actions.set_visit_days(world.first(accepted), {"panel": later}, by=world.officer)
    assert [set_days(one) for one in accepted.challenges.all()] == [{"panel": later}] * 3
    run_effects()
    host_and_challenger = sorted(director.email for director in world.directors * 2)
    assert sorted(one.to[0] for one in mail.outbox) == host_and_challenger
    assert all(one.subject.startswith("The day is set: ") for one in mail.outbox)
