"""Files that somebody means harm with, or that are broken: each with what is wrong with it."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Iterator

from tests.guarantees import good_files as good
from tests.guarantees.hostile_pictures import ENDINGS, Hostile, pdfs, pictures, whole

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
CHANCE = random.Random(11)


def hostile_files() -> list[Hostile]:
    return [
        *disguised(),
        *broken(),
        *polyglots(),
        *wrong_endings(),
        *office_parts(),
        *bombs(),
        *zips(),
        *pictures(),
        *pdfs(),
    ]


INSIDE = {
    "a page": b"<!DOCTYPE html><script>alert(1)</script>",
    "a drawing": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "a script": b"fetch('https://example.org/')",
    "a program": b"MZ\x90\x00" + bytes(200),
    "a Unix program": b"\x7fELF" + bytes(200),
    "a shell script": b"#!/bin/sh\nid\n",
    "an archive": b"Rar!\x1a\x07\x00" + bytes(100),
    "an old document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "EICAR": EICAR,
    "text": b"Plain text.",
    "a NUL": b"\x00",
    "a GIF": b"GIF89a" + bytes(60),
    "XML": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
}


def disguised() -> Iterator[Hostile]:
    for ending in ENDINGS:
        for what, body in INSIDE.items():
            yield Hostile(f"{what} called {ending}", f"report.{ending}", body)
        for other in ENDINGS:
            if other != ending:
                yield Hostile(f"{other} called {ending}", f"report.{ending}", whole(other))


def broken() -> Iterator[Hostile]:
    for ending in ENDINGS:
        body = whole(ending)
        yield Hostile("empty", f"report.{ending}", b"")
        for part in (4, 2, 1.2):
            cut = body[: int(len(body) / part)]
            yield Hostile(f"cut to 1/{part} of a {ending}", f"report.{ending}", cut)
        yield Hostile(f"last bytes of a {ending} gone", f"report.{ending}", body[:-12])
        yield Hostile(f"zeros for a {ending}", f"report.{ending}", bytes(len(body)))
        yield Hostile(f"noise for a {ending}", f"report.{ending}", CHANCE.randbytes(5_000))


def polyglots() -> Iterator[Hostile]:
    """Another file before, behind, or around."""
    zipped = good.packed({"run.js": "alert(1)"})
    for ending in ENDINGS:
        body = whole(ending)
        for what in ("a page", "a program", "a shell script"):
            yield Hostile(f"{what} before a {ending}", f"a.{ending}", INSIDE[what] + body)
            yield Hostile(f"{what} behind a {ending}", f"a.{ending}", body + INSIDE[what])
        yield Hostile(f"an archive behind a {ending}", f"a.{ending}", body + zipped)
        yield Hostile(f"EICAR behind a {ending}", f"a.{ending}", body + EICAR)
        ended = zipped[:-2] + struct.pack("<H", 6) + b"\n%%EOF"
        yield Hostile(f"an archive that ends as a PDF, {ending}", f"a.{ending}", body + ended)


def wrong_endings() -> Iterator[Hostile]:
    names = """
        a.html a.htm a.svg a.js a.exe a.docm a.xlsm a.pptm a.doc a.xls a.ppt a.zip a.7z
        a.rar a.tar a.iso a.lnk a.msi a.bat a.ps1 a.vbs a.hta a.jar a.py a.php a.xml a.txt
        a.csv a.rtf a.gif a.webp a.heic a.tiff a.swf a.dotm a.xlsb a.ppsm a.odt a.pdf.exe
        a.pdf. a.pdf% pdf . .. a
    """
    for name in names.split():
        yield Hostile("an ending that is not taken", name, whole("pdf"))
    for name in ("a.fdp.\u202ecod", "a.pdf\u202e.exe", "a.pdf/x.exe", "a.pdf\\x.svg", "", " "):
        yield Hostile("an ending hidden in the name", name, whole("pdf"))
    yield Hostile("an ending 5,000 characters on", "a" * 5_000 + ".exe", whole("pdf"))


MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def changed(ending: str, more: dict[str, bytes | str]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(whole(ending))) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return good.packed({**parts, **more})


def relation(kind: str, target: str) -> str:
    return (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="x1" Type="{RELATIONS}/{kind}" Target="{target}" '
        'TargetMode="External"/></Relationships>'
    )


def office_parts() -> Iterator[Hostile]:
    folder = {"docx": "word", "xlsx": "xl", "pptx": "ppt"}
    for ending, top in folder.items():
        parts: dict[str, dict[str, bytes | str]] = {
            "macros": {f"{top}/vbaProject.bin": INSIDE["an old document"]},
            "macros by another case": {f"{top}/VBAproject.BIN": b"x"},
            "macro data": {f"{top}/vbaData.xml": "<a/>"},
            "an ActiveX control": {f"{top}/activeX/activeX1.xml": "<a/>"},
            "an OLE object": {f"{top}/embeddings/oleObject1.bin": INSIDE["an old document"]},
            "a program inside": {f"{top}/media/image1.png": INSIDE["a program"]},
            "a page inside": {f"{top}/page.html": INSIDE["a page"]},
            "a script inside": {f"{top}/run.js": "alert(1)"},
            "an archive inside": {f"{top}/media/image9.png": good.packed({"a": "b"})},
            "a PDF inside": {f"{top}/embeddings/a.pdf": whole("pdf")},
            "EICAR inside": {f"{top}/note.xml": EICAR},
            "an entity": {f"{top}/note.xml": INSIDE["XML"]},
            "an entity in UTF-16": {f"{top}/note.xml": "<!DOCTYPE a []><a/>".encode("utf-16")},
            "many laughs": {
                f"{top}/note.xml": '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
            },
            "a ribbon of its own": {"customUI/customUI.xml": "<a/>"},
            "a web extension": {"word/webextensions/webextension1.xml": "<a/>"},
            "a template elsewhere": {
                f"{top}/_rels/more.xml.rels": relation(
                    "attachedTemplate", "https://example.org/a.dotm"
                )
            },
            "a picture elsewhere": {
                f"{top}/_rels/more.xml.rels": relation("image", "\\\\example.org\\share\\a.png")
            },
            "an object elsewhere": {
                f"{top}/_rels/more.xml.rels": relation("oleObject", "mhtml:https://example.org/a")
            },
            "a link that runs": {
                f"{top}/_rels/more.xml.rels": relation("hyperlink", "javascript:alert(1)")
            },
            "a link to a share": {
                f"{top}/_rels/more.xml.rels": relation("hyperlink", "file://example.org/share")
            },
            "broken relations": {f"{top}/_rels/more.xml.rels": "<Relationships"},
            "another workbook": {f"{top}/externalLinks/externalLink1.xml": "<a/>"},
            "macros by type": {"[Content_Types].xml": f'<Types><Override ContentType="{MACROS}"/>'},
            "no types": {"[Content_Types].xml": "<Types/>"},
        }
        for wrong, more in parts.items():
            yield Hostile(f"{wrong}, {ending}", f"a.{ending}", changed(ending, more))
    yield Hostile("a macro sheet", "a.xlsx", changed("xlsx", {"xl/macrosheets/sheet1.xml": "<a/>"}))
    field = "<w:instrText>DDEAUTO c:\\\\windows\\\\cmd.exe</w:instrText>"
    yield Hostile("a field that runs", "a.docx", changed("docx", {"word/more.xml": field}))


def bombs() -> Iterator[Hostile]:
    """Small to send, large to open."""
    for ending in ("docx", "xlsx", "pptx"):
        mega = bytes(1 << 20)
        yield Hostile(
            f"130 MB of zeros, {ending}", f"a.{ending}", changed(ending, {"a.xml": mega * 130})
        )
        yield Hostile(
            f"40 MB of spaces, {ending}",
            f"a.{ending}",
            changed(ending, {"a.xml": b" " * (40 << 20)}),
        )
        many = {f"p/{number}.xml": b"" for number in range(3_100)}
        yield Hostile(f"3,100 parts, {ending}", f"a.{ending}", changed(ending, many))
        nested = good.packed({"a.xml": mega * 30})
        for _ in range(4):
            nested = good.packed({f"{number}.zip": nested for number in range(4)})
        yield Hostile(
            f"archives in archives, {ending}", f"a.{ending}", changed(ending, {"m/a.xml": nested})
        )
        inner = changed("xlsx", {"a.xml": mega * 60})
        top = {"docx": "word", "xlsx": "xl", "pptx": "ppt"}[ending]
        book = {f"{top}/embeddings/book.xlsx": inner}
        yield Hostile(
            f"a bomb in a chart's workbook, {ending}", f"a.{ending}", changed(ending, book)
        )
        yield Hostile(f"parts upon parts, {ending}", f"a.{ending}", overlapping(ending))
        yield Hostile(f"a length that lies, {ending}", f"a.{ending}", lying(ending))


def overlapping(ending: str) -> bytes:
    """Two entries that share one stretch of the file."""
    body = bytearray(whole(ending))
    entries = [at for at in range(len(body) - 4) if body[at : at + 4] == b"PK\x01\x02"]
    first, second = entries[0] + 42, entries[1] + 42
    body[second : second + 4] = body[first : first + 4]
    return bytes(body)


def lying(ending: str) -> bytes:
    """It says that it unfolds to ten bytes."""
    body = bytearray(whole(ending))
    at = body.index(b"PK\x01\x02") + 24
    body[at : at + 4] = struct.pack("<I", 10)
    return bytes(body)


def zips() -> Iterator[Hostile]:
    names = (
        "../../etc/a.xml",
        "/etc/a.xml",
        "..\\a.xml",
        "C:\\a.xml",
        "a\nb.xml",
        "word/../../a.xml",
    )
    for ending in ("docx", "xlsx", "pptx"):
        for name in names:
            body = changed(ending, {name: "<a/>"})
            yield Hostile(f"a part called {name!r}, {ending}", f"a.{ending}", body)
        body = bytearray(whole(ending))
        at = body.index(b"PK\x01\x02") + 8
        body[at] |= 1
        yield Hostile(f"a password on a part, {ending}", f"a.{ending}", bytes(body))
        body = bytearray(whole(ending))
        at = body.index(b"PK\x01\x02") + 10
        body[at : at + 2] = struct.pack("<H", 97)
        yield Hostile(f"an unknown packing, {ending}", f"a.{ending}", bytes(body))
        body = bytearray(whole(ending))
        body[60] ^= 0xFF
        yield Hostile(f"a wrong checksum, {ending}", f"a.{ending}", bytes(body))
        yield Hostile(f"a comment, {ending}", f"a.{ending}", whole(ending)[:-2] + b"\x04\x00boo!")
        twice = changed(ending, {"[content_types].XML": "<Types/>"})
        yield Hostile(f"the same part twice, {ending}", f"a.{ending}", twice)
