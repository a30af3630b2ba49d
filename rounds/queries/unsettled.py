"""Postponed visits as lists show them: whose answer is missing, and where days are wanted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from rounds.models import Challenge, DateOffer, Postponement
from rounds.models.challenge import Side, listed
from rounds.queries.postponing import silent_sides
from rounds.states import ChallengeState


@dataclass(frozen=True)
class Unsettled:
    """A postponed visit as lists show it: whose answer is waited for, or that days are wanted."""

    challenge: Challenge
    looking: bool
    silent: list[Side]

    @property
    def stuck(self) -> bool:
        """An officer has to find days: none were found, or all have answered in vain."""
        return not self.looking and not self.silent

    @property
    def said(self) -> str:
        if self.looking:
            return "other days are being looked for"
        if self.stuck:
            return "there are no days on which all sides can: offer others"
        return f"new dates are offered, no answer yet from {listed(self._names)}"

    @property
    def _names(self) -> list[str]:
        return [side.authority.name for side in self.silent]


def unsettled(challenges: Iterable[Challenge]) -> list[Unsettled]:
    """Those that are postponed; three queries where there are any."""
    put_off = [one for one in challenges if one.state == ChallengeState.POSTPONED]
    if not put_off:
        return []
    standing = DateOffer.objects.filter(withdrawn_at__isnull=True).prefetch_related("answers")
    rows = (
        Postponement.objects.open()
        .filter(challenge__in=[one.pk for one in put_off])
        .prefetch_related(Prefetch("offers", queryset=standing, to_attr="standing"))
    )
    by_challenge = {row.challenge_id: row for row in rows}
    found = []
    for one in put_off:
        row = by_challenge.get(one.pk)
        if row is not None:
            silent = silent_sides(one, row.standing)  # type: ignore[attr-defined]
            found.append(Unsettled(one, row.looked_at is None, silent))
    return found
