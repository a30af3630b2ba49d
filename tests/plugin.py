"""Starts the services of a test run before Django's settings are read (`-p tests.plugin`)."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator

import pytest

from tests.services import Postgres, Redis, Service, ServiceError

_running: list[Service] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--embedded",
        action="store_true",
        help="run on SQLite and the filesystem queue instead of PostgreSQL and Redis",
    )


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, None, None]:
    """Start the services and say where they are before Django's settings are read."""
    options = early_config.known_args_namespace
    idle = options.help or options.version or options.collectonly
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    folder = tempfile.mkdtemp(prefix="peerchallenge-data-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    # DEBUG stands for "no deployment": plain static files, no required variables. pytest-django
    # turns the setting itself off before the first test.
    os.environ |= {"DEBUG": "true", "DEMO": "false", "DATA_DIR": folder}
    os.environ["STATIC_ROOT"] = folder  # WhiteNoise warns of a folder that is not there
    os.environ |= {
        "SECRET_KEY": "for tests only",
        "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    }
    if worker:
        # The controller started both; each worker has a Redis database to itself.
        if url := os.environ.get("REDIS_URL", ""):
            number = int(worker.removeprefix("gw")) + 1
            os.environ["REDIS_URL"] = f"{url.rpartition('/')[0]}/{number}"
    else:
        for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "BASE_URL"):
            os.environ.pop(name, None)
        if not (idle or options.embedded):
            _start()
    return (yield)


def _start() -> None:
    try:
        _running.append(Postgres().start())
        _running.append(Redis().start())
    except ServiceError as why:
        _stop()
        raise pytest.UsageError(str(why)) from why
    os.environ["DATABASE_URL"], os.environ["REDIS_URL"] = (each.url for each in _running)


def _stop() -> None:
    while _running:
        _running.pop().close()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    _stop()
