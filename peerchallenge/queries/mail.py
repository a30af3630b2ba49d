"""What a demonstration has sent: its mail stays in a folder."""

from __future__ import annotations

import email
import re
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.core.paginator import Page, Paginator

PER_PAGE = 20
# Django's file backend ends each mail with such a line.
END = re.compile(b"^-{79}\n", re.MULTILINE)


@dataclass(frozen=True)
class Mail:
    to: str
    subject: str
    sent_at: datetime | None
    body: str


def sent_mail(folder: Path, *, to: str = "", page: int = 1) -> Page[Mail]:
    """Newest first; `to` finds a part of an address."""
    found = sorted(_mails(folder), key=_when, reverse=True)
    if to:
        found = [mail for mail in found if to.lower() in mail.to.lower()]
    return Paginator(found, PER_PAGE).get_page(page)


def _mails(folder: Path) -> list[Mail]:
    return [
        _read(text)
        for path in folder.glob("*.log")
        for text in END.split(path.read_bytes())
        if text.strip()
    ]


def _read(text: bytes) -> Mail:
    message = email.message_from_bytes(text, policy=policy.default)
    part = message.get_body(("plain",))
    date = message["Date"]
    return Mail(
        str(message["To"] or ""),
        str(message["Subject"] or ""),
        parsedate_to_datetime(str(date)) if date else None,
        str(part.get_content()).strip() if part else "",
    )


def _when(mail: Mail) -> float:
    return mail.sent_at.timestamp() if mail.sent_at else 0.0
