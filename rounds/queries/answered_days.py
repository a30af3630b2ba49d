"""Who is asked on which days of a round they cannot, who has said so, and how many days that is.

Days only: why somebody cannot is in none of this.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from authorities.models import Authority, Membership, User
from authorities.states import ACTS_FOR_AUTHORITY, Role
from rounds.models import (
    AvailabilityAnswer,
    Participation,
    Round,
    TeamMember,
    Unavailable,
)
from rounds.models.round import ParticipationQuerySet
from rounds.queries.availability import FreeDays, left_of, still_to_come
from rounds.states import LIVE, WRITES

# A seat on a team whose days are still to be found.
TO_BE_DATED = Q(challenge__state__in=LIVE, challenge__dates_sent_at__isnull=True)


@dataclass(frozen=True)
class Asked:
    """An authority, or somebody who sits on a team of the round."""

    who: Authority | User
    # With whose reminders theirs go out: their own authority's, or their team's challenger's.
    part: int
    # Who gets the mail.
    people: list[User]
    free: FreeDays
    answered_on: date | None = None
    answered_by: str = ""
    # “Team for Torbay”: why a person is asked.
    seat: str = ""
    # All their visits have days that everybody knows: nothing is left to ask.
    booked: bool = False

    @property
    def name(self) -> str:
        return self.who.name

    @property
    def to(self) -> str:
        return ", ".join(one.name for one in self.people) or "Nobody is director"

    @property
    def waited_for(self) -> bool:
        return self.answered_on is None and not self.booked

    @property
    def is_authority(self) -> bool:
        return isinstance(self.who, Authority)

    @property
    def cannot(self) -> int:
        return self.free.working - self.free.free

    @property
    def days_said(self) -> str:
        """“5, and 2 rather not”."""
        rather = f", and {self.free.rather_not} rather not" if self.free.rather_not else ""
        return f"{self.cannot or 'None'}{rather}"


@dataclass(frozen=True)
class Unsaid:
    """Whom a part's reminders of days go to, as they have not said so."""

    directors: list[User] = field(default_factory=list)
    others: list[User] = field(default_factory=list)


def asked_in(round: Round) -> list[Asked]:
    """The authorities taking part, then the people of its teams; seven queries at most."""
    parts = list(round.participations.taking_part().select_related("authority"))
    seats = _seats(round)
    directors = _directors(part.authority_id for part in parts)
    answers, booked = _answers(round), _booked_in(round)
    free = _free(round, [part.authority_id for part in parts], [seat.user_id for seat in seats])
    authorities = [
        Asked(
            part.authority,
            part.pk,
            directors[part.authority_id],
            free["authority", part.authority_id],
            *answers["authority", part.authority_id],
            booked=part.authority_id in booked,
        )
        for part in sorted(parts, key=lambda part: (part.authority.name, part.pk))
    ]
    people = [
        Asked(
            seat.user,
            seat.challenge.challenger_id,
            [seat.user],
            free["user", seat.user_id],
            *answers["user", seat.user_id],
            f"Team for {seat.challenge.host.authority.short_name}",
            seat.challenge.dates_sent,
        )
        for seat in seats
    ]
    return [*authorities, *people]


def unsaid_in(round: Round) -> dict[int, Unsaid]:
    """By part, those who have not said on which days they cannot."""
    found: dict[int, Unsaid] = defaultdict(Unsaid)
    for one in asked_in(round) if round.availability_due else []:
        if one.waited_for:
            there = found[one.part]
            (there.directors if one.is_authority else there.others).extend(one.people)
    return dict(found)


def unsaid_parts(round: Round) -> ParticipationQuerySet:
    """Those that a reminder of days goes to, while the days can still be used."""
    if round.state not in WRITES or round.visits_to < timezone.localdate():
        return Participation.objects.none()
    return Participation.objects.filter(pk__in=unsaid_in(round)).select_related(
        "authority", "self_assessment", "round__region"
    )


