"""A self-assessment as a Word document, with the headings that its page and its PDF have."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from peerchallenge.shared import word
from rounds.documents.naming import words_said
from rounds.models.content import (
    AnswerContent,
    Attached,
    ProgressContent,
    SelfAssessmentContent,
)

if TYPE_CHECKING:
    from docx.document import Document

DRAFT = "Draft. Not sent, and not to be passed on."


def self_assessment_docx(content: SelfAssessmentContent) -> bytes:
    """Title, headings, lists and tables as Word's own, for people who listen to it too."""
    document = word.blank(
        word.About(
            title=content.title,
            author=content.authority,
            subject=content.round,
            board=content.board,
            running=f"{content.authority}, {content.round}",
            draft=DRAFT if content.is_draft else "",
            on=content.sent_on,
        )
    )
    if content.is_draft:
        document.add_paragraph().add_run(DRAFT).bold = True
    word.heading(document, content.title, 1)
    document.add_paragraph(word.clean(f"{content.board}, {content.round}"))
    word.pairs(document, _facts(content))
    if content.progress:
        word.heading(document, "Progress since the last letter", 2)
        for row in content.progress:
            _progress(document, row)
    for section in content.sections:
        word.heading(document, section.title, 2)
        for answer in section.answers:
            _answer(document, answer)
        _evidence(document, section.evidence, "this section")
    return word.saved(document)


def _facts(content: SelfAssessmentContent) -> list[tuple[str, str]]:
    area = content.area or "Not chosen yet"
    facts = [("Area for challenge", f"{area} (the authority’s own)" if content.own_area else area)]
    if content.area_reason:
        facts.append(("Because", content.area_reason))
    if content.sent_on:
        facts.append(("Sent", f"{content.sent_on:%-d %B %Y} by {content.sent_by}"))
    if content.version > 1:
        facts.append(("Version", str(content.version)))
    names = [f"{one.name}, {one.role.lower()}, {one.on:%-d %B %Y}" for one in content.sign_offs]
    if names:
        facts.append(("Signed by", "\n".join(names)))
    return [*facts, ("Length", words_said(content))]


def _progress(document: Document, row: ProgressContent) -> None:
    word.heading(document, row.area_for_consideration, 3)
    plan = f". In the action plan: {row.plan_state.lower()}" if row.plan_state else ""
    word.note(document, f"{row.source}{plan}")
    word.lines(document, row.progress.splitlines() or ["Nothing written yet."])


def _answer(document: Document, answer: AnswerContent) -> None:
    word.heading(document, answer.asks, 3)
    if answer.asked:
        word.note(document, f"Answered when the question read: {answer.asked}")
    if answer.withdrawn:
        word.note(document, "The board has since taken this question out.")
    if answer.leaning_said:
        word.note(document, f"What it shows: {answer.leaning_said.lower()}")
    if answer.is_table:
        word.table(document, answer.columns, answer.rows)
    elif answer.measures:
        word.pairs(document, answer.measures)
    elif answer.text:
        word.lines(document, answer.paragraphs)
    elif not answer.evidence:
        word.note(document, "Not answered.")
    _evidence(document, answer.evidence, "this answer")


def _evidence(document: Document, evidence: Iterable[Attached], of: str) -> None:
    for place, one in enumerate(evidence):
        if not place:
            document.add_paragraph().add_run(f"Evidence for {of}").bold = True
        about = f"{one.title}, dated {one.document_date:%-d %B %Y}"
        if one.file_name:
            about += f" ({one.file_name}, added on {one.added_on:%-d %B %Y})"
        said = f"{about}\n{one.link}" if one.link else about
        document.add_paragraph(word.clean(said), style="List Bullet")
