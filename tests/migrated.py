"""A database with every migration in it, without running them each time.

Each worker of the tests needs one, and each installation that a test starts; the migrations take
fifteen seconds. Their outcome is kept in `var/` for as long as no migration and no package changes.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import psycopg

from tests.services import postgres_programs

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = "migrated"


def template(url: str) -> str:
    """The name of such a database in this cluster, for other databases to be copied from."""
    unfinished = f"{TEMPLATE}_unfinished"
    with psycopg.connect(url, autocommit=True) as cluster:
        cluster.execute("SELECT pg_advisory_lock(1)")  # the workers of a run come all at once
        if not cluster.execute("SELECT FROM pg_database WHERE datname = %s", [TEMPLATE]).rowcount:
            cluster.execute(f"DROP DATABASE IF EXISTS {unfinished}")
            cluster.execute(f"CREATE DATABASE {unfinished}")
            migrate(f"{url.rpartition('/')[0]}/{unfinished}")
            cluster.execute(f"ALTER DATABASE {unfinished} RENAME TO {TEMPLATE}")
    return TEMPLATE


def migrate(url: str) -> None:
    """Bring the empty database there to where the migrations lead."""
    kept = ROOT / "var" / f"migrated-{_state_of_migrations()}.sql"
    programs = postgres_programs()
    if kept.exists():
        load = [programs / "psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"]
        _run(*load, "--single-transaction", f"--file={kept}", url)
        return
    _run(sys.executable, ROOT / "manage.py", "migrate", "--verbosity=0", DATABASE_URL=url)
    kept.parent.mkdir(exist_ok=True)
    own = kept.with_suffix(f".{os.getpid()}")
    _run(programs / "pg_dump", f"--file={own}", url)
    own.replace(kept)


def _state_of_migrations() -> str:
    """Changes with every migration, every package and PostgreSQL itself."""
    state = hashlib.sha256(str(postgres_programs()).encode())
    migrations = [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("peerchallenge/*/migrations/*.py")]
    for path in [ROOT / "requirements.txt", *sorted(migrations)]:
        state.update(f"{path.relative_to(ROOT)} ".encode() + path.read_bytes())
    return state.hexdigest()[:16]


def _run(*command: str | Path, **environment: str) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, f"{command[0]} failed:\n{done.stdout}{done.stderr}"
