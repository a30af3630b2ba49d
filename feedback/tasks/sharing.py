from __future__ import annotations

from feedback import emails
from feedback.models import Letter, LetterShare


def tell_readers_shared(share_id: int) -> None:
    emails.tell_readers_shared(_share(share_id))


def tell_readers_withdrawn(share_id: int) -> None:
    emails.tell_readers_withdrawn(_share(share_id))


def tell_team_thanked(letter_id: int) -> None:
    emails.tell_team_thanked(Letter.objects.with_challenge().get(pk=letter_id))


def _share(share_id: int) -> LetterShare:
    share = LetterShare.objects.get(pk=share_id)
    share.letter = Letter.objects.with_challenge().get(pk=share.letter_id)
    return share
