import hashlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.template.loader import render_to_string

from bench.sample_letters import sample_letter
from feedback.documents import letter_filename, render_letter_pdf
from feedback.models.content import LetterContent, LetterPart, ThemeFindings
from tests.pdfs import faults

ROOT = Path(__file__).parents[2]
PALETTE = dict(re.findall(r'"(\w+)": (#\w{6})', (ROOT / "static/src/_palette.scss").read_text()))
BARE = LetterContent(
    reference="SW-2027-009",
    host="Dorset",
    challenger="Swindon",
    area="adoption",
    board="South West Children’s Improvement Board",
    round_name="2026-27",
    issued_on=date(2027, 3, 4),
)
LONG_NAMES = {
    "host": "Bournemouth, Christchurch and Poole",
    "challenger": "Bath and North East Somerset",
    "area": "the response to domestic violence referrals and the children behind them",
    "recipient_name": "Dr Wilhelmina Featherstonehaugh-Cholmondeley",
}


@pytest.fixture(scope="module")
def issued() -> bytes:
    return render_letter_pdf(sample_letter(1))


@pytest.fixture
def document(issued: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(issued)) as opened:
        yield opened


def text_of(pdf: bytes) -> str:
    run = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return run.stdout.decode()


def flat(text: str) -> str:
    return " ".join(text.split())


def elements(node: Any) -> Iterator[Any]:
    """Every structure element below, in reading order."""
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from elements(child)


def tags(document: pikepdf.Pdf) -> list[str]:
    return [str(e.S).removeprefix("/") for e in elements(document.Root.StructTreeRoot)]


def bookmarks(items: Any, depth: int = 1) -> Iterator[tuple[int, str]]:
    for item in items:
        yield depth, item.title
        yield from bookmarks(item.children, depth + 1)


def says(html: str) -> str:
    """What the page says, without its tags."""
    return flat("".join(piece.partition(">")[2] + " " for piece in html.split("<")))


@pytest.mark.parametrize(
    "content",
    [
        sample_letter(1),
        sample_letter(2, **LONG_NAMES, version=2, supersedes="SW-2027-002, version 1"),
        sample_letter(3, rounds_of_themes=4),
        sample_letter(4, themes=(ThemeFindings("Leadership", strengths=("One strength.",)),)),
        sample_letter(5, issued_on=None),
        BARE,
    ],
    ids=["ten areas", "long names", "forty areas", "one finding", "draft", "nothing said"],
)
def test_every_letter_breaks_no_rule_of_pdf_ua_1_and_of_pdf_a_2a(content: LetterContent) -> None:
    assert faults(render_letter_pdf(content)) == []


def test_a_letter_with_fourteen_findings_is_four_to_six_pages(document: pikepdf.Pdf) -> None:
    assert 4 <= len(document.pages) <= 6


def test_the_reader_is_told_language_and_title(document: pikepdf.Pdf) -> None:
    title = f"Peer challenge feedback: {sample_letter(1).area} ({sample_letter(1).host})"
    assert str(document.Root.Lang) == "en-GB"
    assert document.Root.ViewerPreferences.DisplayDocTitle
    assert document.Root.MarkInfo.Marked
    assert str(document.docinfo["/Title"]) == title
    with document.open_metadata() as metadata:
        assert metadata["dc:title"] == title
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"


