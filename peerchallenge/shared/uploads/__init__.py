"""Looks into a file that somebody uploads, and says in a sentence why it is not taken.

What it is called decides nothing alone: the content must be what the name says, whole, with
nothing before its beginning or after its end, and with nothing inside that runs or reaches out.
Every step is bounded: bytes, entries, ratios, pixels, and for what others' code parses a process
of its own with limits of memory and time.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import IO

from peerchallenge.shared.uploads.names import KINDS, clean_name, kind_named
from peerchallenge.shared.uploads.office import look_into_office
from peerchallenge.shared.uploads.refusals import EICAR, MOST_BYTES, MOST_MEGABYTES, UploadRefused
from peerchallenge.shared.uploads.whole import look_into_pdf, look_into_picture

__all__ = ["KINDS", "MOST_BYTES", "MOST_MEGABYTES", "Upload", "UploadRefused", "clean_name", "look"]


@dataclass(frozen=True)
class Upload:
    """A file that may be kept: what it is, and under which name it is given back."""

    kind: str
    name: str
    size: int
    sha256: str


def look(file: IO[bytes], name: str) -> Upload:
    """What the file is, read from its content; raises UploadRefused with a sentence."""
    kind = kind_named(name)
    digest, size = _read_through(file)
    if kind == "pdf":
        look_into_pdf(file, size)
    elif kind in ("png", "jpg"):
        look_into_picture(file, size, kind)
    else:
        look_into_office(file, size, kind)
    file.seek(0)
    return Upload(kind, clean_name(name, kind), size, digest)


def _read_through(file: IO[bytes]) -> tuple[str, int]:
    digest, size, tail = hashlib.sha256(), 0, b""
    file.seek(0)
    while block := file.read(1 << 16):
        digest.update(block)
        size += len(block)
        if size > MOST_BYTES:
            raise UploadRefused(
                f"The file is larger than {MOST_MEGABYTES} MB. Save it with smaller pictures, "
                "or attach its chapters one by one"
            )
        if EICAR in tail + block:
            raise UploadRefused(
                "The file is one that virus scanners stop. Have your own IT look at it first"
            )
        tail = block[-len(EICAR) :]
    if not size:
        raise UploadRefused("The file is empty. Open it, save it again, and attach it then")
    return digest.hexdigest(), size
