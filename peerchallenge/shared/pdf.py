"""A Django template as an accessible PDF that keeps (PDF/UA-1 and PDF/A-2a): nothing fetched, same
input, same bytes.

WeasyPrint is imported inside functions only, because it is *slow* (half a second, 40 MB): the web
process never renders and never pays for it. A task that renders is guarded by Celery's hard time
limit, which ends the worker's child process.
"""

import atexit
import hashlib
import logging
import os
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.template import engines
from django.template.loader import render_to_string
from django.utils import translation

from peerchallenge.shared.streams import is_doubtful, write_streams
from peerchallenge.shared.xmp import say_accessible

if TYPE_CHECKING:
    from weasyprint import CSS, Document
    from weasyprint.css import ColorProfile
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher


@dataclass(frozen=True)
class Limits:
    """What is refused here never has to be stopped while it is laid out."""

    characters: int
    tags: int
    pages: int


# Many times the longest letter, and at most ten seconds and 300 MB.
MOST_CHARACTERS, MOST_TAGS, MOST_PAGES = 400_000, 10_000, 100
LETTER = Limits(MOST_CHARACTERS, MOST_TAGS, MOST_PAGES)

# WeasyPrint writes one variant; what PDF/UA-1 asks for beyond this one, `_finish` adds.
VARIANT = "pdf/a-2a"
# The name inside the file of what its colours mean: those of a screen.
COLOURS = "screen"
# A template shows a picture that it was given as <img src="picture:SHA-256">.
PICTURE = "picture:"
NO_PICTURES: Mapping[str, bytes] = {}

# Line breaks that word processors leave in pasted text.
LINE_BREAKS = dict.fromkeys((0x0B, 0x0C, 0x85), " ")
# Control characters and half surrogates: they would vanish from the page without a word.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class RenderingFailed(Exception):
    """The document cannot be made; `reason` is a sentence for the person who asked for it, and
    `characters` are those of its text that are to blame."""

    would_fail_again = True  # the same document gives the same bytes, or the same failure

    def __init__(self, reason: str, characters: str = "") -> None:
        super().__init__(reason)
        self.reason, self.characters = reason, characters


def render_pdf(
    template_name: str,
    context: Mapping[str, object],
    *,
    title: str,
    stylesheet: str,
    also: str = "",
    created: date | None = None,
    limits: Limits = LETTER,
    pictures: Mapping[str, bytes] = NO_PICTURES,
) -> bytes:
    """The template as a PDF in British English; `stylesheet` is a template's name too, and so is
    `also`, which adds to it."""
    with translation.override("en-gb"):
        html = render_to_string(template_name, {**context, "title": title, "created": created})
    return render_html(html, stylesheet=stylesheet, also=also, limits=limits, pictures=pictures)


def render_html(
    html: str,
    *,
    stylesheet: str,
    also: str = "",
    limits: Limits = LETTER,
    pictures: Mapping[str, bytes] = NO_PICTURES,
) -> bytes:
    """A whole HTML page as a PDF, or RenderingFailed; it may refer to nothing outside but the
    `pictures`, SHA-256 to PNG or JPEG."""
    for most, count, what in (
        (limits.characters, len(html), "characters"),
        (limits.tags, html.count("<"), "tags"),
    ):
        if count > most:
            raise RenderingFailed(f"The document is too long: {count:,} {what}, at most {most:,}.")
    sheets = [name for name in (stylesheet, also) if name]
    rendering = _thread().submit(
        _render, html.translate(LINE_BREAKS), sheets, limits.pages, pictures
    )
    try:
        return rendering.result()
    finally:
        if not rendering.done():  # time was up: the next document does not wait behind this one
            _forget()


@cache
def _thread() -> ThreadPoolExecutor:
    """The one thread of this process that renders.

    Python gives up and takes again memory wherever a deep recursion crosses certain depths, and
    WeasyPrint recurses deeply. From a thread it always starts at the same, good depth; under a
    task's own calls one letter cost between 100 and 12,000 page faults.
    """
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="pdf")


