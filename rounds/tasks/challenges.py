"""Promised about a challenge and its team."""

from __future__ import annotations

from rounds import documents, emails
from rounds.models import (
    Conflict,
)
from rounds.tasks.rows import challenge_of


def offer_to_host(challenge_id: int) -> None:
    emails.offer_to_host(challenge_of(challenge_id))


def offer_to_challenger(challenge_id: int) -> None:
    emails.offer_to_challenger(challenge_of(challenge_id))


def tell_host_accepted(challenge_id: int) -> None:
    emails.tell_host_accepted(challenge_of(challenge_id))


def tell_challenger_accepted(challenge_id: int) -> None:
    emails.tell_challenger_accepted(challenge_of(challenge_id))


def tell_officers_declined(challenge_id: int) -> None:
    emails.tell_officers_declined(challenge_of(challenge_id))


def tell_officers_conflict(conflict_id: int) -> None:
    """Not where it has been withdrawn since."""
    conflict = Conflict.objects.standing().with_sides().filter(pk=conflict_id).first()
    if conflict:
        emails.tell_officers_conflict(conflict)


def tell_conflict_withdrawn(conflict_id: int) -> None:
    emails.tell_conflict_withdrawn(Conflict.objects.with_sides().get(pk=conflict_id))


def tell_host_cancelled(challenge_id: int) -> None:
    challenge = challenge_of(challenge_id)
    emails.tell_host_cancelled(challenge, documents.visit_files(challenge))


def tell_challenger_cancelled(challenge_id: int) -> None:
    challenge = challenge_of(challenge_id)
    emails.tell_challenger_cancelled(challenge, documents.visit_files(challenge))


def tell_host_dates(challenge_id: int) -> None:
    challenge = challenge_of(challenge_id)
    emails.tell_host_dates(challenge, documents.visit_files(challenge))


def tell_challenger_dates(challenge_id: int) -> None:
    challenge = challenge_of(challenge_id)
    emails.tell_challenger_dates(challenge, documents.visit_files(challenge))
