"""A logo or a signature: looked into as every upload is, then drawn anew, so that nothing of the
file but what is seen is kept."""

from __future__ import annotations

import io
from typing import IO, TYPE_CHECKING

from peerchallenge.shared.uploads import look
from peerchallenge.shared.uploads.names import kind_named
from peerchallenge.shared.uploads.refusals import UploadRefused

if TYPE_CHECKING:
    from PIL import Image

MOST_KILOBYTES = 200
MOST_PIXELS = 4_000_000
# Below it nothing can be made out in print: a spacer, or the picture of a web page's button.
SHORTEST_LONG_SIDE = 60
# Sharp enough in print at the width that a letter gives it, and light in each PDF.
LONGEST_SIDE = 900


def clean_picture(file: IO[bytes], name: str) -> bytes:
    """A PNG of the same picture on white, without a profile, comment or second layer."""
    from PIL import Image, ImageOps  # slow

    if kind_named(name) not in ("png", "jpg"):
        raise UploadRefused("This is not a picture. Save it as PNG (.png) or JPEG (.jpg) first")
    if file.seek(0, io.SEEK_END) > MOST_KILOBYTES * 1000:
        raise UploadRefused(f"The picture is larger than {MOST_KILOBYTES} KB. Make it smaller")
    look(file, name)  # in a process of its own, where a hostile file can do no harm
    file.seek(0)
    with Image.open(file, formats=["PNG", "JPEG"]) as found:
        if found.width * found.height > MOST_PIXELS:
            raise UploadRefused("The picture has too many pixels. Make it smaller")
        if max(found.size) < SHORTEST_LONG_SIDE:
            raise UploadRefused(
                f"The picture is only {found.width} by {found.height} pixels, too small to print"
            )
        seen = _eight_bits(ImageOps.exif_transpose(found)).convert("RGBA")
    white = Image.new("RGBA", seen.size, "white")
    drawn = Image.alpha_composite(white, seen).convert("RGB")
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    kept = io.BytesIO()
    drawn.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Scans in 16 bits of grey would come out white: Pillow cuts them off where it converts."""
    if not picture.mode.startswith("I"):
        return picture
    return picture.convert("I").point(lambda grey: grey / 256).convert("L")
