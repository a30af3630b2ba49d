import io
import signal
import subprocess
import sys
import time
from datetime import date

import pikepdf
import pytest
from django.test import override_settings

from peerchallenge.shared.pdf import MOST_CHARACTERS, RenderingFailed, render_html, render_pdf
from tests.pdfs import faults

HEAD = '<!DOCTYPE html><html lang="en-GB"><head><title>A page</title></head>'
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.locmem.Loader",
                    {
                        "page.html": HEAD.replace("A page", "{{ title }}")
                        + '<meta name="dcterms.created" content="{{ created|date:"Y-m-d" }}">'
                        + "<h1>{{ title }}</h1><p>{{ text }}</p>",
                        "page.css": "html { font-family: 'Liberation Sans', 'DejaVu Sans' }",
                    },
                )
            ]
        },
    }
]


@pytest.fixture(autouse=True)
def _small_templates():
    with override_settings(TEMPLATES=TEMPLATES):
        yield


def pdf_of(text: str) -> bytes:
    return render_pdf(
        "page.html",
        {"text": text},
        title="A page",
        stylesheet="page.css",
        created=date(2027, 3, 4),
    )


def words_in(pdf: bytes) -> str:
    run = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return run.stdout.decode()


def why_not(text: str) -> str:
    with pytest.raises(RenderingFailed) as failed:
        pdf_of(text)
    assert str(failed.value) == failed.value.reason
    return failed.value.reason


def test_a_page_breaks_no_rule_of_pdf_ua_1_and_of_pdf_a_2a() -> None:
    assert faults(pdf_of("Some text")) == []


def test_text_is_escaped() -> None:
    assert "<b>not bold</b> & so on" in words_in(pdf_of("<b>not bold</b> & so on"))


def test_the_same_input_gives_the_same_bytes() -> None:
    first = pdf_of("Some text")
    time.sleep(1.1)  # a second is the resolution of a PDF's dates
    assert pdf_of("Some text") == first


def test_another_text_gives_another_identifier() -> None:
    identifiers = {
        bytes(pikepdf.open(io.BytesIO(pdf_of(text))).trailer.ID[0]) for text in ("one", "two")
    }
    assert len(identifiers) == 2


def test_the_date_is_the_one_given_and_no_clock_is_read() -> None:
    document = pikepdf.open(io.BytesIO(pdf_of("Some text")))
    info = document.docinfo
    assert str(info["/CreationDate"]) == "D:20270304"
    assert "/ModDate" not in info


@pytest.mark.parametrize(
    "text", ["Ŵyn Llŷr", "Zoë Łukasiewicz", "Ħal Ștefan", "Ελλάδα", "Київ", "محمد", "✓≥½→…"]
)
def test_names_of_many_languages_are_printed(text: str) -> None:
    pdf = pdf_of(text)
    assert text in words_in(pdf)
    assert faults(pdf) == []


def test_a_character_that_no_font_has_is_named() -> None:
    assert why_not("汉 and 汉, then ﷺ") == (
        "No font installed here can print: 汉 (U+6C49), ﷺ (U+FDFA)"
    )


def test_control_characters_and_half_surrogates_are_named() -> None:
    assert why_not("a\x00b\x1bc\ud800") == (
        "The text holds control characters that cannot be printed: U+0000, U+001B, U+D800"
    )


def test_a_word_processors_line_break_is_a_space() -> None:
    assert "one two" in words_in(pdf_of("one\x0btwo"))


def test_a_document_that_is_too_long_is_refused_before_it_costs_anything() -> None:
    started = time.monotonic()
    assert "too long" in why_not("word " * (MOST_CHARACTERS // 5))
    assert time.monotonic() - started < 1


def test_a_document_of_too_many_small_pieces_is_refused_before_it_costs_anything() -> None:
    with pytest.raises(RenderingFailed, match="too long: 20,006 tags, at most 10,000"):
        render_html(HEAD + "<p>x</p>" * 10_000, stylesheet="page.css")


def test_a_document_of_too_many_pages_is_refused() -> None:
    with pytest.raises(RenderingFailed, match="too long: 101 pages"):
        render_html(
            HEAD + "<p style='break-after: page'>x</p>" * 100 + "<p>x</p>", stylesheet="page.css"
        )


def test_a_document_that_refers_to_something_outside_fails() -> None:
    with pytest.raises(RenderingFailed, match=r"http://192\.0\.2\.1/logo\.png, which is not"):
        render_html(HEAD + '<img alt="x" src="http://192.0.2.1/logo.png">', stylesheet="page.css")


def test_a_document_that_would_have_a_hole_fails() -> None:
    with pytest.raises(RenderingFailed, match="would have a hole"):
        render_html(HEAD + '<img alt="x" src="logo.png">', stylesheet="page.css")


def test_a_failure_does_not_spoil_the_next_document() -> None:
    good = pdf_of("Some text")
    why_not("汉")
    with pytest.raises(RenderingFailed):
        render_html(HEAD + '<link rel="stylesheet" href="file:///x">', stylesheet="page.css")
    assert pdf_of("Some text") == good


def test_a_document_whose_time_is_up_does_not_hold_up_the_next() -> None:
    good = pdf_of("Some text")

    def time_is_up(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, time_is_up)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with pytest.raises(TimeoutError):
            pdf_of("word " * 12_000)  # seconds
    finally:
        signal.signal(signal.SIGALRM, before)
    assert pdf_of("Some text") == good


def test_a_process_that_only_knows_how_to_render_has_not_loaded_the_engine() -> None:
    code = "import sys, peerchallenge.shared.pdf; print('weasyprint' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
