"""Fixtures for every test; `tests/plugin.py` has started the services by now."""

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack

import pytest
import pytest_django
from django.conf import settings as site_settings
from django.db import connection
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser

from tests.browser import running_chromium
from tests.migrated import template
from tests.services import Postgres, Redis
from tests.world import World

# The same examples each time, so that a change fails for what it changed; `EXPLORE=yes make test`
# thinks of others. How long one takes to think of depends on what else the machine does.
settings.register_profile(
    "patient",
    derandomize=not os.environ.get("EXPLORE"),
    suppress_health_check=[HealthCheck.too_slow],
    deadline=None,
)
settings.load_profile("patient")
# A real hash takes a third of a second, also where the address or the password is wrong. Set for
# good: moments are not remembered while a fixture has changed a setting.
site_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Say what was measured; the run's summary prints it."""
    return lambda text: record_property("figure", text)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [*terminalreporter.stats.get("passed", []), *terminalreporter.stats.get("failed", [])]
    told = [pair for report in reports for pair in report.user_properties]
    figures = [text for name, text in told if name == "figure"]
    if missed := {guard for name, guard in told if name == "guard"}:
        figures.append(f"guarantee 1: {len(missed)} guards taken away, each missed by a test")
    if figures:
        terminalreporter.section("figures")
        for text in sorted(map(str, figures)):
            terminalreporter.line(text)


@pytest.fixture
def own_postgres() -> Iterator[Postgres]:
    """A PostgreSQL for one test to break; it survives its own death."""
    with Postgres(durable=True) as running:
        yield running


@pytest.fixture
def own_redis() -> Iterator[Redis]:
    """A Redis for one test to break."""
    with Redis() as running:
        yield running


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """The database of the tests is a copy of one that was migrated once."""
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = template(os.environ["DATABASE_URL"])


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> None:
    """After a transactional test SQLite is emptied row by row, which the seal on issued letters
    would refuse; tests/feedback/test_seal.py looks at that seal in a database of its own."""
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER feedback_letter_kept")


@pytest.fixture
def world(db: None) -> World:
    """Three authorities with their directors, the board's people, and no round yet."""
    return World()


_browser = ExitStack()
_running: list[Browser] = []


@pytest.fixture
def chromium() -> Browser:
    """It takes seconds to start, so it stays for as long as the next test wants it too."""
    if not (_running and _running[0].is_connected()):
        close_chromium()
        _running.append(_browser.enter_context(running_chromium()))
    return _running[0]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> Generator[None, object, object]:
    try:
        return (yield)
    finally:
        # Playwright's loop is nothing for a test that knows nothing of it.
        if "chromium" not in getattr(nextitem, "fixturenames", ()):
            close_chromium()


def close_chromium() -> None:
    _running.clear()
    _browser.close()
