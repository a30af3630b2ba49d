"""A test that says it misses a guard must fail without it (`-p tests.missed`).

`guarantees/guards.csv` names a test for each guard. Whenever such a test runs and passes, it is
run again with that guard taken away, and counts as failed if it passes even so.

`FIND_GUARDS=found.csv pytest -n0 tests/rounds` looks for such tests: each test is run again
without the guards that refused something during it.
"""

from __future__ import annotations

import csv
import gc
import os
import sys
import warnings
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

from tests import guards

NAMED_IN = Path(__file__).parent / "guarantees" / "guards.csv"
TRIES, LONGEST = 20, 3.0  # of looking: tests for a guard, seconds of a test


def named() -> dict[str, list[str]]:
    """Test to guards."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    if NAMED_IN.exists():
        with NAMED_IN.open(newline="", encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                found[row["test"]].append(row["guard"])
    return found


NAMED = named()
FOUND = os.environ.get("FIND_GUARDS", "")
_tried: Counter[str] = Counter()
_noticed: set[str] = set()
if FOUND and Path(FOUND).exists():
    _noticed |= {line.partition(",")[0] for line in Path(FOUND).read_text().splitlines()}


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    if FOUND:
        look = _look
    elif item.nodeid in NAMED:
        look = _again
    else:
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for report in look(item):
        item.ihook.pytest_runtest_logreport(report=report)
    item.session._setupstate.teardown_exact(nextitem)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def _again(item: pytest.Item) -> list[pytest.TestReport]:
    reports = _run(item)
    if not _passed(reports):
        return reports
    call = next(report for report in reports if report.when == "call")
    if not _passed(_run(item)):
        call.outcome, call.longrepr = "failed", "Run twice, it fails even with every guard."
        return reports
    for guard in NAMED[item.nodeid]:
        if _fails_without(item, guard):
            call.user_properties.append(("guard", guard))
        else:
            call.outcome = "failed"
            call.longrepr = f"It passes without {guard} too, which it is to miss: see {NAMED_IN}."
    return reports


def _look(item: pytest.Item) -> list[pytest.TestReport]:
    with guards.watched() as watch:
        reports = _run(item)
        refused = sorted(watch.refused - _noticed)
    if sum(report.duration for report in reports) > LONGEST or not _passed(reports):
        return reports
    for guard in refused:
        if _tried[guard] < TRIES:
            _tried[guard] += 1
            if _fails_without(item, guard):
                _noticed.add(guard)
                with Path(FOUND).open("a", encoding="utf-8") as found:
                    found.write(f"{guard},{item.nodeid}\n")
    return reports


def _fails_without(item: pytest.Item, guard: str) -> bool:
    with guards.without(guard):
        failed = any(report.failed for report in _run(item) if report.when == "call")
    _forget()
    return failed


def _forget() -> None:
    """What a failed test leaves open, such as a download nobody expected, must not disturb the
    next."""
    for name in ("last_type", "last_value", "last_traceback", "last_exc"):
        vars(sys).pop(name, None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        gc.collect()


def _run(item: pytest.Item) -> list[pytest.TestReport]:
    """Once more; what is not the test's alone stays as it is, what is goes down with it."""
    item._initrequest()  # type: ignore[attr-defined]
    return runtestprotocol(item, log=False, nextitem=item.parent)  # type: ignore[arg-type]


def _passed(reports: list[pytest.TestReport]) -> bool:
    return all(report.passed for report in reports)
