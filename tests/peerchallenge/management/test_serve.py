import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any
from urllib.request import urlopen

import pytest

from tests.services import free_port

ROOT = Path(__file__).parents[3]


def command(*words: str, data: Path) -> dict[str, Any]:
    """How to run `manage.py` on an embedded database in a folder of its own."""
    embedded = {"DEMO": "true", "DEBUG": "false", "DATA_DIR": str(data), "SECRET_KEY": "kept"}
    gone = ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "PYTHONUNBUFFERED")
    environment = {name: value for name, value in os.environ.items() if name not in gone}
    return {
        "args": [sys.executable, "manage.py", *words],
        "cwd": ROOT,
        "env": environment | embedded,
        "text": True,
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.STDOUT,
    }


@contextmanager
def serving(data: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(**command("serve", "--port", str(port), data=data))
    # A line that never comes must not hold the whole run up.
    watchdog = Timer(300, process.kill)
    watchdog.start()
    try:
        yield process
    finally:
        watchdog.cancel()
        process.terminate()
        process.communicate(timeout=120)


def said(process: subprocess.Popen[str], pattern: str) -> str:
    """Read on until a line fits the pattern."""
    lines = []
    for line in process.stdout or ():
        lines.append(line)
        if re.search(pattern, line):
            return line
    raise AssertionError(f"no line said {pattern!r}:\n{''.join(lines)}")


def children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def named(pids: list[int], word: str) -> int:
    (pid,) = [pid for pid in pids if word in Path(f"/proc/{pid}/cmdline").read_text().split("\0")]
    return pid


def soon(check: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 120
    while not (done := check()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return done


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    migrated = subprocess.run(**command("migrate", "--verbosity=0", data=folder), check=False)
    assert (migrated.returncode, migrated.stdout) == (0, "")
    return folder


def test_everything_starts_comes_back_and_stops_together(data: Path) -> None:
    port = free_port()
    with serving(data, port) as process:
        said(process, rf"The site is at http://127\.0\.0\.1:{port}$")
        said(process, r"officer@southwest\.example")
        with urlopen(f"http://127.0.0.1:{port}/healthy") as answer:
            assert answer.status == 200
        first = children(process.pid)
        assert len(first) == 3
        worker = named(first, "worker")
        os.kill(worker, signal.SIGKILL)
        assert "worker stopped (-9)" in said(process, "stopped")
        assert soon(lambda: len(children(process.pid)) == 3)
        assert worker not in children(process.pid)
        last = children(process.pid)
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    assert output.splitlines()[-1] == "Stopping…"
    assert [pid for pid in last if Path(f"/proc/{pid}").exists()] == []


def test_nothing_stays_behind_when_it_is_killed(data: Path) -> None:
    with serving(data, free_port()) as process:
        said(process, "The site is at")
        started = children(process.pid)
        process.kill()
        process.wait()
    assert len(started) == 3
    assert soon(lambda: not any(Path(f"/proc/{pid}").exists() for pid in started))


def test_a_busy_port_gets_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = str(busy.getsockname()[1])
        done = subprocess.run(**command("serve", "--port", port, data=tmp_path), check=False)
    assert done.returncode != 0
    assert done.stdout == f"CommandError: Port {port} is in use; choose another.\n"


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1", ""])
def test_what_is_no_port_gets_a_sentence(port: str, tmp_path: Path) -> None:
    done = subprocess.run(**command("serve", f"--port={port}", data=tmp_path), check=False)
    assert done.returncode != 0
    assert done.stdout == (
        f"CommandError: {port} is not a port: choose a number from 1 to 65535.\n"
    )
