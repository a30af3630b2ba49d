"""Hostile PDFs and pictures, and whole ones to begin from."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.guarantees import good_files as good

ENDINGS = ("pdf", "docx", "xlsx", "pptx", "png", "jpg")


@dataclass(frozen=True)
class Hostile:
    wrong: str
    name: str
    body: bytes


@cache
def whole(ending: str) -> bytes:
    makers = {
        "pdf": good.pdf,
        "docx": good.docx,
        "xlsx": good.xlsx,
        "pptx": good.pptx,
        "png": good.png,
        "jpg": good.jpeg,
    }
    return makers[ending]()


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def drawn(width: int, height: int, data: bytes = b"", more: bytes = b"") -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    image = chunk(b"IDAT", zlib.compress(data))
    return b"\x89PNG\r\n\x1a\n" + head + more + image + chunk(b"IEND", b"")


def pictures() -> Iterator[Hostile]:
    for width, height in ((65_535, 65_535), (1, 65_535), (30_000, 30_000), (2**31 - 1, 1), (0, 0)):
        yield Hostile(f"{width} by {height} pixels", "a.png", drawn(width, height))
    huge = bytearray(whole("jpg"))
    at = huge.index(b"\xff\xc0") + 5
    huge[at : at + 4] = struct.pack(">HH", 65_535, 65_535)
    yield Hostile("65,535 by 65,535 pixels", "a.jpg", bytes(huge))
    yield Hostile("no lines at all", "a.png", drawn(100, 100))
    text = chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(80 << 20)))
    yield Hostile("80 MB of remarks", "a.png", drawn(10, 10, bytes(310), text))
    yield Hostile(
        "a part longer than the file", "a.png", whole("png")[:33] + b"\x7f\xff\xff\xffIDATx"
    )
    yield Hostile(
        "a segment longer than the file", "a.jpg", b"\xff\xd8\xff\xe1\xff\xff" + bytes(90)
    )
    yield Hostile("two pictures", "a.jpg", whole("jpg") * 2)
    yield Hostile("two pictures", "a.png", whole("png") * 2)


def pdfs() -> Iterator[Hostile]:
    script = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
    actions = {
        "a script": script,
        "a program to start": Dictionary(S=Name.Launch, F="cmd.exe"),
        "a form to send": Dictionary(S=Name.SubmitForm, F="https://example.org/"),
        "another document": Dictionary(S=Name.GoToR, F="\\\\example.org\\a.pdf"),
        "an inner document": Dictionary(S=Name.GoToE),
        "data to fetch": Dictionary(S=Name.ImportData, F="a.fdf"),
        "a film": Dictionary(S=Name.Rendition),
        "a sound": Dictionary(S=Name.Sound),
        "a script after a link": Dictionary(S=Name.URI, URI="https://example.org", Next=script),
    }
    for wrong, action in actions.items():
        yield Hostile(f"{wrong} at opening", "a.pdf", with_pdf(OpenAction=action))
        page = Dictionary(AA=Dictionary(O=action))
        yield Hostile(f"{wrong} on a page", "a.pdf", with_pdf(Hidden=Array([page])))
        note = Dictionary(Type=Name.Annot, Subtype=Name.Link, A=action)
        yield Hostile(f"{wrong} in a note", "a.pdf", with_pdf(Hidden=Array([Array([note])])))
    inner = Dictionary(Type=Name.Filespec, F="a.exe", EF=Dictionary())
    yield Hostile(
        "a file inside", "a.pdf", with_pdf(Names=Dictionary(EmbeddedFiles=Array([inner])))
    )
    yield Hostile("a film inside", "a.pdf", with_pdf(Hidden=Dictionary(Subtype=Name.RichMedia)))
    yield Hostile("a form of another kind", "a.pdf", with_pdf(AcroForm=Dictionary(XFA="a")))
    hidden = with_pdf(OpenAction=script).replace(b"/JavaScript", b"/Java#53cript")
    yield Hostile("a script by another spelling", "a.pdf", hidden)
    for wrong, key in (("a password", "secret"), ("restrictions", "")):
        yield Hostile(wrong, "a.pdf", encrypted(key))
    yield Hostile("a bomb among its objects", "a.pdf", object_bomb())
    body = whole("pdf")
    yield Hostile(
        "a table that points nowhere", "a.pdf", body.replace(b"startxref\n", b"startxref\n9")
    )
    yield Hostile("only a header", "a.pdf", b"%PDF-1.7\n%%EOF\n")
    yield Hostile("no pages", "a.pdf", without_pages())


def with_pdf(**more: object) -> bytes:
    kept = io.BytesIO()
    with pikepdf.open(io.BytesIO(whole("pdf"))) as document:
        for key, value in more.items():
            document.Root[f"/{key}"] = value
        document.save(kept, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return kept.getvalue()


def encrypted(password: str) -> bytes:
    kept = io.BytesIO()
    with pikepdf.open(io.BytesIO(whole("pdf"))) as document:
        document.save(kept, encryption=pikepdf.Encryption(owner="owner", user=password))
    return kept.getvalue()


def without_pages() -> bytes:
    kept = io.BytesIO()
    with pikepdf.new() as document:
        document.save(kept)
    return kept.getvalue()


def object_bomb() -> bytes:
    """Objects packed a thousandfold: 4 GB once unfolded."""
    mega = zlib.compressobj(9)
    packed = b"".join(mega.compress(b" " * (1 << 20)) for _ in range(4_000)) + mega.flush()
    stream = (
        b"1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n"
        % len(packed)
        + packed
        + b"\nendstream\nendobj\n"
    )
    body = b"%PDF-1.7\n" + stream
    rows = struct.pack(">BIH", 0, 0, 65_535) + struct.pack(">BIH", 1, 9, 0)
    rows += struct.pack(">BIH", 2, 1, 0) + struct.pack(">BIH", 1, len(body), 0)
    table = zlib.compress(rows)
    head = (
        b"3 0 obj\n<</Type/XRef/Size 4/W[1 4 2]/Root 2 0 R/Filter/FlateDecode/Length %d>>\nstream\n"
    )
    return (
        body
        + head % len(table)
        + table
        + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(body)
    )
