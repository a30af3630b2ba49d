"""Promised about a visit that was put off, or that gets another challenger."""

from __future__ import annotations

from peerchallenge.audit.actions import CLOCK
from peerchallenge.shared.answers import Refused
from rounds import actions, documents, emails, queries
from rounds.states import ChallengeState
from rounds.tasks.rows import challenge_of


def tell_host_postponed(challenge_id: int) -> None:
    challenge = challenge_of(challenge_id)
    emails.tell_host_postponed(challenge, documents.visit_files(challenge))


def tell_challenger_postponed(challenge_id: int) -> None:
    challenge = challenge_of(challenge_id)
    emails.tell_challenger_postponed(challenge, documents.visit_files(challenge))


def offer_new_dates(challenge_id: int) -> None:
    """Look for them first, which takes seconds, and only then hold the round."""
    challenge = challenge_of(challenge_id)
    found = challenge.postponements.open().filter(looked_at=None).first()
    if found is None or challenge.state != ChallengeState.POSTPONED:
        return
    # Nor the days that were just given up.
    known = [
        queries.days_in(days)
        for days in (found.days, *found.offers.values_list("days", flat=True))
        if days
    ]
    new = queries.new_dates(challenge, not_before=found.not_before, but_for=known)
    try:
        actions.offer_dates(found, new.days, obstacles=new.obstacles, by=CLOCK)
    except Refused:  # cancelled, or settled by an officer, while we looked
        return


def ask_for_dates(challenge_id: int) -> None:
    """Not once it is settled."""
    challenge = challenge_of(challenge_id)
    if challenge.state == ChallengeState.POSTPONED:
        emails.ask_for_dates(challenge)


def tell_officers_no_dates(challenge_id: int) -> None:
    challenge = challenge_of(challenge_id)
    if challenge.state == ChallengeState.POSTPONED:
        emails.tell_officers_no_dates(challenge)


def offer_to_replacement(challenge_id: int) -> None:
    emails.offer_to_replacement(challenge_of(challenge_id))


def tell_host_replaced(challenge_id: int) -> None:
    """The calendars hold the days of the challenge that it replaces."""
    challenge = challenge_of(challenge_id)
    before = challenge_of(challenge.replaces_id) if challenge.replaces_id else challenge
    emails.tell_host_replaced(challenge, documents.visit_files(before))
