"""What a region prints on top of its letters and under them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from authorities.models import Region
from feedback.models import LetterContent, Letterhead, LetterPicture


@dataclass(frozen=True)
class PictureChosen:
    """A new picture, the one there already, or none; and what it says to who cannot see it."""

    says: str = ""
    data: bytes = b""
    keep: bool = False


def letterhead_of(region: Region) -> Letterhead:
    """As it is kept; an empty one where the region has none yet."""
    kept = Letterhead.objects.filter(region=region).select_related("logo", "signature").first()
    return kept or Letterhead(region=region)


def letterhead_words(region: Region) -> dict[str, Any]:
    """What a letter keeps of it: its lines, and its pictures by their SHA-256."""
    heads = Letterhead.objects.filter(region=region).select_related("logo", "signature")
    head = heads.defer("logo__data", "signature__data").first()
    if head is None:
        return {}
    return {
        "letterhead": tuple(filter(None, lines_of(head.address))),
        "logo": head.logo.sha256 if head.logo else "",
        "logo_says": head.logo_says,
        "signature": head.signature.sha256 if head.signature else "",
        "signature_says": head.signature_says,
    }


def lines_of(address: str) -> list[str]:
    return [line.strip() for line in address.splitlines()]


def pictures_of(content: LetterContent) -> dict[str, bytes]:
    """The pictures that the letter names, SHA-256 to PNG or JPEG."""
    named = list(filter(None, (content.logo, content.signature)))
    if not named:
        return {}
    kept = LetterPicture.objects.filter(sha256__in=named)
    return {sha256: bytes(data) for sha256, data in kept.values_list("sha256", "data")}
