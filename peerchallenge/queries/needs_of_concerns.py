"""An immediate concern stands before everything else, until it is acknowledged."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from authorities.models import User
from authorities.states import Role
from feedback.queries import own_open_concerns
from peerchallenge.queries.needs import Need
from rounds.permissions import speaks_for_host


def concern_needs(user: User, *, on_teams: bool) -> Iterator[Need]:
    """Nothing is asked of the database for those who can know of none."""
    if not on_teams and not user.holds(Role.DIRECTOR):
        return
    for concern in own_open_concerns(user):
        challenge, url = concern.challenge, reverse("concern", args=[concern.pk])
        raised = timezone.localtime(concern.raised_at)
        hint = f"Raised on {raised:%-d %B} at {raised:%H:%M}. {challenge.round.name}."
        if speaks_for_host(user, challenge):
            title = "Immediate concern: the visiting team must speak to you"
            yield Need(title, url, hint, "Now", "yellow")
        elif concern.spoken_at is None:
            title = f"Immediate concern: speak to {challenge.host_authority.name}"
            yield Need(title, url, hint, "Now", "yellow")
        else:
            title = f"Immediate concern at {challenge.host_authority.name}: not acknowledged yet"
            yield Need(title, url, hint, "Waiting", "grey")
