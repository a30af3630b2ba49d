"""What `make` says when it cannot go on, and that it does nothing twice."""

import os
import socket
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# The environment without what the `make` around these tests has put there.
OF_MAKE = {"MAKEFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MFLAGS", "ARGS", "PORT", "SYSTEM"}
OUTSIDE = {name: value for name, value in os.environ.items() if name not in OF_MAKE}


def make(*words: str, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    search = f"{path}:{os.environ['PATH']}" if path else os.environ["PATH"]
    return subprocess.run(
        ["make", *words],
        cwd=ROOT,
        env=OUTSIDE | {"PATH": search},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def stand_ins(tmp_path: Path) -> Path:
    """Programs that answer as on the machine of somebody who is neither root nor may be."""
    for name, script in {
        "id": "echo 1000",
        "sudo": "exit 1",
        "apt-get": "echo apt-get was started; exit 99",
    }.items():
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
    return tmp_path


def test_make_alone_says_what_there_is() -> None:
    done = make()
    assert done.returncode == 0
    listed = [line.split()[1] for line in done.stdout.splitlines()]
    assert listed == ["run", "demo", "test", "check", "fix", "build", "lock"]


def test_a_busy_port_stops_make_run_before_anything_is_installed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        done = make("run", f"PORT={port}")
    assert done.returncode != 0
    assert done.stdout == ""
    sentence = f"Port {port} is in use. Stop what runs there, or choose another: make run PORT="
    assert sentence in done.stderr


def test_who_may_not_install_is_told_what_is_missing(stand_ins: Path) -> None:
    done = make("run-system", "RUN_SYSTEM=libc6 no-such-package", path=stand_ins)
    assert done.returncode != 0
    assert "installing them needs root" in done.stderr
    assert "  apt-get install no-such-package\n" in done.stderr
    assert "apt-get was started" not in done.stdout + done.stderr


def test_nothing_is_asked_for_when_nothing_is_missing(stand_ins: Path) -> None:
    done = make("run-system", "RUN_SYSTEM=libc6 coreutils", path=stand_ins)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_system_without_apt_is_told_the_way_round() -> None:
    lean = {"PATH": str(ROOT / "no-such-folder")}
    done = subprocess.run(
        ["/usr/bin/make", "run-system", "SHELL=/bin/bash", "RUN_SYSTEM=pango"],
        cwd=ROOT,
        env=lean,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "make again with SYSTEM=ready: pango" in done.stderr
    ready = make("run-system", "SYSTEM=ready", "RUN_SYSTEM=pango")
    assert (ready.returncode, ready.stdout, ready.stderr) == (0, "", "")


def test_what_is_built_is_not_built_again() -> None:
    # The run that this test is part of has built everything already.
    assert make("build").returncode == 0
    again = make("build")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
