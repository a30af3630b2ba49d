"""Fixtures for every test; `tests/plugin.py` has started the services by now."""

from collections.abc import Iterator

import pytest

from tests.services import Postgres, Redis
from tests.world import World


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


@pytest.fixture
def world(db: None) -> World:
    """Three authorities with their directors, the board's people, and no round yet."""
    return World()
