"""The streams of a PDF, written so that every reader finds the same end of each.

Before the word “endstream” stands the end of a line, of one character or of two. Where a stream's
own last byte looks like the first of the two, a strict reader counts one byte less than the file
says: such a stream gets both.
"""

import re
from typing import Any

import pydyf

END, AFTER_RETURN = b"\nendstream", b"\r\nendstream"
DOUBTFUL = re.compile(rb"[^\r]\r\nendstream")


class Written(pydyf.Object):
    """A stream as it goes into the file: compressed once, however often it is asked for."""

    compressible = False
    data = b""

    def __init__(self, stream: Any) -> None:
        super().__init__()
        self.number, self.generation = stream.number, stream.generation
        self.data = _without_doubt(stream.data)


def write_streams(pdf: Any, *, more: int = 0) -> None:
    """`more` empty objects, which nothing refers to, give the file's own lists other bytes."""
    for _ in range(more):
        pdf.add_object(pydyf.Dictionary())
    for place, item in enumerate(pdf.objects):
        if isinstance(item, pydyf.Stream):
            pdf.objects[place] = Written(item)


def is_doubtful(pdf: bytes) -> bool:
    return DOUBTFUL.search(pdf) is not None


def _without_doubt(data: bytes) -> bytes:
    return data.removesuffix(END) + AFTER_RETURN if data.endswith(b"\r" + END) else data
