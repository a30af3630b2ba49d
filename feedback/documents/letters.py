"""What leaves as a file: the feedback letter as PDF."""

from django.utils.text import slugify

from feedback.models.content import LetterContent
from feedback.queries.letterheads import pictures_of
from feedback.queries.places import headings_with
from peerchallenge.shared.pdf import RenderingFailed, render_pdf

MOST_NAMED = 3


def render_letter_pdf(content: LetterContent) -> bytes:
    """The letter as a tagged PDF, PDF/UA-1 and PDF/A-2a; the same content, the same bytes."""
    return _rendered(content, title=f"{content.title} ({content.host})")


def render_large_print(content: LetterContent) -> bytes:
    """The same words in 18 point, set anew, for whoever reads that more easily."""
    title = f"{content.title} ({content.host}), large print"
    return _rendered(content, title=title, also="pdf/large_print.css")


def render_redacted(content: LetterContent) -> bytes:
    """The letter without what its host leaves out, which is not in `content` any more."""
    return _rendered(content, title=f"{content.title} ({content.host}), redacted version")


def letter_filename(content: LetterContent) -> str:
    """What the downloaded letter is called: letters, digits and hyphens only."""
    return slugify(f"{content.reference} {content.host} feedback letter") + ".pdf"


def _rendered(content: LetterContent, *, title: str, also: str = "") -> bytes:
    try:
        return render_pdf(
            "pdf/letter.html",
            {"letter": content, "in_print": True},
            title=title,
            stylesheet="pdf/letter.css",
            also=also,
            created=content.issued_on,
            pictures=pictures_of(content),
        )
    except RenderingFailed as failed:
        if headings := headings_with(content, failed.characters):
            where = " and ".join(f"“{heading}”" for heading in headings[:MOST_NAMED])
            raise RenderingFailed(f"In {where}: {failed.reason}", failed.characters) from failed
        raise
