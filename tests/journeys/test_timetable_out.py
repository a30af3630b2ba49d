"""A timetable goes out, changes, goes out again; a reviewer reads it and has it in a calendar."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time

import pytest
import vobject
from django.test import Client

from rounds.scheduling.slots import said
from tests.journeys.conftest import WAYS
from tests.journeys.person import Enter, Person
from tests.rounds.released import first_day, moved, prepared
from tests.world import World, run_effects

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("way", WAYS)
def test_a_timetable_goes_out_twice_and_stands_in_a_calendar(
    db: None,
    comes_in: Enter,
    post_of: Callable[..., str],
    budget: Callable[..., None],
    way: str,
) -> None:
    region = World()
    challenge = prepared(region)
    member, host = region.member_of(challenge), region.director_of(challenge.host_authority)

    lead = comes_in(region.lead_of(challenge), way)
    sends(lead, challenge.pk, "Send the timetable out?", 1)
    lead.sees("Room 2, Civic Centre", "Ramp at the side door", "(notes)")
    budget(f"lead, from the timetable to its first version sent out, {way}", lead.clicks, most=2)

    reviewer = comes_in(member, way, width=320)
    reviewer.opens(post_of(member, "/versions/1"))
    reviewer.sees_heading(f"Timetable of the visit to {challenge.host_authority}")
    reviewer.sees("Police", "14:00 to 15:00")
    reviewer.presses("Have your sessions in your own calendar")
    reviewer.presses("Make my address")
    reviewer.sees("Copy your address now", "It is shown this once.")
    feed = re.search(r"/calendar/[\w-]+\.ics", reviewer.page.content())[0]
    assert starts_of(feed) == {"Police": "14:00"}
    budget(f"reviewer, from the mail to an address for a calendar, {way}", reviewer.clicks, most=2)

    moved(challenge, "Police", time(15, 30), host)
    assert starts_of(feed) == {"Police": "14:00"}
    change = f"{said(first_day(challenge))}: “Police” moves from 14:00 to 15:30."
    director = comes_in(host, way)
    director.opens(f"/challenges/{challenge.pk}/timetable")
    director.sees("Changed since version 1 was sent out", change)
    sends(director, challenge.pk, "Send the changes out?", 2)
    director.sees("What changed since version 1", change)
    assert starts_of(feed) == {"Police": "15:30"}

    reviewer.opens(post_of(member, "/versions/2"))
    reviewer.sees(change, "15:30 to 16:30")
    assert reviewer.downloads("Print it for the door (PDF)").startswith(b"%PDF")
    reviewer.opens("/account/calendar")
    reviewer.does_not_see(feed)
    reviewer.presses("Take the address back")
    reviewer.sees("Your address no longer works.", "You have no address at the moment.")
    assert Client().get(feed).status_code == 404


def sends(person: Person, challenge: int, heading: str, number: int) -> None:
    person.opens(f"/challenges/{challenge}/timetable")
    person.presses("Check and send out")
    person.sees_heading(heading)
    person.sees("Who is written to")
    person.presses(f"Send out version {number}")
    person.sees(f"Version {number} is sent out.")
    run_effects()


def starts_of(feed: str) -> dict[str, str]:
    """When the sessions in somebody's calendar begin, by the clock on the wall."""
    calendar = vobject.readOne(Client().get(feed).content.decode())
    timed = [one for one in calendar.vevent_list if "location" in one.contents]
    return {one.summary.value.rpartition(" (")[0]: f"{one.dtstart.value:%H:%M}" for one in timed}
