from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse


def address(view: str, *args: object) -> str:
    """A page's whole address, for use in a mail."""
    return f"{settings.BASE_URL}{reverse(view, args=args)}"


def send(name: str, to: str, context: dict[str, Any]) -> None:
    """Send templates/emails/<name>.txt: its first line is the subject, the rest the text."""
    text = render_to_string(f"emails/{name}.txt", context)
    subject, _, body = text.strip().partition("\n")
    # A line break in a subject would start a header of its own.
    EmailMessage(" ".join(subject.split()), body.strip() + "\n", to=[to]).send()
