"""A Word document with Word's own headings, lists and tables, for people who listen to it too.

python-docx is imported inside functions only, because it is *slow* (a fifth of a second).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from peerchallenge.shared.spreadsheets import written_out

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.styles.style import ParagraphStyle
    from docx.table import Table
    from docx.text.paragraph import Paragraph

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "Arial"
SIZES = {
    "Normal": 11,
    "Heading 1": 20,
    "Heading 2": 15,
    "Heading 3": 12,
    "Heading 4": 11,
    "Caption": 9,
}


@dataclass(frozen=True)
class About:
    """What the file says of itself, and on every page."""

    title: str
    author: str
    subject: str
    board: str
    running: str
    draft: str = ""
    on: date | None = None


def blank(about: About) -> Document:
    """An A4 document in British English that says what it is on every page."""
    from docx import Document  # slow
    from docx.shared import Mm  # slow

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    core = document.core_properties
    core.title, core.author = clean(about.title), clean(about.author)
    core.subject, core.language, core.comments = clean(about.subject), "en-GB", ""
    core.last_modified_by = clean(about.board)
    if about.on:
        core.created = core.modified = datetime.combine(about.on, time())
    for name, points in SIZES.items():
        _plain(document.styles[name], points)
    _speak_british(document)
    section.header.paragraphs[0].text = clean(f"{about.draft} {about.running}".strip())
    foot = section.footer.paragraphs[0]
    foot.add_run("Page ")
    _field(foot, "PAGE")
    foot.add_run(" of ")
    _field(foot, "NUMPAGES")
    return document


def saved(document: Document) -> bytes:
    filled = io.BytesIO()
    document.save(filled)
    return filled.getvalue()


def lines(document: Document, said: Iterable[str]) -> None:
    for line in said:
        if line.strip():
            document.add_paragraph(clean(line))


def bullets(document: Document, items: Iterable[str]) -> None:
    for item in items:
        document.add_paragraph(clean(item), style="List Bullet")


def note(document: Document, text: str) -> Paragraph:
    return document.add_paragraph(clean(text), style="Caption")


def heading(document: Document, text: str, level: int) -> None:
    document.add_heading(clean(text), level)


def pairs(document: Document, rows: Sequence[tuple[str, str]]) -> None:
    """A name and what it is, row by row; the first column heads each row."""
    from docx.shared import Mm  # slow

    made = document.add_table(rows=0, cols=2, style="Table Grid")
    made.autofit = False
    made.columns[0].width, made.columns[1].width = Mm(45), Mm(115)
    for name, value in rows:
        cells = made.add_row().cells
        cells[0].width, cells[1].width = Mm(45), Mm(115)
        cells[0].paragraphs[0].add_run(clean(name)).bold = True
        cells[1].paragraphs[0].add_run(clean(value))
    _heads(document, made, row=False)


def table(document: Document, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Its header row is repeated on each page, and read out with every cell."""
    from docx.oxml import OxmlElement  # slow

    made = document.add_table(rows=1, cols=len(columns), style="Table Grid")
    for cell, column in zip(made.rows[0].cells, columns, strict=True):
        cell.paragraphs[0].add_run(clean(column)).bold = True
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in rows:
        for cell, value in zip(made.add_row().cells, row, strict=True):
            cell.paragraphs[0].add_run(clean(value))
    _heads(document, made, row=True)


def _numbering_from(document: Document, first: int) -> int:
    """A numbered list that begins at `first`; what `numbered` needs to go on with it."""
    from docx.oxml import OxmlElement  # slow
    from docx.oxml.ns import qn  # slow

    part = document.part.numbering_part.numbering_definitions._numbering
    like = document.styles["List Number"].element.pPr.numPr.numId.val
    abstract = part.num_having_numId(like).abstractNumId.val
    num = part.add_num(abstract)
    override = num.add_lvlOverride(ilvl=0)
    begin = OxmlElement("w:startOverride")
    begin.set(qn("w:val"), str(first))
    override.append(begin)
    return int(num.numId)


def numbered(document: Document, items: Iterable[str], *, first: int) -> None:
    """Word counts them itself, beginning at `first`."""
    number = _numbering_from(document, first)
    for item in items:
        made = document.add_paragraph(clean(item), style="List Number")
        properties = made._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = number


def clean(text: str) -> str:
    """What a file of Word's can hold; the rest is shown as what it is."""
    return written_out(text)


def _heads(document: Document, made: Table, *, row: bool) -> None:
    """Say which cells head the others: the first row, or the first column."""
    from docx.oxml.ns import qn  # slow

    look = made._tbl.tblPr.find(qn("w:tblLook"))
    for name, value in {"firstRow": row, "firstColumn": not row}.items():
        look.set(qn(f"w:{name}"), "1" if value else "0")
    document.add_paragraph().paragraph_format.space_after = 0


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
