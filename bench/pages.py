"""Server time, queries and size of pages: of a self-assessment with 200 questions and 60,000 words,
or of a round with its letters and findings.

    python -m bench.pages [--repeat 30]
    python -m bench.pages letters [--repeat 30] [--size 16] [--findings 200]

On a PostgreSQL of its own, in one process without a network: what a page costs the server. The
pages take turns, and the median of each counts.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

from bench import pages_of_letters
from tests.services import Postgres

QUESTIONS, WORDS = 200, 60_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=30)
    parser.add_argument("about", nargs="?", choices=["answers", "letters"], default="answers")
    parser.add_argument("--size", type=int, default=16, help="authorities in the round of letters")
    parser.add_argument("--findings", type=int, default=200)
    options = parser.parse_args()
    with Postgres() as database, tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATABASE_URL": database.url,
            "DATA_DIR": folder,
            "DEBUG": "true",
            "DJANGO_SETTINGS_MODULE": "peerchallenge.settings",
            "ALLOWED_HOSTS": "testserver",
            "EMAIL_URL": "dummymail://",
        }
        os.environ.pop("REDIS_URL", None)
        for line in about(options):
            sys.stdout.write(f"{line}\n")


def about(options: argparse.Namespace) -> list[str]:
    """A head, and the pages one by one."""
    import django

    django.setup()

    from django.conf import settings
    from django.core.management import call_command

    settings.DEBUG = False  # it would keep every query
    call_command("migrate", verbosity=0)
    if options.about == "letters":
        said = f"{options.size} authorities, {options.findings} findings of each visit"
        pages = pages_of_letters.prepared(options.size, options.findings)
        return [f"{said}; median of {options.repeat}", *measured(pages, options.repeat)]
    pages = prepared()
    said = f"{QUESTIONS} questions, {WORDS:,} words"
    return [f"{said}; median of {options.repeat}", scale(), *measured(pages, options.repeat)]


def scale() -> str:
    from peerchallenge.shared.fields import count_words
    from rounds.models import WrittenAnswer

    started = time.process_time()
    count_words(" ".join(WrittenAnswer.objects.values_list("text", flat=True)))
    counting = (time.process_time() - started) * 1000
    return f"for scale, counting all the words once: {counting:.0f} ms"


def measured(pages: dict[str, Callable[[], Any]], repeat: int) -> list[str]:
    """A line for each page: median time by the clock and of Python alone, queries, size."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    times: dict[str, list[float]] = {name: [] for name in pages}
    work: dict[str, list[float]] = {name: [] for name in pages}
    sizes: dict[str, str] = {}
    for name, ask in pages.items():
        with CaptureQueriesContext(connection) as queries:
            answer = ask()
        assert answer.status_code == 200, f"{name}: {answer.status_code}"
        sizes[name] = f"{len(queries):3} queries, {len(answer.content) / 1024:5.0f} KB"
    for _ in range(repeat):
        for name, ask in pages.items():
            started, worked = time.perf_counter(), time.process_time()
            ask()
            times[name].append((time.perf_counter() - started) * 1000)
            work[name].append((time.process_time() - worked) * 1000)
    return [
        f"{name:34} {statistics.median(took):6.1f} ms  {statistics.median(work[name]):6.1f} ms  "
        f"{sizes[name]}"
        for name, took in times.items()
    ]


def prepared() -> dict[str, Callable[[], Any]]:
    """Each page by its name, as the director's browser asks for it."""
    from django.test import Client
    from django.urls import reverse

    from rounds.models import SelfAssessment
    from tests.large import enlarge
    from tests.world import World

    world = World()
    part = world.opened().participations.get(authority=world.authorities[0])
    own: SelfAssessment = enlarge(
        part.self_assessment, world.directors[0], questions=QUESTIONS, words=WORDS
    )
    client = Client()
    client.force_login(world.directors[0])

    def page(name: str, *args: object) -> Callable[[], Any]:
        url = reverse(name, args=[own.pk, *args])
        return lambda: client.get(url)

    answer = own.answers.get(question__key="part-5-10")
    prefix, number = f"q{answer.question_id}", [answer.version]

    def save() -> Any:
        fields = {f"{prefix}-version": number[0], f"{prefix}-text": f"{answer.text} {number[0]}"}
        number[0] += 1
        url = reverse("self_assessment_question", args=[own.pk, "part-5", 10])
        return client.post(url, fields, headers={"HX-Request": "true"})

    return {
        "task list": page("self_assessment"),
        "question": page("self_assessment_question", "part-5", 10),
        "question, saved while typing": save,
        "section of 20 questions": page("self_assessment_section", "part-5"),
        "check": page("self_assessment_check"),
        "read": page("self_assessment_read"),
    }


if __name__ == "__main__":
    main()
