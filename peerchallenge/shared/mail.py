from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from email.mime.nonmultipart import MIMENonMultipart
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse


def address(view: str, *args: object) -> str:
    """A page's whole address, for use in a mail."""
    return f"{settings.BASE_URL}{reverse(view, args=args)}"


@dataclass(frozen=True)
class Attachment:
    """A text file that goes with a mail; `kind` and `more` are its type: text/<kind>; <more>."""

    name: str
    text: str
    kind: str
    more: tuple[tuple[str, str], ...] = ()

    @property
    def part(self) -> MIMENonMultipart:
        found = MIMENonMultipart("text", self.kind)
        for name, value in self.more:
            found.set_param(name, value)
        found.set_payload(self.text, charset="utf-8")
        found.add_header("Content-Disposition", "attachment", filename=self.name)
        return found


def send(
    name: str, to: str, context: dict[str, Any], attachments: Sequence[Attachment] = ()
) -> None:
    """Send templates/emails/<name>.txt: its first line is the subject, the rest the text."""
    text = render_to_string(f"emails/{name}.txt", context)
    subject, _, body = text.strip().partition("\n")
    # A line break in a subject would start a header of its own.
    mail = EmailMessage(" ".join(subject.split()), body.strip() + "\n", to=[to])
    for attachment in attachments:
        mail.attach(attachment.part)
    mail.send()