def test_headings_start_with_one_h1_and_skip_no_level(document: pikepdf.Pdf) -> None:
    levels = [int(tag[1]) for tag in tags(document) if tag in {"H1", "H2", "H3", "H4", "H5", "H6"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert max(after - before for before, after in pairwise(levels)) == 1
    assert levels.count(3) == len(sample_letter(1).themes)


def test_bookmarks_follow_the_headings(document: pikepdf.Pdf) -> None:
    with document.open_outline() as outline:
        marks = list(bookmarks(outline.root))
    assert marks[0] == (1, sample_letter(1).title)
    assert (2, "What we found") in marks
    assert [title for depth, title in marks if depth == 3] == [
        theme.theme for theme in sample_letter(1).themes
    ]


def test_every_table_cell_knows_its_header(document: pikepdf.Pdf) -> None:
    cells = list(elements(document.Root.StructTreeRoot))
    headers = [cell for cell in cells if cell.S == "/TH"]
    known = {str(cell.ID) for cell in headers}
    assert {str(cell.A.Scope) for cell in headers} == {"/Column", "/Row"}
    data = [cell for cell in cells if cell.S == "/TD"]
    assert data
    assert all(str(h) in known for cell in data for h in cell.A.Headers)
    assert all(len(cell.A.Headers) for cell in data)


def test_lists_are_lists_with_labels(document: pikepdf.Pdf) -> None:
    content = sample_letter(1)
    said = sum(len(t.strengths) + len(t.areas) + len(t.good_practice) for t in content.themes)
    listed = sum(len(block.items) for part in content.opening for block in part.blocks)
    found = tags(document)
    assert found.count("LI") == found.count("Lbl") == found.count("LBody") == said + listed


def test_no_picture_goes_without_words(document: pikepdf.Pdf) -> None:
    assert "Figure" not in tags(document)
    assert all(not len(sheet.Resources.XObject) for sheet in document.pages)


def test_every_font_is_embedded_and_only_in_part(issued: bytes) -> None:
    run = subprocess.run(["pdffonts", "-"], input=issued, capture_output=True, check=True)
    rows = [row.split() for row in run.stdout.decode().splitlines()[2:]]
    assert rows
    assert all(row[0][6] == "+" and row[-5:-2] == ["yes", "yes", "yes"] for row in rows)
    assert len(issued) < 60_000


def test_nothing_runs_and_nothing_is_attached(document: pikepdf.Pdf) -> None:
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(document.Root.keys())
    assert set(document.Root.Names.keys()) == {"/Dests"}
    assert all("/Annots" not in sheet for sheet in document.pages)


def test_the_letter_says_all_that_its_content_says(issued: bytes) -> None:
    content, text = sample_letter(1), flat(text_of(issued))
    spoken = [
        *(t for theme in content.themes for t in (theme.theme, *theme.strengths, *theme.areas)),
        *(t for theme in content.themes for t in theme.good_practice),
        *(block.paragraph for part in content.opening for block in part.blocks),
        *(part.heading for part in (*content.opening, *content.closing)),
        *(step.who for step in content.next_steps),
        *(member.name for member in content.team),
        *(content.board, content.reference, content.salutation, content.signatory_post),
        *(content.verify_at, content.short_fingerprint, content.approved_by_name),
    ]
    # A page may end in the middle of a sentence: its footer stands between the two halves.
    assert [words for words in spoken if words not in text and len(words) < 150] == []
    printed = set(text.replace(",", "").split())
    assert [words for words in spoken if not set(words.replace(",", "").split()) <= printed] == []


def test_the_screen_says_what_the_pdf_says(issued: bytes) -> None:
    screen = says(render_to_string("feedback/letter_body.html", {"letter": sample_letter(1)}))
    printed = set(text_of(issued).split())
    assert [word for word in screen.replace("&amp;", "&").split() if word not in printed] == []


def test_areas_are_numbered_through_the_letter(issued: bytes) -> None:
    lines = [line.split(".")[0] for line in text_of(issued).splitlines()]
    assert [int(start) for start in lines if start.isdigit()] == list(range(1, 11))
    screen = render_to_string("feedback/letter_body.html", {"letter": sample_letter(1)})
    assert [part.split('"')[0] for part in screen.split('start="')[1:]] == ["1", "3", "6", "8"]


def test_every_page_says_which_letter_and_which_page_it_is(document: pikepdf.Pdf) -> None:
    buffer = io.BytesIO()
    document.save(buffer)
    pages = text_of(buffer.getvalue()).split("\f")[:-1]
    for number, printed in enumerate(pages, start=1):
        assert f"{sample_letter(1).reference} · {sample_letter(1).host}" in printed
        assert f"Page {number} of {len(pages)}" in printed


def test_a_draft_says_so_and_an_issued_letter_does_not(issued: bytes) -> None:
    draft = text_of(render_letter_pdf(sample_letter(1, issued_on=None)))
    assert "Draft. Not issued" in draft
    assert "Approved for issue" not in draft
    assert "Draft" not in text_of(issued)


def test_a_letter_that_replaces_another_says_which_and_why() -> None:
    content = replace(BARE, version=2, supersedes="SW-2027-003", supersedes_reason="a wrong date")
    text = flat(text_of(render_letter_pdf(content)))
    assert "Version 2" in text
    assert "Replaces SW-2027-003: a wrong date" in text


def test_a_word_wider_than_the_page_is_broken_and_not_cut_off() -> None:
    word = "Supercalifragilistic" * 12
    pdf = render_letter_pdf(replace(BARE, opening=(LetterPart("", word),)))
    assert word in "".join(text_of(pdf).split())


@pytest.mark.parametrize("colour", PALETTE)
def test_each_colour_of_the_screen_gives_the_letterhead_its_band(colour: str) -> None:
    pdf = render_letter_pdf(replace(BARE, colour=colour))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        fills = [
            [round(255 * float(part)) for part in step.operands]
            for step in pikepdf.parse_content_stream(opened.pages[0])
            if str(step.operator) == "rg"
        ]
    assert list(bytes.fromhex(PALETTE[colour][1:])) in fills


def test_the_same_letter_gives_the_same_bytes_in_other_processes(issued: bytes) -> None:
    code = (
        "import django, hashlib; django.setup()\n"
        "from bench.sample_letters import sample_letter\n"
        "from feedback.documents import render_letter_pdf\n"
        "render_letter_pdf(sample_letter(2))\n"
        "print(hashlib.sha256(render_letter_pdf(sample_letter(1))).hexdigest())"
    )
    hashes = {hashlib.sha256(issued).hexdigest()}
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "UTC")):
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "peerchallenge.settings",
            "PYTHONHASHSEED": seed,
            "TZ": zone,
        }
        run = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, check=True
        )
        hashes.add(run.stdout.decode().strip())
    assert len(hashes) == 1


def test_a_downloaded_letter_has_a_plain_name() -> None:
    content = replace(BARE, host='Bath & "North East" Somerset/../Ŵ')
    assert letter_filename(content) == ("sw-2027-009-bath-north-east-somersetw-feedback-letter.pdf")


def test_no_line_ends_between_a_day_and_its_month() -> None:
    part = LetterPart("From 4 March", "Seen on 14 March 2027 & 5 <May>, 12 Marches on.")
    html = render_to_string("feedback/letter_body.html", {"letter": replace(BARE, parts=(part,))})
    assert "From 4\N{NO-BREAK SPACE}March</h2>" in html
    assert "on 14\N{NO-BREAK SPACE}March 2027 &amp; 5 &lt;May&gt;, 12 Marches on.</p>" in html
