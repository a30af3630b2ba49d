"""Run as a program of its own: parses what comes in, and prints “fine” or why not.

Limits of memory and time are set before anything is read, so the worst that a file can do is to
end this process, and that counts as a refusal.
"""

from __future__ import annotations

import io
import resource
import sys
import warnings
from collections.abc import Iterator
from typing import Any

MEMORY = 1 << 30
CPU_SECONDS = 15
MOST_OBJECTS = 300_000
MOST_SIDE = 20_000
MOST_PIXELS = 60_000_000
AGAIN = "Open it, save it again as {}, and attach that"
# Keys and actions of a PDF that run, carry files, ask elsewhere, or are a form of another kind.
RUNS = {"/JS", "/JavaScript", "/Launch", "/Rendition", "/Movie", "/Sound", "/GoTo3DView", "/Trans"}
ASKS = {"/SubmitForm", "/ImportData", "/GoToR", "/GoToE"}
CARRIES = {"/EmbeddedFile", "/EmbeddedFiles", "/EF", "/RichMedia", "/FileAttachment", "/XFA"}


def pdf(data: bytes) -> str:
    import pikepdf  # slow

    try:
        document = pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True)
    except pikepdf.PasswordError:
        return "The file is protected with a password. Attach a copy without protection"
    except pikepdf.PdfError:
        return f"The file is damaged or not complete. {AGAIN.format('PDF')}"
    if document.is_encrypted:
        return "The file is protected. Print it to a new PDF, and attach that"
    if len(document.objects) > MOST_OBJECTS:
        return f"The file is more complicated than any document. {AGAIN.format('PDF')}"
    if len(document.pages) < 1:
        return f"The file has no pages. {AGAIN.format('PDF')}"
    for found in _words(document.objects):
        if found in RUNS:
            return "The file holds a script or a film. Print it to a new PDF, and attach that"
        if found in ASKS:
            return "The file asks for something elsewhere. Print it to a new PDF, and attach that"
        if found in CARRIES:
            return "The file has others inside it. Attach those one by one, and this without them"
    return "fine"


def _words(objects: Any) -> Iterator[str]:
    """Every key of every dictionary, and what names its type, subtype or action."""
    import pikepdf  # slow

    def inside(part: Any) -> bool:
        return isinstance(part, pikepdf.Object) and not part.is_indirect

    stack = list(objects)
    while stack:
        one = stack.pop()
        if isinstance(one, pikepdf.Array):
            stack += [part for part in one if inside(part)]
        elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            if isinstance(one, pikepdf.Stream) and {"/F", "/FFilter"} & set(one.keys()):
                yield "/GoToR"  # its content is somewhere else
            for key in one.keys():  # noqa: SIM118
                yield key
                value = one.get(key)
                if key in ("/S", "/Type", "/Subtype") and isinstance(value, pikepdf.Name):
                    yield str(value)
                elif inside(value):
                    stack.append(value)


def picture(data: bytes, kind: str) -> str:
    from PIL import Image, ImageFile, UnidentifiedImageError  # slow

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        image = Image.open(io.BytesIO(data), formats=[kind])
        width, height = image.size
        if max(width, height) > MOST_SIDE or width * height > MOST_PIXELS:
            return "The picture has too many pixels. Make it smaller, and attach that"
        image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return "The picture has too many pixels. Make it smaller, and attach that"
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return f"The picture is damaged or not complete. {AGAIN.format('JPEG or PNG')}"
    return "fine"


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    warnings.simplefilter("ignore")
    data, kind = sys.stdin.buffer.read(), sys.argv[1]
    formats = {"png": "PNG", "jpg": "JPEG"}
    answer = pdf(data) if kind == "pdf" else picture(data, formats[kind])
    sys.stdout.write(answer)


if __name__ == "__main__":
    main()
