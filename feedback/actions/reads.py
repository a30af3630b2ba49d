"""Reading something confidential is written down too."""

from __future__ import annotations

from authorities.models import User
from feedback.models import Letter
from peerchallenge.audit.actions import record
from rounds.models import Challenge


def read_letter(letter: Letter, *, downloaded: bool = False, by: User) -> None:
    record("letter.downloaded" if downloaded else "letter.read", letter, by=by)


def read_findings(challenge: Challenge, *, by: User) -> None:
    record("findings.read", challenge, by=by)
