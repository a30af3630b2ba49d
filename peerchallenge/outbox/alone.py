"""An effect in a process of its own, with limits of its own, and what became of the process."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys

from django.conf import settings

# sysexits.h: try again later; nothing is wrong with what was asked.
INTERRUPTED = os.EX_TEMPFAIL
ASKED_TO_END = {-signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP}


def run(effect_id: int, attempt: int) -> str:
    """Why the process died, in a sentence; empty when it wrote down by itself how it ended, or
    was interrupted, which shows when the lease has run out."""
    command = [sys.executable, "-m", "django", "run_effect", str(effect_id), str(attempt)]
    done = subprocess.run(  # noqa: S603  # our own program, and numbers
        command, cwd=settings.BASE_DIR, stdin=subprocess.DEVNULL, check=False
    )
    return reason(done.returncode)


def reason(returncode: int) -> str:
    if returncode in {0, INTERRUPTED, *ASKED_TO_END}:
        return ""
    if returncode == -signal.SIGALRM:
        return "It took longer than the time allowed."
    if returncode < 0:
        return f"It ended its process ({signal.Signals(-returncode).name})."
    return f"It ended its process (exit code {returncode})."


def limit_memory() -> None:
    """Beyond it an effect gets a MemoryError, before the machine looks for a process to kill."""
    most = settings.OUTBOX_MEMORY_MB * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def limit_time() -> None:
    """For a process whose watcher was killed: nobody else would ever stop it."""
    signal.setitimer(signal.ITIMER_REAL, settings.CELERY_TASK_TIME_LIMIT)
