"""What host and lead reviewer are asked to do before a visit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.urls import reverse

from authorities.models import User
from authorities.states import ACTS_FOR_AUTHORITY
from peerchallenge.queries.needs import Need, need, seat_of
from rounds.models import Challenge, Seat
from rounds.permissions import speaks_for_host
from rounds.queries.preparing import Preparing, preparing


def preparing_needs(user: User, challenges: Sequence[Challenge]) -> Iterator[Need]:
    for one in preparing(challenges):
        acts = user.holds(*ACTS_FOR_AUTHORITY, authority=one.challenge.host.authority_id)
        leads = seat_of(user, one.challenge) == Seat.LEAD
        if one.challenge.round.format.asks("scope_agreed") and (acts or leads):
            yield from _scope(user, one, leads=leads)
        if acts and one.papers:
            papers = "1 paper" if one.papers == 1 else f"{one.papers} papers"
            url = reverse("challenge_papers", args=[one.challenge.pk])
            title = f"Give {papers} to the team of {one.challenge.challengers_said}"
            yield need(title, url, f"{one.challenge.round.name}.", one.papers_due)


def _scope(user: User, one: Preparing, *, leads: bool) -> Iterator[Need]:
    """Written by either side; agreed by each."""
    challenge = one.challenge
    lines = challenge.round.format.lines_label
    lines = f"{lines[:1].lower()}{lines[1:]}"
    where = challenge.challengers_said if not leads else challenge.host_authority.name
    url, hint = reverse("challenge_scope", args=[challenge.pk]), f"{challenge.round.name}."
    if not one.lines:
        yield need(f"Write the {lines}: {where}", url, hint, one.scope_due)
    elif (leads and not one.lead_agreed) or (
        speaks_for_host(user, challenge) and not one.host_agreed
    ):
        yield need(f"Agree the {lines}: {where}", url, hint, one.scope_due)
