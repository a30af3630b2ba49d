"""What one person of the pool gave, challenge by challenge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from authorities.models import User
from authorities.states import TeamSeat
from rounds.models import TeamMember
from rounds.states import LIVE

SEAT_LABELS = dict(TeamSeat.choices)


@dataclass(frozen=True)
class Seated:
    """A seat on one team: which, of whose visit, and on which days."""

    challenge: int
    host: str
    round: str
    seat: str
    first_day: date | None
    days: int
    left: date | None


def record_of(user: User) -> list[Seated]:
    """The newest first; two queries."""
    seats = (
        TeamMember.objects.filter(user=user, challenge__state__in=LIVE)
        .select_related("challenge__round", "challenge__host__authority")
        .prefetch_related("challenge__days")
    )
    found = [_seated(seat) for seat in seats]
    return sorted(found, key=lambda one: one.first_day or date.max, reverse=True)


def _seated(seat: TeamMember) -> Seated:
    challenge = seat.challenge
    label = SEAT_LABELS.get(seat.kind) or seat.get_seat_display()
    days = sorted(
        one.day
        for one in challenge.days.all()
        if seat.from_date <= one.day and (seat.to_date is None or one.day <= seat.to_date)
    )
    on_site = 0 if seat.kind == TeamSeat.OFF_SITE else len(days)
    return Seated(
        challenge.pk,
        challenge.host.authority.name,
        challenge.round.name,
        str(label),
        days[0] if days else None,
        on_site,
        seat.to_date,
    )