def _render(
    html: str, stylesheets: list[str], most_pages: int, pictures: Mapping[str, bytes]
) -> bytes:
    from weasyprint import HTML  # slow
    from weasyprint.urls import FatalURLFetchingError  # slow

    _refuse_unwritable(html)
    try:
        with _complaints() as complaints:
            document = HTML(string=html, url_fetcher=_fetcher_of(pictures)).render(
                font_config=_fonts(),
                stylesheets=[_parsed(name) for name in stylesheets],
                color_profiles={COLOURS: _colours()},
                output_intent=COLOURS,
                pdf_variant=VARIANT,
                cache={},
            )
            if len(document.pages) > most_pages:
                raise RenderingFailed(
                    f"The document is too long: {len(document.pages)} pages, at most {most_pages}."
                )
            for more in range(4):  # once, but for one document in a hundred
                pdf: bytes = document.write_pdf(
                    finisher=partial(_finish, more=more),
                    output_intent=COLOURS,
                    pdf_variant=VARIANT,
                    pdf_identifier=hashlib.sha256(html.encode()).digest()[:16],
                )
                if not is_doubtful(pdf):
                    break
    # FatalURLFetchingError is a BaseException: left alone it would end the worker.
    except FatalURLFetchingError as error:
        raise RenderingFailed(str(error)) from error
    except (RenderingFailed, MemoryError):
        raise
    except Exception as error:  # whatever it stumbles over, the reason must be told
        what = f"{type(error).__name__}: {error}"[:300]
        raise RenderingFailed(f"The document cannot be laid out. {what}") from error
    if complaints:
        raise RenderingFailed(f"The document would have a hole: {complaints[0]}")
    return pdf


def _finish(document: "Document", pdf: Any, *, more: int) -> None:
    """Every character has a glyph, or it fails; every table header says its scope."""
    missing = sorted({point for font in document.fonts.values() for point in font.missing})
    if missing:
        named = ", ".join(f"{chr(point)} (U+{point:04X})" for point in missing[:10])
        raise RenderingFailed(
            f"No font installed here can print: {named}", "".join(map(chr, missing))
        )
    elements: list[Any] = [
        item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/StructElem"
    ]
    by_reference = {element.reference: element for element in elements}
    for cell in elements:
        if cell["S"] == "/TH":
            row = by_reference[cell["P"]]
            in_head = by_reference[row["P"]]["S"] == "/THead"
            cell["A"]["Scope"] = "/Column" if in_head else "/Row"
    for item in pdf.objects:
        if getattr(item, "extra", {}).get("Type") == "/Metadata":
            item.stream = [say_accessible(part) for part in item.stream]
            item.compress = False  # so that it can be read without knowing PDF
    write_streams(pdf, more=more)


def _refuse_unwritable(html: str) -> None:
    if lost := sorted(set(UNWRITABLE.findall(html))):
        named = ", ".join(f"U+{ord(c):04X}" for c in lost[:10])
        reason = f"The text holds control characters that cannot be printed: {named}"
        raise RenderingFailed(reason, "".join(lost))


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """What WeasyPrint warns of: it would leave out a picture or a rule and carry on."""
    heard: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    listener = Listener(logging.WARNING)
    logger.addHandler(listener)
    try:
        yield heard
    finally:
        logger.removeHandler(listener)


@cache
def _refusing_fetcher() -> "URLFetcher":
    from weasyprint.urls import FatalURLFetchingError, URLFetcher  # slow

    class RefusingFetcher(URLFetcher):
        """Fetches nothing, whatever the scheme; the attempt ends the rendering."""

        def fetch(self, url: str, headers: object = None) -> None:
            raise FatalURLFetchingError(
                f"The document refers to {url[:200]}, which is not fetched."
            )

    return RefusingFetcher()


def _fetcher_of(pictures: Mapping[str, bytes]) -> "URLFetcher":
    """Hands over the pictures that came with the document, and refuses all else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # slow

    if not pictures:
        return _refusing_fetcher()

    class PicturesOnly(URLFetcher):
        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            scheme, _, name = url.partition(":")
            if scheme + ":" == PICTURE and name in pictures:
                return URLFetcherResponse(url, pictures[name])
            return _refusing_fetcher().fetch(url)

    return PicturesOnly()


@cache
def _fonts() -> "FontConfiguration":
    from weasyprint.text.fonts import FontConfiguration  # slow

    return FontConfiguration()


def _colours() -> "ColorProfile":
    """WeasyPrint's own sRGB profile, anew for each document: written twice, it reads otherwise."""
    from weasyprint.css import ColorProfile  # slow

    profile = BytesIO(_profile())
    return ColorProfile(profile, "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))


@cache
def _profile() -> bytes:
    return (files("weasyprint") / "pdf" / "sRGB2014.icc").read_bytes()


@cache
def _parsed(stylesheet: str) -> "CSS":
    """The style sheet, parsed once for all documents of this process."""
    from weasyprint import CSS  # slow

    source = engines["django"].engine.get_template(stylesheet).source  # type: ignore[attr-defined]
    return CSS(string=source, font_config=_fonts(), url_fetcher=_refusing_fetcher())


def _forget() -> None:
    for held in (_thread, _parsed, _fonts):
        held.cache_clear()


# A thread does not survive a fork, nor should what Pango holds half-way through a document.
os.register_at_fork(after_in_child=_forget)
# Fonts let go after Python's own modules crash the interpreter on its way out.
atexit.register(_forget)
