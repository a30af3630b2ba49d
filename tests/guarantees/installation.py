"""The product as it runs for real, on services of its own that a test may break."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Self

import psycopg

from tests.migrated import migrate
from tests.services import LOOPBACK, Postgres, Redis, free_port

ROOT = Path(__file__).resolve().parents[2]
WEB = ["gunicorn", "tests.guarantees.warm_site", "--workers", "2", "--threads", "4", "--preload"]
PROCESSES = {
    "web": [*WEB, "--no-control-socket", "--log-level", "warning"],
    "worker": ["celery", "-A", "peerchallenge", "worker", "--concurrency", "2", "-l", "WARNING"],
    "beat": ["celery", "-A", "peerchallenge", "beat", "-l", "WARNING"],
}


class Installation:
    """PostgreSQL, Redis, a worker with two children, and the clock that rings for the missed."""

    def __init__(self, **environment: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="peerchallenge-installation-"))
        self.postgres, self.redis = Postgres(durable=True), Redis()
        self.extra = environment
        self.web_port = free_port()
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DATABASE_URL": self.postgres.url,
            "REDIS_URL": self.redis.url,
            "DATA_DIR": str(self.folder),
            "EMAIL_URL": f"filemail:///{self.folder / 'mail'}",
            **self.extra,
        }

    def __enter__(self) -> Self:
        self.postgres.start()
        self.redis.start()
        migrate(self.postgres.url)
        return self

    def __exit__(self, *exc: object) -> None:
        for name in list(self.running):
            self.stop(name)
        self.redis.close()
        self.postgres.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def python(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise AssertionError(f"{arguments} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def start(self, name: str) -> None:
        arguments = list(PROCESSES[name])
        if name == "web":
            arguments += ["--bind", f"{LOOPBACK}:{self.web_port}"]
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", *arguments],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def keep_up(self) -> None:
        """Start again whatever has died, as systemd or Docker does."""
        for name, process in list(self.running.items()):
            if process.poll() is not None:
                self.start(name)

    def kill(self, name: str) -> None:
        """`kill -9` for the process alone; its children find out by themselves."""
        self.running[name].kill()
        self.running[name].wait()

    def kill_child(self, name: str) -> None:
        """`kill -9` for one of the process's children."""
        pid = self.running[name].pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        if children:
            os.kill(int(children[0]), signal.SIGKILL)

    def kill_all_of(self, name: str) -> None:
        """`kill -9` for the process and all its children, as a power cut."""
        os.killpg(self.running[name].pid, signal.SIGKILL)
        self.running[name].wait()

    def stop(self, name: str) -> None:
        process = self.running.pop(name)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.postgres.url, connect_timeout=5) as connection:
            return connection.execute(sql).fetchall()
