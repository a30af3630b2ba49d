"""Whether somebody's copy is of a letter that was issued: that, and nothing else."""

from __future__ import annotations

from enum import Enum

from django.db.models import Q, QuerySet

from feedback.models import Letter, LetterFile
from feedback.states import FileKind, LetterState

SHORT, WHOLE = 16, 64
# Made from the same words as the letter itself, and so as good as it.
COPIES = (FileKind.LARGE_PRINT, FileKind.WORD)


class Standing(Enum):
    """What the public is told of a fingerprint."""

    CURRENT = "current"
    REPLACED = "replaced"
    UNKNOWN = "unknown"


def standing_of(fingerprint: str) -> Standing:
    """`fingerprint`: SHA-256 of a file, or of a letter's contents, whole or its first sixteen
    digits, as it is printed."""
    states = set(_named_by(fingerprint).values_list("state", flat=True))
    if not states:
        return Standing.UNKNOWN
    return Standing.REPLACED if states == {LetterState.SUPERSEDED} else Standing.CURRENT


def _named_by(fingerprint: str) -> QuerySet[Letter]:
    issued = Letter.objects.sealed().order_by()
    if len(fingerprint) == SHORT:
        return issued.filter(fingerprint__startswith=fingerprint)
    copies = LetterFile.objects.filter(sha256=fingerprint, kind__in=COPIES).order_by()
    return issued.filter(
        Q(sha256=fingerprint) | Q(fingerprint=fingerprint) | Q(pk__in=copies.values("letter"))
    )
