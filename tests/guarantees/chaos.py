"""Letters are issued while everything is killed; how many came to harm."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from tests.guarantees.installation import Installation
from tests.services import LOOPBACK

TOKEN = "t" * 32  # of both the cookie and the header, as a browser sends it
POISON = Path(__file__).parent / "poison"
MID_REQUEST = 0.25  # seconds into a request that issues letters

ISSUED = "SELECT count(*) FROM feedback_letter WHERE state = 'issued' AND id = ANY('{%s}')"
STILL_APPROVED = "SELECT id FROM feedback_letter WHERE state = 'approved' AND id = ANY('{%s}')"
TWICE = """
    SELECT subject_id FROM audit_event WHERE verb = 'letter.issued'
    GROUP BY subject_id HAVING count(*) > 1
"""
UNTOLD = """
    SELECT l.id FROM feedback_letter l LEFT JOIN outbox_effect e
    ON e.task = 'feedback.tell_host_issued' AND e.argument = l.id AND e.state = 'done'
    WHERE l.state = 'issued' GROUP BY l.id HAVING count(e.id) <> 1
"""
OPEN = """
    SELECT task, argument, state, attempts, interruptions, error FROM outbox_effect
    WHERE state NOT IN ('done', 'failed')
"""
DONE = "SELECT count(*) FROM outbox_effect WHERE state = 'done'"
SET_ASIDE = "SELECT argument, error FROM outbox_effect WHERE state = 'failed'"
TRIES = """
    SELECT argument, attempts FROM outbox_effect
    WHERE task = 'feedback.render_letter' AND argument = ANY('{%s}')
"""
TRIED = "SELECT max(attempts), max(interruptions) FROM outbox_effect"
NUMBERS = "SELECT count(DISTINCT number), min(number), max(number) FROM feedback_letter"
BROKEN_SEALS = """
    SELECT count(*) FROM feedback_letter
    WHERE encode(sha256(pdf), 'hex') <> sha256 OR substring(pdf FROM 1 FOR 5) <> '%PDF-'::bytea
"""


@dataclass
class Officer:
    """Presses “issue” in a browser, and again where no answer came."""

    port: int
    session: str
    url: str
    letters: list[int]

    def issue(self, letters: list[int]) -> bool:
        """True when the server said that it was done."""
        headers = {
            "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = urlencode({"letters": ",".join(map(str, letters))})
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=60)
        try:
            connection.request("POST", self.url, body, headers)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()
        if answer.status >= 400 and answer.status < 500:
            raise AssertionError(f"the officer was told {answer.status}")
        return answer.status == 302

    def issue_until_done(self, letters: list[int]) -> None:
        deadline = time.monotonic() + 120
        while not self.issue(letters):
            if time.monotonic() > deadline:
                raise AssertionError("the web server did not come back")
            time.sleep(0.3)


def poisonable(**environment: str) -> Installation:
    """An installation that some words in a letter are poison to."""
    return Installation(PYTHONPATH=str(POISON), **environment)


def officer_of(site: Installation, count: int, words: Mapping[int, str] | None = None) -> Officer:
    """So many approved letters and the one who issues them; some hold a word, number to word."""
    told = [f"{version}={word}" for version, word in (words or {}).items()]
    prepared = site.python("-m", "tests.guarantees.issue_letters", str(count), *told)
    return Officer(site.web_port, **json.loads(prepared))


@dataclass
class Chaos:
    """`batches` of letters are issued, one at each kill of the web server."""

    site: Installation
    officer: Officer
    batches: list[list[int]]
    done: Counter[str] = field(default_factory=Counter)
    unanswered: int = 0
    recovered: float = 0.0

    def faults(self) -> list[tuple[str, Callable[[], object]]]:
        site = self.site
        return [
            ("web killed mid-request", self.kill_web),
            ("worker killed", lambda: site.kill("worker")),
            ("pool child killed", lambda: site.kill_child("worker")),
            ("Redis flushed", site.redis.flush),
            ("worker and children killed", lambda: site.kill_all_of("worker")),
            ("Redis restarted", site.redis.restart),
            ("PostgreSQL stopped at once", lambda: site.postgres.restart(immediate=True)),
            ("sweeper killed", lambda: site.kill("beat")),
        ]

    def kill_web(self) -> None:
        """While it issues the next letters; then they are issued once more."""
        if not self.batches:
            return
        batch = self.batches.pop(0)
        answers: list[bool] = []
        request = threading.Thread(target=lambda: answers.append(self.officer.issue(batch)))
        request.start()
        # Sooner each time that a machine was quicker than that.
        answered = self.done["web killed mid-request"] - self.unanswered
        time.sleep(MID_REQUEST / 2**answered)
        self.site.kill_all_of("web")
        request.join()
        self.site.start("web")
        if not answers[0]:
            self.unanswered += 1
            self.officer.issue_until_done(batch)

    def go_on(self, faults: int, *, between: float) -> None:
        """So many faults, each after something has got done since the last."""
        kinds = self.faults()
        while self.done.total() < faults:
            name, break_something = kinds[self.done.total() % len(kinds)]
            before = self.count(DONE)
            break_something()
            self.done[name] += 1
            time.sleep(between)
            self.site.keep_up()
            patience = time.monotonic() + 4 * between
            while self.count(DONE) == before and time.monotonic() < patience:
                time.sleep(0.2)

    def recover(self, *, within: float) -> None:
        """Without a hand, but for what starts a process again."""
        began = time.monotonic()
        while self.site.query(OPEN) and time.monotonic() - began < within:
            self.site.keep_up()
            time.sleep(0.5)
        self.recovered = time.monotonic() - began

    def count(self, sql: str) -> int:
        return int(self.site.query(sql)[0][0])

    def issued(self, letters: list[int]) -> int:
        return self.count(ISSUED % ",".join(map(str, letters)))

    def report(self, letters: list[int]) -> str:
        lost, twice = len(letters) - self.issued(letters), len(self.site.query(TWICE))
        attempts, interruptions = self.site.query(TRIED)[0]
        return (
            f"{len(letters)} letters, {self.done.total()} faults {dict(self.done)}, "
            f"{self.unanswered} requests unanswered and made again: {lost} lost, {twice} issued "
            f"twice; an effect was tried at most {attempts} times and interrupted at most "
            f"{interruptions} times; all done {self.recovered:.0f} s after the last fault"
        )
