"""The letters before and after a letter: a correction takes the place of the one before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from authorities.models import User
from feedback.models import Letter


def predecessor_of(letter: Letter) -> Letter | None:
    """The issued letter that this one corrects; its bytes stay behind."""
    if letter.supersedes_id is None:
        return None
    return Letter.objects.defer("pdf").get(pk=letter.supersedes_id)


def successor_of(letter: Letter) -> Letter | None:
    """The issued letter that replaces this one."""
    return Letter.objects.sealed().with_challenge().filter(supersedes=letter).first()


@dataclass(frozen=True)
class Versions:
    """What this person may know of the letters before and after this one."""

    predecessor: Letter | None
    successor: Letter | None
    reads_successor: bool
    # Without some passages alone.
    reads_redacted: bool
    under_way: Letter | None


def versions_of(letter: Letter, user: User) -> Versions:
    """A correction that is being written is for those who may see it; that a letter has been
    replaced is for everybody who reads it."""
    seen = Letter.objects.visible_to(user).defer("pdf")
    successor = successor_of(letter) if letter.is_replaced else None
    redacted = Letter.objects.redacted_for(user)
    return Versions(
        predecessor=seen.filter(pk=letter.supersedes_id).first() if letter.supersedes_id else None,
        successor=successor,
        reads_successor=successor is not None and seen.filter(pk=successor.pk).exists(),
        reads_redacted=successor is not None and redacted.filter(pk=successor.pk).exists(),
        under_way=seen.filter(supersedes=letter).first() if letter.is_sealed else None,
    )


class Replaced(TypedDict, total=False):
    """What a letter says of the one before it."""

    supersedes: str
    supersedes_reason: str


def replaced_said(letter: Letter) -> Replaced:
    """Which letter this one replaces and why, for its face."""
    old = predecessor_of(letter)
    if old is None or old.issued_on is None:
        return {}
    issued = f"{old.issued_on.day} {old.issued_on:%B %Y}"
    return {
        "supersedes": f"{old.reference} of {issued}",
        "supersedes_reason": letter.correction_reason,
    }
