"""A week and three days with whole timetables, as the demo enters them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from django.core.management import call_command
from django.test import Client

from authorities.models import User
from authorities.states import Role
from peerchallenge.demo.weeks import WEEKS, build_week, first_monday, load_week
from rounds.models import Challenge, PrintKind
from rounds.queries.day_grid import grid_of
from rounds.queries.readiness import checks_of
from rounds.queries.releases import newest_release, unreleased
from rounds.queries.timetable import timetable_page
from rounds.states import ChallengeState, SessionKind

BUDGET = 40 * 1024


@dataclass(frozen=True)
class Told:
    """What stands once a week is built."""

    slug: str
    host: str
    sessions: int
    streams: list[int]
    clashes: list[str]
    open_checks: list[str]
    versions: int
    changes: int


@pytest.mark.django_db
@pytest.mark.parametrize(
    "told",
    [
        Told(
            slug="south-east",
            host="Brighton and Hove",
            sessions=37,
            streams=[3, 3, 3, 2, 1],
            clashes=["manager_beside_staff"],
            open_checks=["Papers"],
            versions=1,
            changes=0,
        ),
        Told(
            slug="east-midlands",
            host="Lincolnshire",
            sessions=19,
            streams=[2, 2, 2],
            clashes=[],
            open_checks=[],
            versions=2,
            changes=2,
        ),
    ],
    ids=["a week", "three days"],
)
def test_a_visit_is_prepared_and_its_timetable_is_out(client: Client, told: Told) -> None:
    """Built once for all that is asked of it: that takes seconds."""
    round = build_week(told.slug, lambda text: None)
    challenge = round.challenges.with_both_sides().get(timetable__isnull=False)
    assert challenge.host_authority.name == told.host
    has_its_days_and_parallel_streams(challenge, told)
    is_prepared_and_out(challenge, told)
    host = challenge.host_authority
    client.force_login(User.objects.in_post(Role.AUTHORITY_OFFICER, authority=host).first())
    address = f"/challenges/{challenge.pk}/timetable"
    for page in (address, f"{address}?view=grid"):
        assert len(client.get(page).content) < BUDGET


def has_its_days_and_parallel_streams(challenge: Challenge, told: Told) -> None:
    page = timetable_page(challenge, names=True)
    assert [day.day.weekday() for day in page.days] == list(range(len(told.streams)))
    assert len(page.sessions) == told.sessions
    assert [len(grid_of(day).streams) for day in page.days] == told.streams
    first, last = page.days[0].sessions, page.days[-1].sessions
    assert SessionKind.PRESENTATION in [row.session.kind for row in first]
    assert last[-1].session.kind == SessionKind.FEEDBACK
    assert [clash.rule for clash in page.clashes] == told.clashes


def is_prepared_and_out(challenge: Challenge, told: Told) -> None:
    assert challenge.state == ChallengeState.SCOPED
    assert [check.title for check in checks_of(challenge) if not check.met] == told.open_checks
    release = newest_release(challenge)
    assert release.number == told.versions
    assert len(release.changes) == told.changes
    assert unreleased(challenge, challenge.timetable).changes == []
    assert {pdf.kind for pdf in release.pdfs.all()} == set(PrintKind)


@pytest.mark.django_db
def test_a_week_is_made_by_the_command_and_once(settings) -> None:
    settings.DEMO = True
    call_command("demo", region="east-midlands")
    call_command("demo", region="east-midlands")
    assert Challenge.objects.filter(timetable__isnull=False).count() == 1


def test_nobody_is_named_twice_over_all_weeks() -> None:
    names = [row["name"] for slug in WEEKS for row in load_week(slug)["people"]]
    assert len(names) == len(set(names))


def test_a_week_begins_on_a_monday_without_holidays() -> None:
    assert first_monday(date(2026, 12, 8), 5) == date(2026, 12, 14)
    assert first_monday(date(2026, 12, 15), 5) == date(2027, 1, 4)
    assert first_monday(date(2027, 1, 4), 3) == date(2027, 1, 4)
