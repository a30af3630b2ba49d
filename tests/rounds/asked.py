"""A round whose officers have asked when people cannot."""

from __future__ import annotations

from datetime import date, timedelta

from django.core import mail
from django.utils import timezone

from rounds import actions
from rounds.models import Round
from tests.world import World, run_effects


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def asked(world: World, round: Round, days: int = 20) -> Round:
    """By then; the mails are out and forgotten."""
    found = actions.ask_availability(round, in_days(days), by=world.officer)
    run_effects()
    mail.outbox.clear()
    return found
