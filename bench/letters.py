"""Letters a second: WeasyPrint called bare in a loop, our renderer, Celery workers for real, and
LibreOffice where it is installed (Debian: libreoffice-writer-nogui), from .docx files of the same.

    python -m bench.letters [--letters 40] [--repeat 3] [--memory 1000]

Every row renders the same letters; the rows take turns, and the best turn of each counts, because
the machine has other things to do. A worker's time runs from the moment all letters are promised
to the moment the last is sealed in PostgreSQL, with its audit rows and the mails it promises.
Where the machine is shared, compare CPU a letter: the clock on the wall then measures the others.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from tests.guarantees.installation import ROOT, Installation

WARM_UP = 6
CODE = [sys.executable, "-m", "bench.rendering"]
WORKER = [sys.executable, "-m", "celery", "-A", "peerchallenge", "worker", "-l", "ERROR"]
IN_A_LOOP = {
    "WeasyPrint bare, one process": ("bare", 1),
    "our renderer, one process": ("ours", 1),
    "WeasyPrint bare, two processes": ("bare", 2),
    "our renderer, two processes": ("ours", 2),
}


OFFICE = "LibreOffice, .docx made, one call"


class Row(NamedTuple):
    speed: float  # letters a second
    cpu: float  # milliseconds a letter, of the rendering processes
    peak: float  # MiB, of the largest of them


def in_a_loop(how: str, processes: int, letters: int) -> Row:
    """The letters dealt out to that many processes, which start together once warm."""
    running = [
        subprocess.Popen(
            [*CODE, how, str(letters), str(share), str(processes)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for share in range(processes)
    ]
    for process in running:
        assert process.stdout
        process.stdout.readline()  # warm
    started = time.perf_counter()
    for process in running:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [json.loads(process.communicate()[0]) for process in running]
    took = time.perf_counter() - started
    cpu = sum(answer["cpu"] for answer in answers) / letters * 1000
    return Row(letters / took, cpu, max(answer["peak"] for answer in answers))


class Workers:
    """An installation whose one Celery worker has that many child processes."""

    def __init__(self, children: int, letters: int) -> None:
        self.children, self.letters = children, letters
        self.site = Installation()

    def __enter__(self) -> Workers:
        self.site.__enter__()
        self.site.python("-m", "bench.rendering", "prepare", "1")
        log = (self.site.folder / "worker.log").open("ab")
        self.process = subprocess.Popen(
            [*WORKER, "--concurrency", str(self.children)],
            cwd=ROOT,
            env=self.site.environment,
            stdout=log,
            stderr=log,
        )
        self.site.running["worker"] = self.process
        self.turn(WARM_UP)
        return self

    def __exit__(self, *exc: object) -> None:
        self.process.terminate()
        self.process.wait(30)
        self.site.running.clear()
        self.site.__exit__()

    def turn(self, letters: int = 0) -> Row:
        letters = letters or self.letters
        first = int(self.site.python("-m", "bench.rendering", "promise", str(letters)))
        cpu = sum(map(cpu_of, self.pids()))
        todo = f"SELECT count(*) FROM feedback_letter WHERE pk >= {first} AND sealed_at IS NULL"
        while self.ask(todo.replace("pk", "id")):
            time.sleep(1)  # the times are the database's: asking more often would only cost them
        cpu = sum(map(cpu_of, self.pids())) - cpu
        took = self.ask(
            "SELECT extract(epoch FROM max(l.sealed_at) - max(e.promised_at)) "
            "FROM feedback_letter l JOIN outbox_effect e ON e.argument = l.id "
            f"AND e.task = 'feedback.render_letter' WHERE l.id >= {first}"
        )
        while self.ask("SELECT count(*) FROM outbox_effect WHERE state <> 'done'"):
            time.sleep(1)  # the mails, before the next turn
        return Row(letters / float(took), cpu / letters * 1000, max(map(peak_of, self.pids())))

    def ask(self, sql: str) -> Any:
        return self.site.query(sql)[0][0]

    def pids(self) -> list[int]:
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return [int(child) for child in children.split()]


def cpu_of(pid: int) -> float:
    """Seconds of user and system time."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def peak_of(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--letters", type=int, default=40)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--memory", type=int, default=0, help="letters to watch one process over")
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="peerchallenge-bench-")
    os.environ |= {"DEBUG": "true", "DATA_DIR": folder, "LOG_LEVEL": "ERROR"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "peerchallenge.settings"
    with Workers(1, options.letters) as one, Workers(2, options.letters) as two:
        rows: dict[str, Callable[[], Row]] = {
            name: lambda how=how, many=many: in_a_loop(how, many, options.letters)
            for name, (how, many) in IN_A_LOOP.items()
        }
        if shutil.which("soffice"):
            rows[OFFICE] = lambda: in_a_loop("office", 1, options.letters)
        rows |= {"Celery, one worker process": one.turn, "Celery, two worker processes": two.turn}
        turns: dict[str, list[Row]] = {name: [] for name in rows}
        for _ in range(options.repeat):
            for name, measure in rows.items():
                turns[name].append(measure())
    report(turns, options.letters)
    if options.memory:
        print("memory of one process (letters, MiB):", flush=True)
        subprocess.run([*CODE, "memory", str(options.memory)], cwd=ROOT, check=True)
    shutil.rmtree(folder, ignore_errors=True)


def report(turns: dict[str, list[Row]], letters: int) -> None:
    best = {
        name: Row(max(r.speed for r in rows), min(r.cpu for r in rows), max(r.peak for r in rows))
        for name, rows in turns.items()
    }
    bare, *_, one, two = best.values()
    print(f"{letters} letters a turn, best of {len(next(iter(turns.values())))} turns")
    print(
        f"{'':34}{'letters/s':>10}{'of bare':>9}{'CPU ms':>8}{'of bare':>9}{'peak MiB':>10}   turns"
    )
    for name, row in best.items():
        each = " ".join(f"{turn.speed:.2f}" for turn in turns[name])
        wall, cpu = row.speed / bare.speed, bare.cpu / row.cpu
        figures = f"{row.speed:10.2f}{wall:9.0%}{row.cpu:8.0f}{cpu:9.0%}{row.peak:10.0f}"
        print(f"{name:34}{figures}   {each}")
    print(f"two worker processes make {two.speed / one.speed:.2f} times the letters of one")
    if not shutil.which("soffice"):
        print("LibreOffice is not installed: no row for it")


if __name__ == "__main__":
    main()
