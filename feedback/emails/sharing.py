"""Mails about who may read a letter, and the host's thanks: a link, never a word of the letter."""

from __future__ import annotations

from authorities.models import User
from feedback.models import Letter, LetterShare
from feedback.queries import sharing
from feedback.states import Audience
from peerchallenge.shared.mail import Mail, address, send_each


def tell_readers_shared(share: LetterShare) -> None:
    """Nobody is told of what has been withdrawn again meanwhile."""
    if share.withdrawn_at is not None:
        return
    _send("tell_readers_shared", share, _where(share))


def tell_readers_withdrawn(share: LetterShare) -> None:
    _send("tell_readers_withdrawn", share, address("home"))


def tell_team_thanked(letter: Letter) -> None:
    link = address("letter_thanks", letter.pk)
    team = letter.challenge.team.current()
    people = User.objects.filter(is_active=True, seats__in=team).distinct()
    mails = [Mail(user.email, {"user": user, "letter": letter, "link": link}) for user in people]
    send_each("feedback/tell_team_thanked", mails)


def _where(share: LetterShare) -> str:
    """The page on which its readers read it."""
    if share.audience == Audience.PUBLIC:
        return address("published_letter", share.letter.reference)
    outside = share.audience in (Audience.DIRECTORS, Audience.BOARD)
    name = "letter_redacted" if share.redacted and outside else "letter"
    return address(name, share.letter_id)


def _send(name: str, share: LetterShare, link: str) -> None:
    context = {"letter": share.letter, "share": share, "link": link}
    people = sharing.people_told(share.letter, share.audience)
    send_each(f"feedback/{name}", [Mail(user.email, {"user": user, **context}) for user in people])
