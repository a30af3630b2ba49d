"""A week and three days with whole timetables, as the demo enters them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.management import call_command
from django.test import Client

from authorities.models import User
from peerchallenge.demo.weeks import WEEKS, build_week, first_monday, load_week
from rounds.models import Challenge, PrintKind
from rounds.queries.day_grid import grid_of
from rounds.queries.readiness import checks_of
from rounds.queries.releases import newest_release, unreleased
from rounds.queries.timetable import timetable_page
from rounds.states import ChallengeState, SessionKind

BUDGET = 40 * 1024


@pytest.fixture
def built(settings) -> Callable[[str], Challenge]:
    settings.PASSWORD_HASHERS = ["peerchallenge.demo.hashers.PublicPasswordHasher"]

    def build(slug: str) -> Challenge:
        round = build_week(slug, lambda text: None)
        return round.challenges.with_both_sides().get(timetable__isnull=False)

    return build


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slug", "host", "days", "sessions", "streams"),
    [
        ("south-east", "Brighton and Hove", 5, 37, [3, 3, 3, 2, 1]),
        ("east-midlands", "Lincolnshire", 3, 19, [2, 2, 2]),
    ],
)
def test_the_timetable_has_its_days_and_its_parallel_streams(
    built, slug: str, host: str, days: int, sessions: int, streams: list[int]
) -> None:
    challenge = built(slug)
    page = timetable_page(challenge, names=True)
    assert challenge.host_authority.name == host
    assert [day.day.weekday() for day in page.days] == list(range(days))
    assert len(page.sessions) == sessions
    assert [len(grid_of(day).streams) for day in page.days] == streams
    first, last = page.days[0].sessions, page.days[-1].sessions
    assert SessionKind.PRESENTATION in [row.session.kind for row in first]
    assert last[-1].session.kind == SessionKind.FEEDBACK


@pytest.mark.django_db
def test_in_the_week_one_thing_does_not_fit_and_in_the_three_days_nothing(built) -> None:
    week, three = (timetable_page(built(slug)) for slug in ("south-east", "east-midlands"))
    assert [clash.rule for clash in week.clashes] == ["manager_beside_staff"]
    assert three.clashes == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slug", "open_checks", "versions", "changes"),
    [("south-east", ["Papers"], 1, 0), ("east-midlands", [], 2, 2)],
)
def test_the_visit_is_prepared_and_its_timetable_is_out(
    built, slug: str, open_checks: list[str], versions: int, changes: int
) -> None:
    challenge = built(slug)
    assert challenge.state == ChallengeState.SCOPED
    assert [check.title for check in checks_of(challenge) if not check.met] == open_checks
    release = newest_release(challenge)
    assert release.number == versions
    assert len(release.changes) == changes
    assert unreleased(challenge, challenge.timetable).changes == []
    assert {pdf.kind for pdf in release.pdfs.all()} == set(PrintKind)


@pytest.mark.django_db
def test_the_weeks_list_is_no_heavier_than_a_page_may_be(built) -> None:
    challenge, client = built("south-east"), Client()
    client.force_login(User.objects.get(email="officer.brighton-and-hove@southeast.example"))
    address = f"/challenges/{challenge.pk}/timetable"
    for page in (address, f"{address}?view=grid"):
        assert len(client.get(page).content) < BUDGET


@pytest.mark.django_db
def test_a_week_is_made_by_the_command_and_once(settings, built) -> None:
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
