"""Which letter of a challenge counts: a correction takes the place of the one before."""

from __future__ import annotations

from feedback.models import Letter
from feedback.states import LetterState
from rounds.models import Challenge


def current_letter(challenge: Challenge) -> Letter | None:
    """The one that is issued and not replaced: to be read, answered, shared and published."""
    sealed = challenge.letters.sealed().exclude(state=LetterState.SUPERSEDED)
    return sealed.defer("pdf").order_by("-version").first()


def letter_at_work(challenge: Challenge) -> Letter | None:
    """The one that is being written, checked or released, if there is one."""
    newest = challenge.letters.defer("pdf").order_by("-version").first()
    return None if newest is None or newest.is_sealed else newest


def successor_of(letter: Letter) -> Letter | None:
    """The issued letter that replaces this one."""
    return Letter.objects.sealed().with_challenge().filter(supersedes=letter).first()


def replaced_said(letter: Letter) -> dict[str, str]:
    """Which letter this one replaces and why, for its face."""
    old = letter.supersedes
    if old is None or old.issued_on is None:
        return {}
    issued = f"{old.issued_on.day} {old.issued_on:%B %Y}"
    return {
        "supersedes": f"{old.reference} of {issued}",
        "supersedes_reason": letter.correction_reason,
    }
