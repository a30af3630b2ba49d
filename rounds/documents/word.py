"""A self-assessment as a Word document, with the headings that its page and its PDF have.

python-docx is imported inside functions only, because it is *slow* (a fifth of a second).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING

from peerchallenge.shared.spreadsheets import written_out
from rounds.documents.naming import words_said
from rounds.models.content import (
    AnswerContent,
    Attached,
    ProgressContent,
    SelfAssessmentContent,
)

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.styles.style import ParagraphStyle
    from docx.table import Table
    from docx.text.paragraph import Paragraph

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DRAFT = "Draft. Not sent, and not to be passed on."
FONT = "Arial"
SIZES = {"Normal": 11, "Heading 1": 20, "Heading 2": 15, "Heading 3": 12, "Caption": 9}


def self_assessment_docx(content: SelfAssessmentContent) -> bytes:
    """Title, headings, lists and tables as Word's own, for people who listen to it too."""
    document = _blank(content)
    if content.is_draft:
        document.add_paragraph().add_run(DRAFT).bold = True
    _heading(document, content.title, 1)
    document.add_paragraph(_clean(f"{content.board}, {content.round}"))
    _pairs(document, _facts(content))
    if content.progress:
        _heading(document, "Progress since the last letter", 2)
        for row in content.progress:
            _progress(document, row)
    for section in content.sections:
        _heading(document, section.title, 2)
        for answer in section.answers:
            _answer(document, answer)
        _evidence(document, section.evidence, "this section")
    filled = io.BytesIO()
    document.save(filled)
    return filled.getvalue()


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
    _heading(document, row.area_for_consideration, 3)
    plan = f". In the action plan: {row.plan_state.lower()}" if row.plan_state else ""
    _note(document, f"{row.source}{plan}")
    _lines(document, row.progress.splitlines() or ["Nothing written yet."])


def _answer(document: Document, answer: AnswerContent) -> None:
    _heading(document, answer.asks, 3)
    if answer.asked:
        _note(document, f"Answered when the question read: {answer.asked}")
    if answer.withdrawn:
        _note(document, "The board has since taken this question out.")
    if answer.leaning_said:
        _note(document, f"What it shows: {answer.leaning_said.lower()}")
    if answer.is_table:
        _table(document, answer.columns, answer.rows)
    elif answer.measures:
        _pairs(document, answer.measures)
    elif answer.text:
        _lines(document, answer.paragraphs)
    elif not answer.evidence:
        _note(document, "Not answered.")
    _evidence(document, answer.evidence, "this answer")


def _evidence(document: Document, evidence: Iterable[Attached], of: str) -> None:
    for place, one in enumerate(evidence):
        if not place:
            document.add_paragraph().add_run(f"Evidence for {of}").bold = True
        about = f"{one.title}, dated {one.document_date:%-d %B %Y}"
        if one.file_name:
            about += f" ({one.file_name}, added on {one.added_on:%-d %B %Y})"
        said = f"{about}\n{one.link}" if one.link else about
        document.add_paragraph(_clean(said), style="List Bullet")


def _lines(document: Document, lines: Iterable[str]) -> None:
    for line in lines:
        if line.strip():
            document.add_paragraph(_clean(line))


def _note(document: Document, text: str) -> Paragraph:
    return document.add_paragraph(_clean(text), style="Caption")


def _heading(document: Document, text: str, level: int) -> None:
    document.add_heading(_clean(text), level)


def _pairs(document: Document, pairs: Sequence[tuple[str, str]]) -> None:
    """A name and what it is, row by row; the first column heads each row."""
    from docx.shared import Mm  # slow

    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for name, value in pairs:
        cells = table.add_row().cells
        cells[0].width, cells[1].width = Mm(45), Mm(115)
        cells[0].paragraphs[0].add_run(_clean(name)).bold = True
        cells[1].paragraphs[0].add_run(_clean(value))
    _heads(document, table, row=False)


def _table(document: Document, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Its header row is repeated on each page, and read out with every cell."""
    from docx.oxml import OxmlElement  # slow

    table = document.add_table(rows=1, cols=len(columns), style="Table Grid")
    for cell, column in zip(table.rows[0].cells, columns, strict=True):
        cell.paragraphs[0].add_run(_clean(column)).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.paragraphs[0].add_run(_clean(value))
    _heads(document, table, row=True)


def _heads(document: Document, table: Table, *, row: bool) -> None:
    """Say which cells head the others: the first row, or the first column."""
    from docx.oxml.ns import qn  # slow

    look = table._tbl.tblPr.find(qn("w:tblLook"))
    for name, value in {"firstRow": row, "firstColumn": not row}.items():
        look.set(qn(f"w:{name}"), "1" if value else "0")
    document.add_paragraph().paragraph_format.space_after = 0


def _clean(text: str) -> str:
    """What a file of Word's can hold; the rest is shown as what it is."""
    return written_out(text)


def _blank(content: SelfAssessmentContent) -> Document:
    """An A4 document in British English that says what it is on every page."""
    from docx import Document  # slow
    from docx.shared import Mm  # slow

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    about = document.core_properties
    about.title, about.author = _clean(content.title), _clean(content.authority)
    about.subject, about.language, about.comments = _clean(content.round), "en-GB", ""
    about.last_modified_by = _clean(content.board)
    if content.sent_on:
        about.created = about.modified = datetime.combine(content.sent_on, time())
    for name, points in SIZES.items():
        _plain(document.styles[name], points)
    _speak_british(document)
    running = f"{content.authority}, {content.round}"
    section.header.paragraphs[0].text = _clean(
        f"{DRAFT} {running}" if content.is_draft else running
    )
    foot = section.footer.paragraphs[0]
    foot.add_run("Page ")
    _field(foot, "PAGE")
    foot.add_run(" of ")
    _field(foot, "NUMPAGES")
    return document


def _plain(style: ParagraphStyle, points: int) -> None:
    """One plain font in black, whatever theme the template brings."""
    from docx.oxml.ns import qn  # slow
    from docx.shared import Pt, RGBColor  # slow

    style.font.name, style.font.size = FONT, Pt(points)
    style.font.color.rgb = RGBColor(0x0B, 0x0C, 0x0C)
    style.font.italic = False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for place in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.attrib.pop(qn(f"w:{place}Theme"), None)
        fonts.set(qn(f"w:{place}"), FONT)


def _speak_british(document: Document) -> None:
    from docx.oxml.ns import qn  # slow

    for said in document.styles.element.iter(qn("w:lang")):
        said.set(qn("w:val"), "en-GB")


def _field(paragraph: Paragraph, instruction: str) -> None:
    """A number that Word counts itself."""
    from docx.oxml import OxmlElement  # slow
    from docx.oxml.ns import qn  # slow

    field: BaseOxmlElement = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    paragraph._p.append(field)
