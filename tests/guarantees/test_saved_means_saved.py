"""Guarantee 8: what the page calls saved is saved, whatever is killed meanwhile."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.guarantees.installation import Installation
from tests.services import LOOPBACK

WRITERS = 4
WORKER_KILLS, SERVER_KILLS, DATABASE_STOPS = 190, 6, 8
SAVES_BETWEEN_KILLS = 2
TOKEN = "t" * 32  # of both the cookie and the header, as a browser sends it
LAST = """
    SELECT version, rounds_writtenanswer.text, (
        SELECT count(*) FROM audit_event
        WHERE verb = 'self_assessment.answer_saved' AND details ->> 'question' = key
    ) FROM rounds_writtenanswer JOIN rounds_question ON rounds_question.id = question_id
    WHERE question_id = %(question)s
"""


@dataclass
class Writer:
    """Types and saves as the page's script does, and notes each save that was acknowledged."""

    port: int
    session: str
    url: str
    prefix: str
    question: int
    text: str = ""
    version: int = 0
    acknowledged: int = 0
    unanswered: int = 0
    lost: list[str] = field(default_factory=list)

    def write(self, stop: threading.Event) -> None:
        number = 0
        while not stop.is_set():
            number += 1
            self.save(f"{self.prefix}, save {number}: " + "word " * (number % 50), stop)

    def save(self, text: str, stop: threading.Event) -> None:
        """Again and again until the server says that it is saved, as autosave.js does."""
        while True:
            answer = self.post(text)
            if answer is None or answer[0] >= 500:
                self.unanswered += 1
                if stop.is_set():
                    return  # the last one was never acknowledged, so nothing is promised
                time.sleep(0.05)
                continue
            status, body = answer
            if status != 200 or not body.startswith("Saved at "):
                # Nobody else writes here: a refusal means the server went back on its word.
                self.lost.append(f"{status} after version {self.version}: {body[:200]}")
                stop.set()
                return
            self.acknowledged += 1
            self.text = text
            self.version = int(
                body.split(f'id="id_{self.prefix}-version" value="')[1].split('"')[0]
            )
            return

    def post(self, text: str) -> tuple[int, str] | None:
        """The server's answer, or nothing where it had none."""
        fields = {f"{self.prefix}-text": text, f"{self.prefix}-version": self.version}
        headers = {
            "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "HX-Request": "true",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=30)
        try:
            connection.request("POST", self.url, urlencode(fields), headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()


def test_no_acknowledged_save_is_lost_while_web_server_and_database_are_killed(
    figure: Callable[[str], None],
) -> None:
    with Installation(CONN_MAX_AGE="60") as site:
        prepared = site.python("-m", "tests.guarantees.write_answers", str(WRITERS))
        writers = [Writer(site.web_port, **row) for row in json.loads(prepared)]
        site.start("web")
        stop = threading.Event()
        threads = [threading.Thread(target=one.write, args=(stop,)) for one in writers]
        for thread in threads:
            thread.start()
        done = kill_everything(site, writers, stop)
        stop.set()
        for thread in threads:
            thread.join()
        lost = sum(len(one.lost) for one in writers) + sum(gone(site, one) for one in writers)
        acknowledged = sum(one.acknowledged for one in writers)
        unanswered = sum(one.unanswered for one in writers)
        figure(
            f"guarantee 8: {done.total()} kills {dict(done)} during {acknowledged} acknowledged "
            f"saves of {WRITERS} writers, {unanswered} unanswered and tried again: {lost} lost"
        )
        assert [one.lost for one in writers] == [[]] * WRITERS
        assert lost == 0
        assert done.total() >= 200
        assert acknowledged > done.total(), "too few saves came through to try anything"
        assert unanswered > 0, "no kill ever met a save"


def kill_everything(
    site: Installation, writers: list[Writer], stop: threading.Event
) -> Counter[str]:
    """Mostly the web server's children, in between all of it and the database."""
    done: Counter[str] = Counter()
    progress(writers)
    for number in range(WORKER_KILLS):
        if stop.is_set():
            break
        site.kill_child("web")
        done["web worker killed"] += 1
        if number % (WORKER_KILLS // SERVER_KILLS) == 10:
            site.kill_all_of("web")
            site.start("web")
            done["web server killed"] += 1
            progress(writers)
        if number % (WORKER_KILLS // DATABASE_STOPS) == 5:
            site.postgres.restart(immediate=True)
            done["PostgreSQL stopped at once"] += 1
            progress(writers)
        saved_again(writers)
    progress(writers)
    return done


def saved_again(writers: list[Writer]) -> None:
    """A moment for new words: until a few saves came through, so that the next kill meets some."""
    enough = sum(one.acknowledged for one in writers) + SAVES_BETWEEN_KILLS
    deadline = time.monotonic() + 10
    while sum(one.acknowledged for one in writers) < enough and time.monotonic() < deadline:
        time.sleep(0.01)


def progress(writers: list[Writer], *, within: float = 120.0) -> None:
    """Wait until everybody has saved again: recovered without a hand."""
    before = [one.acknowledged for one in writers]
    deadline = time.monotonic() + within
    while any(one.acknowledged == was for one, was in zip(writers, before, strict=True)):
        if time.monotonic() > deadline or any(one.lost for one in writers):
            return
        time.sleep(0.02)


def gone(site: Installation, writer: Writer) -> int:
    """1 when what was last acknowledged is neither there nor replaced by its writer's next."""
    version, text, recorded = site.query(LAST % {"question": writer.question})[0]
    kept = (version, text.strip()) == (writer.version, writer.text.strip())
    overtaken = version == writer.version + 1  # committed, but the answer never arrived
    whole = recorded == version
    return 0 if (kept or overtaken) and whole else 1
