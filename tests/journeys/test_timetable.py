"""The host writes the timetable of a visit, the team reads it and moves what does not fit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse

from rounds import actions
from rounds.models import Challenge, Session
from rounds.scheduling.slots import said
from tests.journeys.conftest import WAYS
from tests.journeys.person import Enter
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)
# Sooner than that a button takes a press for the second half of a double one.
A_MOMENT = 1_100


@pytest.fixture
def challenge(world: World) -> Challenge:
    return world.first(world.booked())


def day_of(challenge: Challenge, phase: str = "day1") -> date:
    return challenge.days.get(phase=phase).day


def starts(challenge: Challenge, phase: str = "day1") -> list[str]:
    found = Session.objects.filter(timetable__challenge=challenge, day=day_of(challenge, phase))
    return [f"{one.start:%H:%M} {one.title}" for one in found]


@pytest.mark.parametrize("way", WAYS)
def test_a_timetable_is_begun_added_to_moved_and_copied(
    world: World, challenge: Challenge, comes_in: Enter, budget: Callable[..., None], way: str
) -> None:
    host, day = comes_in(world.directors[0], way), said(day_of(challenge))
    host.opens(reverse("challenge_timetable", args=[challenge.pk]))
    host.presses("Begin with the format’s outline")
    host.sees("The timetable begins with 6 sessions", "The host presents")
    before = host.clicks
    host.presses(f"Add a session on {day}")
    host.types("Foster carers", into="Title (optional)")
    host.types("25:00", into="Starts at")
    host.presses("Save this session", status=422)
    host.sees("Enter a time like 9:30 or 14:15")
    host.types("14:15", into="Starts at")
    host.types("Foster carer", into="Role", group="Group 1 of those who are seen")
    host.page.wait_for_timeout(A_MOMENT)
    host.presses("Save this session")
    host.sees("“Foster carers” is in the timetable", "Sees Foster carer")
    # From the list and back, but for the one that was refused.
    budget(f"host, a session added to a day, {way}", host.clicks - before - 1, most=2)
    assert starts(challenge)[3] == "14:15 Foster carers"

    before = host.clicks
    host.presses("Move Foster carers")
    host.types("30", into="By how many minutes?")
    host.presses("See what that does")
    host.sees("What is moved", "14:15", "14:45")
    host.presses("Move 2 sessions")
    host.sees(f"2 sessions of {day} are 30 minutes later")
    budget(f"host, the rest of a day moved, {way}", host.clicks - before, most=3)
    assert starts(challenge)[3:] == ["14:45 Foster carers", "16:00 Team agrees what it has heard"]

    host.presses(f"Copy this day – {day}")
    host.chooses(said(day_of(challenge, "feedback")))
    host.presses("Copy the sessions")
    host.sees("5 sessions copied")
    assert len(starts(challenge, "feedback")) == 7


@pytest.mark.parametrize("way", WAYS)
def test_the_lead_moves_a_session_in_the_grid_and_sees_what_does_not_fit(
    world: World, challenge: Challenge, comes_in: Enter, way: str
) -> None:
    actions.start_timetable(challenge, by=world.directors[0])
    for session in Session.objects.all():
        session.team.set(challenge.team.current())
    lead, day = comes_in(world.lead_of(challenge), way), said(day_of(challenge))
    lead.opens(reverse("challenge_timetable", args=[challenge.pk]))
    lead.presses(f"{day} as a grid")
    lead.presses("Questions to the host")
    lead.presses("15 minutes earlier")
    lead.sees("at 11:15 now", "no break between")
    lead.page.wait_for_timeout(A_MOMENT)
    lead.presses("15 minutes earlier")
    lead.sees("Does not fit:", "are in “The host presents” and “Questions to the host”")
    lead.types("11.30", into="Starts at")
    lead.presses("Move this session")
    lead.sees("at 11:30 now")
    lead.does_not_see("Does not fit:")


def test_the_host_has_names_shown_and_the_other_pages_lead_back(
    world: World, challenge: Challenge, comes_in: Enter
) -> None:
    actions.start_timetable(challenge, by=world.directors[0])
    host = comes_in(world.directors[0])
    host.opens(reverse("challenge_timetable", args=[challenge.pk]))
    host.presses("Breaks and names")
    host.chooses("Names of those who are seen may stand in the timetable")
    host.presses("Save")
    host.sees("shown to your own people and the team")
    host.presses("The host presents")
    host.types("Astrid Ek", into="Names", group="Group 1 of those who are seen")
    host.presses("Save this session", status=422)
    host.sees("Enter the role of those who are seen")
    host.types("Head teacher", into="Role", group="Group 1 of those who are seen")
    host.page.wait_for_timeout(A_MOMENT)
    host.presses("Save this session")
    host.sees("Sees Head teacher: Astrid Ek")
    host.presses("The host presents")
    host.presses("Take this session out of the timetable")
    host.presses("Take it out")
    host.sees("“The host presents” is no longer in the timetable")
