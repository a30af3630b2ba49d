"""The days on which somebody cannot, as they themselves see and say them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils import timezone

from authorities.models import Authority, User, Venue
from authorities.states import ACTS_FOR_AUTHORITY
from rounds.models import AvailabilityAnswer, Participation, Round, Unavailable
from rounds.queries.answered_days import answers_for
from rounds.queries.availability import Window, left_of, span, still_to_come, window_of
from rounds.states import LIVE, ROUND_OVER, WRITES, RoundState

# Whose days: the person's own, an authority's by its key, or a venue's.
ME = "me"
VENUE = "venue-"
# None is the person who says so.
Whose = Authority | Venue | None
# More than these are folded away.
SHOWN = 12


@dataclass(frozen=True)
class Period:
    """Some days in a row, as their page lists them."""

    pk: int
    days: str
    kind: str
    colour: str
    reason: str
    said_by: str


@dataclass(frozen=True)
class RoundAsked:
    """What one round leaves somebody, and whether it waits for their answer."""

    pk: int
    window: Window
    # By when they are asked; none where nobody has asked yet.
    due: date | None = None
    answered: str = ""
    # What the button says.
    press: str = ""

    @property
    def open(self) -> bool:
        return bool(self.due and not self.answered)

    @property
    def overdue(self) -> bool:
        return bool(self.open and self.due and self.due < timezone.localdate())


@dataclass(frozen=True)
class Owner:
    """Somebody whose days these are: an authority, one of its venues, the person who looks."""

    key: str
    name: str
    coming: list[Period]
    past: list[Period]
    rounds: list[RoundAsked] = field(default_factory=list)
    venues: list[Owner] = field(default_factory=list)
    # Where the authority's venues are kept; 0 for others.
    authority: int = 0

    @property
    def free_venues(self) -> list[str]:
        """Those of which nothing is said, by name."""
        return [one.name for one in self.venues if not one.coming and not one.past]

    @property
    def first(self) -> list[Period]:
        return self.coming[:SHOWN]

    @property
    def more(self) -> list[Period]:
        return self.coming[SHOWN:]

    @property
    def more_said(self) -> str:
        if not self.more:
            return ""
        return f"{len(self.more)} more, from {self.more[0].days.partition(' to ')[0]} on"


def owners_for(user: User) -> list[Owner]:
    """The authorities they act for with their venues, then themselves; few queries, always."""
    authorities = acted_for(user)
    keys = [one.pk for one in authorities]
    venues = venues_of(authorities)
    rows: dict[str, list[Unavailable]] = defaultdict(list)
    own = Unavailable.objects.filter(
        Q(user=user) | Q(authority__in=keys) | Q(venue__authority__in=keys)
    )
    for row in own.select_related("said_by"):
        rows[key_of(row)].append(row)
    answers = answers_for(user, keys)
    rounds = _rounds_of(user, keys)
    found = [
        _owner(
            str(one.pk),
            one.name,
            rows[str(one.pk)],
            _asked(rounds[one.pk], one.pk, rows[str(one.pk)], answers),
            [
                _owner(f"{VENUE}{venue.pk}", venue.name, rows[f"{VENUE}{venue.pk}"], [])
                for venue in venues
                if venue.authority_id == one.pk
            ],
            one.pk,
        )
        for one in authorities
    ]
    mine = _asked(rounds[None], None, rows[ME], answers)
    return [*found, _owner(ME, "You yourself", rows[ME], mine)]


def key_of(row: Unavailable) -> str:
    if row.venue_id:
        return f"{VENUE}{row.venue_id}"
    return str(row.authority_id or ME)


def acted_for(user: User) -> list[Authority]:
    found = Authority.objects.filter(pk__in=user.authorities_where(*ACTS_FOR_AUTHORITY))
    return list(found.order_by("name"))


def venues_of(authorities: Sequence[Authority]) -> list[Venue]:
    return list(Venue.objects.open().filter(authority__in=authorities).order_by("name", "pk"))


def also_otherwise(row: Unavailable) -> bool:
    """Whether some of these days are said as well to be of the other kind."""
    return (
        Unavailable.objects.filter(
            authority=row.authority_id,
            user=row.user_id,
            venue=row.venue_id,
            first_day__lte=row.last_day,
            last_day__gte=row.first_day,
        )
        .exclude(rather_not=row.rather_not)
        .exists()
    )


def _owner(
    key: str,
    name: str,
    rows: list[Unavailable],
    rounds: list[RoundAsked],
    venues: list[Owner] | None = None,
    authority: int = 0,
) -> Owner:
    today = timezone.localdate()
    return Owner(
        key,
        name,
        [_period(row) for row in rows if row.last_day >= today],
        [_period(row) for row in reversed(rows) if row.last_day < today],
        rounds,
        venues or [],
        authority,
    )


def _period(row: Unavailable) -> Period:
    kind, colour = ("Would rather not", "yellow") if row.rather_not else ("Cannot", "grey")
    return Period(
        row.pk, span(row.first_day, row.last_day), kind, colour, row.reason, str(row.said_by)
    )


def _rounds_of(user: User, authorities: Sequence[int]) -> dict[int | None, list[Round]]:
    """By authority, None for their own teams: the rounds whose visits are still to come."""
    found: dict[int | None, list[Round]] = defaultdict(list)
    over = (RoundState.DRAFT, *ROUND_OVER)
    today = timezone.localdate()
    parts = Participation.objects.taking_part().filter(
        authority__in=authorities, round__visits_to__gte=today
    )
    for part in parts.exclude(round__state__in=over).select_related("round").order_by("round"):
        found[part.authority_id].append(part.round)
    seats = user.seats.current().filter(challenge__state__in=LIVE).values("challenge")
    rounds = Round.objects.filter(visits_to__gte=today, challenges__in=seats)
    found[None] = list(rounds.exclude(state__in=over).distinct())
    return found


def _asked(
    rounds: Sequence[Round],
    authority: int | None,
    rows: Sequence[Unavailable],
    answers: Mapping[tuple[int, int | None], AvailabilityAnswer],
) -> list[RoundAsked]:
    """A team member’s round stands here only where it asks."""
    found = []
    for round in rounds:
        due = round.availability_due if round.state in WRITES else None
        if authority is None and due is None:
            continue
        free = left_of(still_to_come(round), rows)
        answer = answers.get((round.pk, authority))
        said = _said(answer) if answer else ""
        found.append(
            RoundAsked(round.pk, window_of(round, free), due, said, _press(authority, rows))
        )
    return found


def _said(answer: AvailabilityAnswer) -> str:
    day = timezone.localdate(answer.at)
    return f"{answer.by} on {span(day, day)}"


def _press(authority: int | None, rows: Sequence[Unavailable]) -> str:
    today = timezone.localdate()
    if any(row.last_day >= today for row in rows):
        return "These are all the days"
    return "We can on all days" if authority else "I can on all days"
