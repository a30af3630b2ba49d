"""What bench/letters.py runs in processes of its own."""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django

django.setup()

from django.template.loader import render_to_string  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.sample_letters import sample_letter  # noqa: E402
from feedback.documents import letter_docx, render_letter_pdf  # noqa: E402
from feedback.models import Letter, LetterContent  # noqa: E402
from feedback.states import LetterState  # noqa: E402
from peerchallenge.outbox.actions import promise  # noqa: E402
from peerchallenge.shared.pdf import VARIANT  # noqa: E402


def bare(content: LetterContent) -> None:
    """As WeasyPrint's first page of documentation shows it, in the variant of ours."""
    from weasyprint import CSS, HTML

    title = f"{content.title} ({content.host})"
    html = render_to_string(
        "pdf/letter.html", {"letter": content, "title": title, "in_print": True}
    )
    sheet = CSS(string=STYLE)
    HTML(string=html).write_pdf(stylesheets=[sheet], pdf_variant=VARIANT)


def ours(content: LetterContent) -> None:
    render_letter_pdf(content)


def office(letters: int, folder: Path) -> None:
    """As somebody would with LibreOffice: a .docx of each letter, then all in one call."""
    convert = ["soffice", "--headless", f"-env:UserInstallation={folder.as_uri()}/profile"]
    convert += ["--convert-to", "pdf", "--outdir", str(folder)]
    (folder / "warm.docx").write_bytes(letter_docx(sample_letter(1001)))
    warm = [*convert, str(folder / "warm.docx")]  # it makes itself a profile the first time
    subprocess.run(warm, check=True, capture_output=True)
    print("warm", flush=True)
    sys.stdin.readline()
    started, before = time.process_time(), resource.getrusage(resource.RUSAGE_CHILDREN)
    names = []
    for seed in range(1, 1 + letters):
        names.append(folder / f"{seed}.docx")
        names[-1].write_bytes(letter_docx(sample_letter(seed)))
    made = time.process_time() - started
    subprocess.run([*convert, *map(str, names)], check=True, capture_output=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    converted = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    assert all(name.with_suffix(".pdf").exists() for name in names)
    print(json.dumps({"cpu": made + converted, "peak": used.ru_maxrss / 1024}))


def memory(letters: int) -> None:
    """What one process holds while it renders so many letters."""
    for done in range(1, letters + 1):
        ours(sample_letter(done))
        if done in {10, 100} or done % 250 == 0:
            status = Path("/proc/self/status").read_text()
            print(done, int(status.split("VmRSS:")[1].split()[0]) // 1024, flush=True)


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
    elif what == "memory":
        memory(count)
    elif what == "office":
        with tempfile.TemporaryDirectory() as name:
            office(count, Path(name))
    else:
        loop({"bare": bare, "ours": ours}[what], count, *rest)
