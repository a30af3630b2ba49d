"""What a host makes of its letter: its redacted version, thanks to the team, a summary."""

from __future__ import annotations

from django.utils.text import slugify

from feedback.documents.letters import render_redacted
from feedback.documents.word import add_blocks
from feedback.models import HostText, LetterContent, LetterFile
from feedback.states import FileKind
from peerchallenge.shared import word
from peerchallenge.shared.pdf import render_pdf

CALLED = {
    FileKind.REDACTED: "feedback letter redacted",
    FileKind.THANKS: "letter of thanks",
    FileKind.SUMMARY: "summary for the committee",
}


def redacted_pdf(file: LetterFile) -> bytes:
    """Of the words that were left when it was asked for; the others are not in it."""
    return render_redacted(LetterContent.from_json(file.content or {}))


def thanks_pdf(file: LetterFile) -> bytes:
    text = HostText.from_json(file.content or {})
    return render_pdf(
        "pdf/thanks.html",
        {"text": text},
        title=f"{text.title} ({text.host})",
        stylesheet="pdf/letter.css",
        created=text.on,
    )


def summary_docx(file: LetterFile) -> bytes:
    """For the host's committee papers, in headings and lists of Word's own."""
    text = HostText.from_json(file.content or {})
    document = word.blank(
        word.About(
            title=f"{text.title} ({text.host})",
            author=text.host,
            subject=text.round_name,
            board=text.host,
            running=f"{text.reference} · {text.host}",
            on=text.on,
        )
    )
    word.heading(document, text.title, 1)
    day = f"{text.on:%-d %B %Y}"
    word.pairs(document, [("Of", text.host), ("Date", day), ("Letter", text.reference)])
    for part in text.parts:
        word.heading(document, part.heading, 2)
        add_blocks(document, part.blocks)
    return word.saved(document)


def published_name(content: LetterContent, *, redacted: bool) -> str:
    """What the downloaded letter is called: letters, digits and hyphens only."""
    called = CALLED[FileKind.REDACTED] if redacted else "feedback letter"
    return slugify(f"{content.reference} {content.host} {called}") + ".pdf"
