"""What leaves as a file: the feedback letter as PDF."""

from django.utils.text import slugify

from feedback.models.content import LetterContent
from peerchallenge.shared.pdf import render_pdf


def render_letter_pdf(content: LetterContent) -> bytes:
    """The letter as a tagged PDF/UA-1 file; the same content gives the same bytes."""
    return render_pdf(
        "pdf/letter.html",
        {"letter": content},
        title=f"{content.title} ({content.host})",
        stylesheet="pdf/letter.css",
        created=content.issued_on,
    )


def letter_filename(content: LetterContent) -> str:
    """What the downloaded letter is called: letters, digits and hyphens only."""
    return slugify(f"{content.reference} {content.host} feedback letter") + ".pdf"
