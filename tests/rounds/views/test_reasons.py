"""That a day is not free is for everybody who plans with it; why it is not is for a few."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urljoin

import pytest
from django.core import mail
from django.test import Client

from authorities.actions import begin_inspection
from authorities.models import User, Venue
from rounds import actions
from rounds.models import Challenge, Timetable, Unavailable, VisitDay
from tests.rounds.conftest import words
from tests.world import World, fresh, run_effects

Browser = Callable[[User], Client]
REASONS = {
    "inspected": "An inspection, ",
    "venue": "tokvenue",
    "challenger": "tokbusy",
    "person": "tokperson",
}
LINK = re.compile(r'href="([^"#]+)')
NOT_READ = re.compile(r"^(/static|/sign-out|https?:|mailto:)|\.(xlsx|ics|pdf|docx)")
MOST = 40


@pytest.fixture
def challenge(world: World) -> Challenge:
    """On the days of the visit its host is inspected, and others cannot for reasons of theirs."""
    found = world.first(world.booked())
    host = found.host_authority
    visits = VisitDay.objects.filter(challenge=found)
    # Not today, as the first in a new round may be.
    for visit in visits:
        visit.day += timedelta(days=28)
        visit.save()
    first, last = sorted(visits.values_list("day", flat=True))
    begin_inspection(host, first_day=first, by=world.director_of(host))
    hall = Venue.objects.create(authority=host, name="County Hall")
    Timetable.objects.create(challenge=found).sessions.create(
        kind="interview", title="Foster carers", day=first, start="10:00", venue=hall
    )
    for owner, reason in (
        ({"venue": hall}, "tokvenue: a wedding"),
        ({"authority": found.challenger_authority}, "tokbusy: everybody is away"),
        ({"user": world.member_of(found)}, "tokperson: at the hospital"),
    ):
        Unavailable.objects.create(
            **owner, first_day=first, last_day=last, reason=reason, said_by=world.officer
        )
    return found


def read_by(client: Client, challenge: Challenge) -> set[str]:
    """Which reasons are on the pages of a visit, and on some of those to which they lead."""
    own, host = f"/challenges/{challenge.pk}", f"/authorities/{challenge.host_authority.pk}"
    parts = ("", "/dates", "/days", "/timetable", "/team", "/scope", "/papers", "/ready")
    waiting = [*(f"{own}{part}" for part in parts), f"{host}/calendar", "/availability", "/"]
    seen, found = set(waiting), set()
    while waiting:
        page = waiting.pop(0)
        answer = client.get(page, follow=True)
        assert answer.status_code in {200, 403, 404}, page
        text = words(answer)
        found |= {name for name, token in REASONS.items() if token in text}
        for link in LINK.findall(answer.content.decode()):
            there = urljoin(page, link)
            if len(seen) < MOST and there not in seen and not NOT_READ.search(link):
                seen.add(there)
                waiting.append(there)
    return found


@pytest.mark.parametrize("put_off", [False, True])
def test_why_a_day_is_not_free_is_read_by_its_own_people_and_the_officers(
    world: World, challenge: Challenge, signed_in: Browser, put_off: bool
) -> None:
    """Put off for another reason, with new dates on offer on which some cannot, it is the same."""
    lead, member = world.lead_of(challenge), world.member_of(challenge)
    if put_off:
        actions.postpone_challenge(challenge, kind="other", reason="Snow", by=world.officer)
        run_effects()
    host, challenger, other = world.directors
    may_read = {
        "host": (host, {"inspected", "venue"}),
        "challenger": (challenger, {"challenger"}),
        "lead": (lead, set()),
        "member": (member, {"person"}),
        "another director": (other, set()),
        "chair": (world.chair, set()),
    }
    read = {who: read_by(signed_in(fresh(user)), challenge) for who, (user, _) in may_read.items()}
    assert read == {who: may for who, (_, may) in may_read.items()}
    calendar = signed_in(world.officer).get(f"/authorities/{challenge.host_authority.pk}/calendar")
    assert REASONS["inspected"] in words(calendar)
    written = " ".join(f"{one.subject} {one.body}" for one in mail.outbox)
    assert not [name for name, token in REASONS.items() if token in written]