def asking(user: User) -> list[tuple[Round, Authority | None]]:
    """What somebody is asked and has not said: for an authority, or, where none, for themselves.

    Not where all their visits have days that everybody knows.
    """
    rounds = Q(
        round__availability_due__isnull=False,
        round__state__in=WRITES,
        round__visits_to__gte=timezone.localdate(),
    )
    said = AvailabilityAnswer.objects.filter(round=OuterRef("round"))
    found: list[tuple[Round, Authority | None]] = []
    if own := user.authorities_where(*ACTS_FOR_AUTHORITY):
        parts = Participation.objects.taking_part().filter(rounds, authority__in=own)
        unsaid = parts.exclude(Exists(said.filter(authority=OuterRef("authority"))))
        rows = list(unsaid.select_related("round", "authority"))
        booked = {round: _booked_in(round) for round in {one.round for one in rows}}
        found = [
            (one.round, one.authority) for one in rows if one.authority_id not in booked[one.round]
        ]
    seats = user.seats.current().filter(TO_BE_DATED).values("challenge")
    mine = Round.objects.filter(
        challenges__in=seats,
        availability_due__isnull=False,
        state__in=WRITES,
        visits_to__gte=timezone.localdate(),
    ).exclude(availability_answers__user=user)
    return [*found, *((round, None) for round in mine.distinct())]


def answers_for(
    user: User, authorities: Sequence[int]
) -> dict[tuple[int, int | None], AvailabilityAnswer]:
    """By round and authority, None for their own; one query."""
    rows = AvailabilityAnswer.objects.filter(Q(user=user) | Q(authority__in=authorities))
    return {(row.round_id, row.authority_id): row for row in rows.select_related("by")}


def _booked_in(round: Round) -> set[int]:
    """Authorities whose every visit here has days that both sides know; two queries."""
    sent: set[int] = set()
    unsent: set[int] = set()
    for challenge in round.challenges.live().with_both_sides().order_by():
        places = unsent if challenge.dates_sent_at is None else sent
        places |= {side.authority.pk for side in challenge.sides}
    return sent - unsent


def _seats(round: Round) -> list[TeamMember]:
    """Everybody once, with the first of their teams."""
    seats = TeamMember.objects.current().filter(
        challenge__round=round, challenge__state__in=LIVE, user__is_active=True
    )
    # A team whose days are still to be found first: that is what somebody is asked for.
    rows = seats.select_related("user", "challenge__host__authority").order_by(
        F("challenge__dates_sent_at").asc(nulls_first=True), "challenge", "pk"
    )
    first: dict[int, TeamMember] = {}
    for row in rows.defer("challenge__round__format_data"):
        first.setdefault(row.user_id, row)
    return sorted(first.values(), key=lambda row: (row.user.name, row.user_id))


def _directors(authorities: Iterable[int]) -> dict[int, list[User]]:
    held = Membership.objects.current().filter(
        authority__in=list(authorities), role=Role.DIRECTOR, user__is_active=True
    )
    found: dict[int, list[User]] = defaultdict(list)
    for row in held.select_related("user").order_by("user__name", "user_id"):
        found[row.authority_id or 0].append(row.user)
    return found


def _answers(round: Round) -> Mapping[tuple[str, int], tuple[date | None, str]]:
    """When and by whom; of those who have not, neither."""
    found: dict[tuple[str, int], tuple[date | None, str]] = defaultdict(lambda: (None, ""))
    for row in AvailabilityAnswer.objects.filter(round=round).select_related("by"):
        key = ("user", row.user_id) if row.user_id else ("authority", row.authority_id or 0)
        found[key] = (timezone.localdate(row.at), str(row.by))
    return found


def _free(
    round: Round, authorities: Iterable[int], users: Iterable[int]
) -> dict[tuple[str, int], FreeDays]:
    """What is left of the round's working days to come."""
    keys = [("authority", key) for key in authorities] + [("user", key) for key in users]
    rows = Unavailable.objects.filter(
        Q(authority__in=[key for kind, key in keys if kind == "authority"])
        | Q(user__in=[key for kind, key in keys if kind == "user"]),
        first_day__lte=round.visits_to,
        last_day__gte=round.visits_from,
    ).only("authority", "user", "first_day", "last_day", "rather_not")
    own: dict[tuple[str, int], list[Unavailable]] = defaultdict(list)
    for row in rows.order_by():
        own["user" if row.user_id else "authority", row.user_id or row.authority_id or 0].append(
            row
        )
    working = still_to_come(round)
    return {key: left_of(working, own.get(key, [])) for key in keys}
