import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest
import redis

from tests.services import Postgres, Redis

ROOT = Path(__file__).parent.parent


def rows(database: Postgres, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(database.url, autocommit=True) as connection:
        answer = connection.execute(statement)
        return answer.fetchall() if answer.description else []


def test_the_run_itself_uses_services_on_loopback(pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("embedded"):
        assert "DATABASE_URL" not in os.environ
        assert "REDIS_URL" not in os.environ
    else:
        assert "@127.0.0.1:" in os.environ["DATABASE_URL"]
        assert "@127.0.0.1:" in os.environ["REDIS_URL"]


def test_a_durable_database_keeps_what_was_committed_however_it_ends(
    own_postgres: Postgres,
) -> None:
    rows(own_postgres, "CREATE TABLE kept (n int)")
    endings = [own_postgres.stop, own_postgres.kill_immediate, own_postgres.kill]
    for number, end in enumerate(endings):
        rows(own_postgres, f"INSERT INTO kept VALUES ({number})")
        port = own_postgres.port
        end()
        assert not own_postgres.answers()
        own_postgres.start()
        assert own_postgres.port == port
    assert rows(own_postgres, "SELECT n FROM kept ORDER BY n") == [(0,), (1,), (2,)]


def test_the_database_sorts_as_british_readers_expect(own_postgres: Postgres) -> None:
    names = "VALUES ('Wiltshire'), ('bristol'), ('Poole'), ('Bath')"
    ordered = rows(own_postgres, f"SELECT name FROM ({names}) AS n(name) ORDER BY name")
    assert ordered == [("Bath",), ("bristol",), ("Poole",), ("Wiltshire",)]


def test_a_flush_or_a_restart_of_redis_loses_everything(own_redis: Redis) -> None:
    for lose in (own_redis.flush, own_redis.restart):
        own_redis.client().set("message", "a letter's id")
        lose()
        assert own_redis.client().get("message") is None


def test_a_stranger_on_the_machine_does_not_get_in(
    own_postgres: Postgres, own_redis: Redis
) -> None:
    wrong = own_postgres.url.replace(own_postgres.password, "guess")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)
    with pytest.raises(redis.AuthenticationError), redis.Redis(port=own_redis.port) as client:
        client.get("message")


def test_closing_leaves_neither_process_nor_folder() -> None:
    for service in (Postgres().start(), Redis().start()):
        pid = service.process.pid if service.process else 0
        assert Path(f"/proc/{pid}").exists()
        service.close()
        assert not Path(f"/proc/{pid}").exists()
        assert not service.folder.exists()


def test_services_end_with_a_run_that_was_killed() -> None:
    # Not pytest's own folder: that one is closed to the user who runs PostgreSQL.
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        check_services_end_with_their_run(folder)


def check_services_end_with_their_run(folder: str) -> None:
    script = (
        "import time; from tests.services import Postgres, Redis\n"
        "print(Postgres().start().process.pid, Redis().start().process.pid, flush=True)\n"
        "time.sleep(120)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=os.environ | {"TMPDIR": folder},
        stdout=subprocess.PIPE,
        text=True,
    ) as run:
        assert run.stdout is not None
        started = [Path(f"/proc/{pid}") for pid in run.stdout.readline().split()]
        assert len(started) == 2
        assert all(path.exists() for path in started)
        run.kill()
    deadline = time.monotonic() + 60
    while any(path.exists() for path in started) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [path for path in started if path.exists()] == []
