"""Immediate concerns: who is told, when they are chased, how many a round had."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Q, QuerySet
from django.utils import timezone

from authorities.models import User
from authorities.states import Role
from feedback.models import ImmediateConcern
from rounds.models import Challenge, Round
from rounds.states import ROUND_OVER

CHASED_EVERY = timedelta(hours=1)
# By then the team has to use the telephone, and the officers learn that one is open.
OPEN_LONG = timedelta(hours=4)
# From then on they are told once a day.
AGAIN = timedelta(hours=24)


@dataclass(frozen=True)
class ConcernCounts:
    """Of one round, for its reports."""

    raised: int
    acknowledged: int
    told_in_person: int
    # From raised to acknowledged; None as long as none is.
    median_minutes: int | None

    @property
    def open(self) -> int:
        return self.raised - self.acknowledged

    @property
    def median_said(self) -> str:
        """“45 minutes”, “2 hours 5 minutes”; empty where there is none."""
        return "" if self.median_minutes is None else minutes_said(self.median_minutes)


def concern_counts(round: Round) -> ConcernCounts:
    found = ImmediateConcern.objects.filter(challenge__round=round).order_by()
    rows = list(found.values_list("raised_at", "acknowledged_at", "spoken_at"))
    waits = [
        (acknowledged - raised).total_seconds() / 60
        for raised, acknowledged, _ in rows
        if acknowledged
    ]
    return ConcernCounts(
        raised=len(rows),
        acknowledged=len(waits),
        told_in_person=sum(spoken is not None for *_, spoken in rows),
        median_minutes=int(median(waits)) if waits else None,
    )


def minutes_said(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    said = [
        f"{number} {noun}{'' if number == 1 else 's'}"
        for number, noun in ((hours, "hour"), (rest, "minute"))
        if number
    ]
    return " ".join(said) or "less than a minute"


def concerns_of_round(round: Round) -> QuerySet[ImmediateConcern]:
    """For an officer, who learns that they exist; the newest first."""
    return ImmediateConcern.objects.filter(challenge__round=round).select_related(
        "challenge__host__authority"
    )


def own_open_concerns(user: User) -> QuerySet[ImmediateConcern]:
    """Not acknowledged yet, of those they may know of."""
    return ImmediateConcern.objects.visible_to(user).open().with_challenge()


def concerns_to_chase(now: datetime) -> QuerySet[ImmediateConcern]:
    """Open for an hour since they were raised, or since the director was last reminded."""
    before = now - CHASED_EVERY
    return (
        ImmediateConcern.objects.open()
        .filter(Q(chased_at__lte=before) | Q(chased_at__isnull=True, raised_at__lte=before))
        .exclude(challenge__round__state__in=ROUND_OVER)
        .order_by("pk")
    )


def is_to_be_chased(concern: ImmediateConcern, now: datetime) -> bool:
    last = concern.chased_at or concern.raised_at
    return concern.acknowledged_at is None and now - last >= CHASED_EVERY


def is_open_long(raised: datetime, last: datetime, now: datetime) -> bool:
    """Whether four hours, or another whole day, have passed since it was last chased."""
    return _marks(now - raised) > _marks(last - raised)


def _marks(open_for: timedelta) -> int:
    return int(open_for >= OPEN_LONG) + open_for // AGAIN


def directors_of_host(challenge: Challenge) -> list[User]:
    """Who is in post today; each hears of a concern."""
    return list(User.objects.in_post(Role.DIRECTOR, authority=challenge.host_authority))


def lead_of(challenge: Challenge) -> User | None:
    seat = challenge.team.current().leads().select_related("user").first()
    return seat.user if seat else None


def open_for(concern: ImmediateConcern) -> str:
    """Since when it waits, in words."""
    passed = timezone.now() - concern.raised_at
    return minutes_said(int(passed.total_seconds() // 60))
