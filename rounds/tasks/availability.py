"""Promised about the days on which people cannot."""

from __future__ import annotations

from rounds import emails
from rounds.tasks.rows import participation_of


def ask_availability(participation_id: int) -> None:
    emails.ask_availability(participation_of(participation_id))


def chase_availability(participation_id: int) -> None:
    emails.chase_availability(participation_of(participation_id))
