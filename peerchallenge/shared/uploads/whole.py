"""PDFs and pictures: whole, and parsed in a process that may be ended."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import IO

from peerchallenge.shared.uploads.refusals import (
    UploadRefused,
    damaged,
    hides_more,
    something_else,
)

APART = Path(__file__).with_name("apart.py")
SECONDS = 30
PNG_START = b"\x89PNG\r\n\x1a\n"
BUSY = "The file could not be looked into just now. Try again in a minute"


def look_into_pdf(file: IO[bytes], size: int) -> None:
    """From the header to the end mark, and nothing inside that runs, asks or carries files."""
    file.seek(0)
    if file.read(5) != b"%PDF-":
        raise something_else("PDF")
    file.seek(max(0, size - 64))
    end = file.read().rstrip(b"\r\n \t\0")
    if not end.endswith(b"%%EOF"):
        file.seek(max(0, size - (1 << 20)))
        raise hides_more("a PDF") if b"%%EOF" in file.read() else damaged("PDF")
    if zipfile.is_zipfile(file):
        raise hides_more("a PDF")
    _parse_apart(file, "pdf")


def look_into_picture(file: IO[bytes], size: int, kind: str) -> None:
    """Its own end is the file's end, its size is sane, and every line of it can be drawn."""
    end = _png_end(file, size) if kind == "png" else _jpeg_end(file)
    if end != size or zipfile.is_zipfile(file):
        raise hides_more("a picture")
    _parse_apart(file, kind)


def _png_end(file: IO[bytes], size: int) -> int:
    file.seek(0)
    if file.read(8) != PNG_START:
        raise something_else("PNG")
    place = 8
    while head := file.read(8):
        if len(head) < 8:
            break
        length, name = int.from_bytes(head[:4], "big"), head[4:]
        place += 12 + length
        if place > size:
            break
        if name == b"IEND":
            return place
        file.seek(place)
    raise damaged("PNG")


def _jpeg_end(file: IO[bytes]) -> int:
    """Segment by segment to the end mark; inside a scan FF is followed by 00 or a restart."""
    file.seek(0)
    data = file.read()
    if data[:3] != b"\xff\xd8\xff":
        raise something_else("JPEG")
    place = 2
    while place + 4 <= len(data):
        if data[place] != 0xFF:
            raise damaged("JPEG")
        marker = data[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        if marker == 0xDA:
            place = _after_scan(data, place)
        if data[place : place + 2] == b"\xff\xd9":
            return place + 2
    raise damaged("JPEG")


def _after_scan(data: bytes, place: int) -> int:
    while (place := data.find(b"\xff", place)) >= 0 and place + 1 < len(data):
        if data[place + 1] not in (0x00, 0xFF, *range(0xD0, 0xD8)):
            return place
        place += 1 if data[place + 1] == 0xFF else 2
    raise damaged("JPEG")


def _parse_apart(file: IO[bytes], kind: str) -> None:
    """Others' parsers run outside this process; the script answers with a sentence or nothing."""
    file.seek(0)
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(APART), kind],
            input=file.read(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired as error:
        raise UploadRefused("The file takes too long to open. Save it in a simpler way") from error
    except OSError as error:
        raise UploadRefused(BUSY) from error
    answer = done.stdout.decode(errors="replace").strip()
    if answer != "fine":
        raise UploadRefused(answer) if answer else damaged({"jpg": "JPEG"}.get(kind, kind.upper()))
