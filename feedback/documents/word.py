"""The letter as a Word document, for a committee's papers: the words of the sealed PDF."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from feedback.models import LetterContent
from feedback.models.content import Block, LetterPart
from feedback.states import PartKind
from peerchallenge.shared import word

if TYPE_CHECKING:
    from docx.document import Document

DRAFT = "Draft. Not issued, and not to be passed on."
NUMBERED = (
    "The areas for consideration are numbered from start to end of this letter, so that your "
    "action plan can answer each by its number."
)


def letter_docx(content: LetterContent) -> bytes:
    """Title, headings, lists and tables as Word's own."""
    document = word.blank(
        word.About(
            title=f"{content.title} ({content.host})",
            author=content.board,
            subject=content.round_name,
            board=content.board,
            running=f"{content.reference} · {content.host}",
            draft=DRAFT if content.is_draft else "",
            on=content.issued_on,
        )
    )
    _face(document, content)
    word.lines(document, [content.salutation])
    for part in content.signed_parts:
        _part(document, content, part)
    _signed(document, content)
    for part in content.enclosed_parts:
        _part(document, content, part)
    if not content.is_draft:
        word.note(
            document,
            "A copy for further use. The letter itself is the sealed PDF; whether a letter is "
            f"current can be checked at {content.verify_at} with the fingerprint of its contents: "
            f"{content.short_fingerprint}",
        )
    return word.saved(document)


def _face(document: Document, content: LetterContent) -> None:
    word.lines(document, ["\n".join([content.board, *content.letterhead])])
    word.heading(document, content.title, 1)
    to = ", ".join(filter(None, [content.recipient_name, content.recipient_post]))
    facts = [("To", f"{to}, {content.host}"), ("Challenged by", content.challenger)]
    if content.reference:
        version = f", version {content.version}" if content.version > 1 else ""
        facts.append(("Reference", f"{content.reference}{version}"))
    if content.issued_on:
        facts.append(("Issued", f"{content.issued_on:%-d %B %Y}"))
    days = [f"{v.day:%A %-d %B %Y}{f': {v.what}' if v.what else ''}" for v in content.visit_days]
    if days:
        facts.append(("On site", "\n".join(days)))
    if content.supersedes:
        why = f": {content.supersedes_reason}" if content.supersedes_reason else ""
        facts.append(("Replaces", f"{content.supersedes}{why}"))
    word.pairs(document, facts)


def _part(document: Document, content: LetterContent, part: LetterPart) -> None:
    if part.heading:
        word.heading(document, part.heading, 2)
    add_blocks(document, part.blocks)
    match part.kind:
        case PartKind.FINDINGS:
            _themes(document, content)
        case PartKind.LINES:
            _lines(document, content)
        case PartKind.ACTIVITY:
            word.bullets(document, [f"{done.number} {done.what}" for done in content.activity])
        case PartKind.GOOD_PRACTICE:
            for theme in content.themes:
                if theme.good_practice:
                    word.heading(document, theme.theme, 3)
                    word.bullets(document, theme.good_practice)
        case PartKind.NEXT_STEPS if content.next_steps:
            steps = [
                (f"{step.by:%-d %B %Y}" if step.by else "To be agreed", step.what, step.who)
                for step in content.next_steps
            ]
            word.table(document, ("By", "What", "Who"), steps)
        case PartKind.TEAM if content.team:
            members = [
                (
                    one.name,
                    f"{one.post} ({one.role.lower()})" if one.role else one.post,
                    one.authority,
                )
                for one in content.team
            ]
            word.table(document, ("Name", "Post", "From"), members)


def _themes(document: Document, content: LetterContent) -> None:
    if content.has_areas:
        word.lines(document, [NUMBERED])
    for found in content.numbered_themes:
        word.heading(document, found.theme, 3)
        _said(document, found.strengths, found.areas, found.good_practice, found.first_number)


def _lines(document: Document, content: LetterContent) -> None:
    for line in content.numbered_lines:
        said = line.said
        word.heading(document, f"Question {line.place}: {said.question}", 3)
        word.bullets(document, said.limbs)
        add_blocks(document, said.blocks)
        _said(document, said.strengths, said.areas, said.good_practice, line.first_number)
        word.lines(document, [said.see])


def _said(
    document: Document,
    strengths: Sequence[str],
    areas: Sequence[str],
    good_practice: Sequence[str],
    first: int,
) -> None:
    for heading, texts in (
        ("Strengths", strengths),
        ("Areas for consideration", areas),
        ("Good practice to share", good_practice),
    ):
        if not texts:
            continue
        word.heading(document, heading, 4)
        if texts is areas:
            word.numbered(document, texts, first=first)
        else:
            word.bullets(document, texts)


def add_blocks(document: Document, blocks: Iterable[Block]) -> None:
    for block in blocks:
        if block.items:
            word.bullets(document, block.items)
        else:
            word.lines(document, [block.paragraph])


def _signed(document: Document, content: LetterContent) -> None:
    who = (content.signatory_name, content.signatory_post, content.signatory_authority)
    word.lines(document, ["Yours sincerely", "\n".join(who) if content.signatory_name else ""])
    word.lines(document, [content.signature_says])
    if content.approved_by_name and not content.is_draft:
        post = f", {content.approved_by_post}" if content.approved_by_post else ""
        word.note(document, f"Approved for issue by {content.approved_by_name}{post}")
