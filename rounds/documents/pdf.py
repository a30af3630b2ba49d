from __future__ import annotations

from peerchallenge.shared.pdf import Limits, render_pdf
from rounds.documents.naming import words_said
from rounds.models.content import SelfAssessmentContent

# 200 questions with 60,000 words are half a million characters, 2,000 tags and 140 pages.
LONGEST = Limits(characters=1_500_000, tags=30_000, pages=400)


def render_self_assessment_pdf(content: SelfAssessmentContent) -> bytes:
    """The self-assessment as a tagged PDF/UA-1 file; the same content gives the same bytes."""
    return render_pdf(
        "pdf/self_assessment.html",
        {"own": content, "words": words_said(content)},
        title=f"{content.title}, {content.round}",
        stylesheet="pdf/letter.css",
        also="pdf/self_assessment.css",
        created=content.sent_on,
        limits=LONGEST,
    )
