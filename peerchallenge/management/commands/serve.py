import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from peerchallenge.demo import PASSWORD, SIGN_INS

LOOPBACK = "127.0.0.1"
SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
# A process that lived this long was well, so the next stop is answered without delay again.
WELL_AFTER = 60.0
PATIENCE = 10.0
# One worker has nobody to talk to.
ALONE = ("--without-gossip", "--without-mingle", "--without-heartbeat")


def end_with_parent() -> None:
    """In a new child: the kernel ends it should this command be killed outright."""
    set_parent_death_signal = 1
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)


@dataclass
class Child:
    """One of the processes that make up the site, started again whenever it ends."""

    name: str
    command: list[str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    start_at: float = 0.0
    pause: float = field(default=SHORTEST_PAUSE)

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603  # our own programs
                [sys.executable, "-m", *self.command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=settings.BASE_DIR,
                start_new_session=True,  # Ctrl-C reaches this command alone, which stops the rest
                preexec_fn=end_with_parent,  # noqa: PLW1509  # nothing else runs in this process
            )
        self.started = time.monotonic()

    def look_after(self) -> str:
        """Start the process again if it has ended; the sentence to print, if any."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.start_at:
                self.start()
            return ""
        if self.process.poll() is None:
            return ""
        self.pause = SHORTEST_PAUSE if now - self.started > WELL_AFTER else self.pause
        said = (
            f"The {self.name} stopped ({self.process.returncode}). "
            f"Starting it again in {self.pause:.0f} s; its words are in {self.log}"
        )
        self.process, self.start_at = None, now + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)
        return said

    def ask_to_end(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def end(self, deadline: float) -> None:
        """Wait for the process until the deadline, then end its whole group."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Command(BaseCommand):
    help = "Runs web, worker and clock together until Ctrl-C, for the demo on one machine."
    stopping = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", default="8000", help="where the site answers on 127.0.0.1")

    def handle(self, *, port: str, **options: Any) -> None:
        number = usable_port(port)
        children = list(processes(number))
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, self.stop)
        try:
            for child in children:
                child.start()
            if self.wait_for(f"http://{LOOPBACK}:{number}/healthy", children):
                self.welcome(number)
            while not self.stopping:
                for child in children:
                    if said := child.look_after():
                        self.say(said)
                time.sleep(0.2)
        finally:
            self.say("Stopping…")
            for child in children:
                child.ask_to_end()
            deadline = time.monotonic() + PATIENCE
            for child in children:
                child.end(deadline)

    def stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def wait_for(self, address: str, children: list[Child]) -> bool:
        """True once the site answers; an error with the web server's last words if it cannot."""
        web = children[0]
        deadline = time.monotonic() + 60
        while not self.stopping:
            if answers(address):
                return True
            ended = web.process is None or web.process.poll() is not None
            if ended or time.monotonic() > deadline:
                words = web.log.read_text(errors="replace").splitlines()[-20:]
                raise CommandError("\n".join([*words, "The web server did not start (above)."]))
            time.sleep(0.1)
        return False

    def welcome(self, port: int) -> None:
        lines = [f"The site is at http://{LOOPBACK}:{port}", ""]
        if settings.DEMO:
            width = max(len(address) for address, _ in SIGN_INS)
            lines.append(f"Sign in with one of these and the password {PASSWORD}")
            lines += [f"  {address:{width}}  {what}" for address, what in SIGN_INS]
            lines.append("")
        lines.append("Ctrl-C stops everything; what you entered is kept.")
        self.say("\n".join(lines))

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()  # also where somebody reads this through a pipe


def processes(port: int) -> Iterator[Child]:
    """Web, worker and clock; each writes to a log of its own."""
    data = Path(settings.DATA_DIR)
    logs = data / "log"
    logs.mkdir(parents=True, exist_ok=True)
    gunicorn = ["gunicorn", "peerchallenge.wsgi", f"--bind={LOOPBACK}:{port}"]
    celery = ["celery", "--app=peerchallenge"]
    commands = {
        "web server": [*gunicorn, "--workers=2", "--threads=4", "--no-control-socket"],
        "worker": [*celery, "worker", "--concurrency=2", "--loglevel=INFO", *ALONE],
        "clock": [*celery, "beat", "--loglevel=INFO", "--pidfile="],
    }
    for name, command in commands.items():
        log = logs / f"{name.replace(' ', '-')}.log"
        log.write_bytes(b"")
        yield Child(name, command, log)


def usable_port(port: str) -> int:
    """The port as a number, or a sentence that says what is wrong with it."""
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise CommandError(f"{port} is not a port: choose a number from 1 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, int(port)))
        except PermissionError as error:
            raise CommandError(f"Port {port} is for root; choose one from 1024 up.") from error
        except OSError as error:
            raise CommandError(f"Port {port} is in use; choose another.") from error
    return int(port)


def answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=2):  # noqa: S310  # our own address
            return True
    except HTTPError:
        return True
    except (URLError, OSError):
        return False
