"""Word, Excel and PowerPoint: a ZIP with nothing in it that runs, fetches or unfolds."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import IO
from xml.parsers import expat

from peerchallenge.shared.uploads.refusals import (
    EICAR,
    UploadRefused,
    damaged,
    hides_more,
    something_else,
)

MAIN_PART = {
    "docx": "wordprocessingml.document.main+xml",
    "xlsx": "spreadsheetml.sheet.main+xml",
    "pptx": "presentationml.presentation.main+xml",
}
SAID = {"docx": "Word (.docx)", "xlsx": "Excel (.xlsx)", "pptx": "PowerPoint (.pptx)"}
MOST_ENTRIES = 3_000
MOST_UNFOLDED = 250 * 1024 * 1024
MOST_PART = 120 * 1024 * 1024
MOST_RATIO = 250
RATIO_FROM = 1024 * 1024
MOST_RELATIONS = 4 * 1024 * 1024
_HARMLESS = """
    xml rels vml png jpg jpeg jpe gif bmp emf wmf tif tiff wdp svg ico odttf fntdata ttf wmz emz
"""
HARMLESS = frozenset(_HARMLESS.split())
OLE = b"\xd0\xcf\x11\xe0"
RUNNING = (OLE, b"MZ", b"\x7fELF", b"#!", b"%PDF-", b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf")
DOCTYPES = tuple(
    text.encode(code)
    for text in ("<!DOCTYPE", "<!ENTITY")
    for code in ("ascii", "utf-16-le", "utf-16-be")
)


def look_into_office(file: IO[bytes], size: int, kind: str, *, inside: bool = False) -> None:
    """`inside`: a workbook that a chart of another document brings with it."""
    file.seek(0)
    start = file.read(8)
    if start[:4] == OLE:
        raise UploadRefused(
            "The file is protected with a password, or in an old format. "
            f"Save it as {SAID[kind]} without a password, and attach that"
        )
    if start[:4] != b"PK\x03\x04":
        raise something_else(SAID[kind])
    try:
        with zipfile.ZipFile(file) as archive:
            _shape(archive, file, size, kind)
            _parts(archive, kind, inside=inside)
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, OSError) as error:
        raise damaged(SAID[kind]) from error
    except (RuntimeError, NotImplementedError, ValueError, UnicodeError) as error:
        raise damaged(SAID[kind]) from error


def _shape(archive: zipfile.ZipFile, file: IO[bytes], size: int, kind: str) -> None:
    """Each entry stands alone, one after the other, from the first byte to the last."""
    entries = archive.infolist()
    file.seek(max(0, size - 22))
    if archive.comment or file.read(4) != b"PK\x05\x06":
        raise hides_more(SAID[kind])
    if not entries or len(entries) > MOST_ENTRIES:
        raise _too_much(kind)
    if sum(entry.file_size for entry in entries) > MOST_UNFOLDED:
        raise _too_much(kind)
    names = [entry.filename.casefold() for entry in entries]
    if len(set(names)) < len(names):
        raise damaged(SAID[kind])
    place = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.flag_bits & 0x1:
            raise UploadRefused(
                "The file is protected with a password. Attach a copy without protection"
            )
        if entry.header_offset != place and (place == 0 or entry.header_offset < place):
            raise hides_more(SAID[kind]) if place == 0 else damaged(SAID[kind])
        file.seek(entry.header_offset)
        head = file.read(30)
        name, extra = struct.unpack("<HH", head[26:30])
        place = entry.header_offset + 30 + name + extra + entry.compress_size
        if place > archive.start_dir:
            raise damaged(SAID[kind])
        _sane(entry, kind)


def _sane(entry: zipfile.ZipInfo, kind: str) -> None:
    name = entry.orig_filename
    if re.search(r"[\x00-\x1f\x7f\\:]|(^|/)\.\.?(/|$)|^/|//", name):
        raise damaged(SAID[kind])
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise damaged(SAID[kind])
    if entry.file_size > MOST_PART:
        raise _too_much(kind)
    if entry.file_size > RATIO_FROM and entry.file_size > MOST_RATIO * entry.compress_size:
        raise _too_much(kind)


def _parts(archive: zipfile.ZipFile, kind: str, *, inside: bool) -> None:
    types = _whole(archive, "[Content_Types].xml", kind)
    if b"macroenabled" in types.lower() or b"vbaproject" in types.lower():
        raise _runs(kind)
    if MAIN_PART[kind].encode() not in types:
        raise something_else(SAID[kind])
    for entry in archive.infolist():
        if entry.is_dir():
            continue
        name = entry.filename.casefold()
        if re.search(r"vbaproject|vbadata|macrosheets|/activex/|/customui", f"/{name}"):
            raise _runs(kind)
        if "externallinks/" in name or "webextensions/" in name:
            raise _reaches_out(kind)
        embedded = "/embeddings/" in name
        ending = name.rpartition(".")[2]
        if embedded and ending == "xlsx" and not inside:
            _workbook(archive, entry, kind)
        elif embedded or (ending not in HARMLESS and "printersettings" not in name):
            raise UploadRefused(
                "The file has another file inside it. Take that out, and attach it by itself"
            )
        else:
            _part(archive, entry, kind)
        if ending == "rels":
            _relations(_whole(archive, entry.filename, kind), kind)


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, kind: str) -> None:
    """Unfolded block by block, no further than it says it is long."""
    said_as_xml = entry.filename.casefold().endswith(("xml", "rels", "vml"))
    tail, first = b"", True
    with archive.open(entry) as part:
        while block := part.read(1 << 16):
            if first and block.startswith(RUNNING):
                raise UploadRefused(
                    "The file has another file inside it. Take that out, and attach it by itself"
                )
            seen = tail + block
            if EICAR in seen:
                raise UploadRefused(
                    "The file is one that virus scanners stop. Have your own IT look at it first"
                )
            if said_as_xml and any(word in seen for word in DOCTYPES):
                raise damaged(SAID[kind])
            if said_as_xml and (b"DDEAUTO" in seen or b">DDE " in seen or b"> DDE " in seen):
                raise _reaches_out(kind)
            tail, first = seen[-64:], False


def _workbook(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, kind: str) -> None:
    if entry.file_size > MOST_PART // 4:
        raise _too_much(kind)
    data = archive.read(entry)
    look_into_office(io.BytesIO(data), len(data), "xlsx", inside=True)


def _whole(archive: zipfile.ZipFile, name: str, kind: str) -> bytes:
    try:
        entry = archive.getinfo(name)
    except KeyError as error:
        raise something_else(SAID[kind]) from error
    if entry.file_size > MOST_RELATIONS:
        raise _too_much(kind)
    return archive.read(entry)


def _relations(xml: bytes, kind: str) -> None:
    """Only a link that somebody has to press may lead out of the file."""

    def start(_: str, attributes: dict[str, str]) -> None:
        outward = attributes.get("TargetMode", "").casefold() == "external"
        link = attributes.get("Type", "").endswith("/hyperlink")
        safe = re.match(r"(?:https?:|mailto:|tel:|#)", attributes.get("Target", ""), re.IGNORECASE)
        if outward and not (link and safe):
            raise _reaches_out(kind)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(xml, True)  # noqa: FBT003
    except expat.ExpatError as error:
        raise damaged(SAID[kind]) from error


def _too_much(kind: str) -> UploadRefused:
    return UploadRefused(
        "The file unfolds to more than any document holds. "
        f"Open it, save it again as {SAID[kind]}, and attach that"
    )


def _runs(kind: str) -> UploadRefused:
    return UploadRefused(
        f"The file holds macros or controls. Save it as {SAID[kind]} without them, or as PDF"
    )


def _reaches_out(kind: str) -> UploadRefused:
    return UploadRefused(
        "The file fetches something from elsewhere when it is opened. "
        "Break its links to other files, or save it as PDF, and attach that"
    )
