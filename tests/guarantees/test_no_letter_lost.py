"""Guarantee 3: no letter is lost and none is issued twice, whatever is killed meanwhile."""

import time
from collections import Counter
from collections.abc import Callable

from tests.guarantees.installation import Installation

LETTERS = 100
RECOVERY = 300  # seconds, without a hand, from the last fault; the figure says how many it took
BETWEEN_FAULTS = 2.0

ISSUED = "SELECT count(*) FROM feedback_letter WHERE state = 'issued'"
TWICE = """
    SELECT subject_id FROM audit_event WHERE verb = 'letter.issued'
    GROUP BY subject_id HAVING count(*) > 1
"""
MOST_ATTEMPTS = "SELECT max(attempts) FROM outbox_effect"
OPEN = "SELECT count(*) FROM outbox_effect WHERE state <> 'done'"
NUMBERS = "SELECT count(DISTINCT number), min(number), max(number) FROM feedback_letter"
BROKEN_SEALS = """
    SELECT count(*) FROM feedback_letter
    WHERE encode(sha256(pdf), 'hex') <> sha256 OR substring(pdf FROM 1 FOR 5) <> '%PDF-'::bytea
"""


def faults_of(site: Installation) -> list[tuple[str, Callable[[], None]]]:
    return [
        ("worker killed", lambda: site.kill("worker")),
        ("pool child killed", lambda: site.kill_child("worker")),
        ("Redis flushed", site.redis.flush),
        ("Redis restarted", lambda: void(site.redis.restart())),
        ("PostgreSQL stopped at once", lambda: void(site.postgres.restart(immediate=True))),
        ("sweeper killed", lambda: site.kill("beat")),
    ]


def void(_: object) -> None: ...


def test_no_letter_is_lost_and_none_issued_twice_while_everything_is_killed(
    figure: Callable[[str], None],
) -> None:
    with Installation(OUTBOX_LEASE_SECONDS="10") as site:
        site.python("-m", "tests.guarantees.issue_letters", "prepare", str(LETTERS))
        site.start("worker")
        site.start("beat")
        site.python("-m", "tests.guarantees.issue_letters", "issue")
        done: Counter[str] = Counter()
        faults = faults_of(site)
        while site.query(ISSUED)[0][0] < LETTERS and done.total() < 5 * len(faults):
            name, break_something = faults[done.total() % len(faults)]
            break_something()
            done[name] += 1
            time.sleep(BETWEEN_FAULTS)
            site.keep_up()
        last_fault = time.monotonic()
        while site.query(OPEN)[0][0] and time.monotonic() - last_fault < RECOVERY:
            site.keep_up()
            time.sleep(0.5)
        recovered = time.monotonic() - last_fault
        lost = LETTERS - site.query(ISSUED)[0][0]
        twice = len(site.query(TWICE))
        attempts = site.query(MOST_ATTEMPTS)[0][0]
        figure(
            f"guarantee 3: {LETTERS} letters, {done.total()} faults {dict(done)}: "
            f"{lost} lost, {twice} issued twice; at most {attempts} attempts an effect; "
            f"all done {recovered:.0f} s after the last fault"
        )
        assert (lost, twice) == (0, 0)
        assert site.query(NUMBERS)[0] == (LETTERS, 1, LETTERS)
        assert site.query(BROKEN_SEALS)[0][0] == 0
        assert site.query(OPEN)[0][0] == 0
        assert set(done) == {name for name, _ in faults}
