"""What an act sends by mail, and what holds for every mail."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.core import mail

from authorities.models import User
from peerchallenge.outbox.models import Effect, EffectState
from tests.world import ANSWER_TOKEN, run_effects

REASON = "tokreason"


def sent_by(act: Callable[[], object]) -> dict[str, list[str]]:
    """Subject to who got it, of the mails that an act brings about."""
    run_effects()
    mail.outbox.clear()
    act()
    run_effects()
    assert not Effect.objects.exclude(state=EffectState.DONE).exists()
    found: dict[str, list[str]] = {}
    for message in mail.outbox:
        check(message)
        found.setdefault(message.subject, []).extend(message.to)
    return {subject: sorted(to) for subject, to in found.items()}


def check(message: mail.EmailMessage) -> None:
    """One reader, one line of subject, a greeting, one link into the site, and no content.

    An invitation links two pages: to write it, or to give its sections to colleagues.
    """
    assert len(message.to) == 1
    reader = User.objects.get(email=message.to[0])
    assert "\n" not in message.subject
    assert message.body.startswith(f"Dear {reader.name},\n\n")
    gives = re.search(r"self-assessment/\d+/give$", message.body, re.MULTILINE)
    assert message.body.count(settings.BASE_URL) == (2 if gives else 1)
    assert "&#" not in message.body
    assert "&amp;" not in message.body
    assert ANSWER_TOKEN not in message.body
    assert REASON not in message.body
