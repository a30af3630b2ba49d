"""What bench/letters.py runs in processes of its own."""

import json
import resource
import sys
import time
from collections.abc import Callable

import django

django.setup()

from django.template.loader import render_to_string  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.sample_letters import sample_letter  # noqa: E402
from feedback.documents import render_letter_pdf  # noqa: E402
from feedback.models import Letter, LetterContent  # noqa: E402
from feedback.states import LetterState  # noqa: E402
from peerchallenge.outbox.actions import promise  # noqa: E402


def bare(content: LetterContent) -> None:
    """As WeasyPrint's first page of documentation shows it, and nothing else."""
    from weasyprint import CSS, HTML

    title = f"{content.title} ({content.host})"
    html = render_to_string("pdf/letter.html", {"letter": content, "title": title})
    sheet = CSS(string=STYLE)
    HTML(string=html).write_pdf(stylesheets=[sheet], pdf_variant="pdf/ua-1")


def ours(content: LetterContent) -> None:
    render_letter_pdf(content)


def loop(how: Callable[[LetterContent], None], letters: int, share: int, shares: int) -> None:
    for seed in (1001, 1002):
        how(sample_letter(seed))
    print("warm", flush=True)
    sys.stdin.readline()
    started = time.process_time()
    for seed in range(1 + share, 1 + letters, shares):
        how(sample_letter(seed))
    cpu = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu": cpu, "peak": peak}))


def prepare() -> None:
    from tests.world import World

    World().letter_approved()


def promise_letters(count: int) -> None:
    """So many letters ready to be rendered, and their effects; prints the first one's key."""
    like = Letter.objects.get(version=1)
    start = Letter.objects.count()
    for number in range(start + 1, start + 1 + count):
        content = sample_letter(number - start)
        letter = Letter.objects.create(
            challenge=like.challenge,
            version=number,
            state=LetterState.ISSUING,
            drafted_by=like.drafted_by,
            approved_by=like.approved_by,
            approved_at=timezone.now(),
            number=number,
            reference=f"{content.reference}-{number}",
            issued_on=content.issued_on,
            content=content.to_json(),
        )
        if number == start + 1:
            print(letter.pk)
    made = Letter.objects.filter(version__gt=start).values_list("pk", flat=True)
    for pk in made.order_by("pk"):
        promise("feedback.render_letter", pk)


if __name__ == "__main__":
    from django.template import engines

    STYLE = engines["django"].engine.get_template("pdf/letter.css").source
    what, count, *rest = sys.argv[1], int(sys.argv[2]), *map(int, sys.argv[3:])
    if what == "prepare":
        prepare()
    elif what == "promise":
        promise_letters(count)
    else:
        loop({"bare": bare, "ours": ours}[what], count, *rest)
