from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count
from django.utils import timezone

from authorities.models import User
from authorities.queries.calendars import calendar_between
from peerchallenge.shared.dates import bank_holidays, monday_of
from peerchallenge.shared.marks import mark_of
from rounds import scheduling
from rounds.models import Challenge, Round, TeamMember, VisitDay
from rounds.queries.away import attending, days_in_teams, known_of, whole
from rounds.queries.rounds import directors_by_authority
from rounds.states import DATES_OPEN

Days = Mapping[str, date]


def visit_clashes(challenge: Challenge, days: Days) -> list[scheduling.Clash]:
    """Why these days, phase id to date, cannot stand for this challenge."""
    round = challenge.round
    closed = calendar_between(round.region, [], round.visits_from, round.visits_to).closed
    elsewhere = visits_elsewhere(challenge)
    found = scheduling.clashes(
        days,
        phases_of(round),
        parties=parties_of(challenge),
        window=(round.visits_from, round.visits_to),
        closed={**closed, **bank_holidays()},
        booked=bookings_of(elsewhere),
    )
    return found + _both_ways(challenge, days, elsewhere)


def _both_ways(
    challenge: Challenge, days: Days, elsewhere: Collection[VisitDay]
) -> list[scheduling.Clash]:
    """Two do not visit each other in one week; in a group all visit all."""
    host = challenge.host_authority
    back = [
        visit
        for visit in elsewhere
        if not challenge.round.format.group_sizes
        and visit.challenge.host_authority in challenge.challengers
        and host in visit.challenge.challengers
    ]
    return [
        scheduling.Clash(
            phase,
            "both_ways",
            f"{host} visits {visit.challenge.host_authority} in the same week, "
            f"on {scheduling.said(visit.day)}.",
        )
        for phase, day in days.items()
        for visit in back
        if monday_of(visit.day) == monday_of(day)
    ]


def free_days(challenge: Challenge, *, start: date | None = None) -> dict[str, date]:
    """The first days after today that would suit, from `start` on or else from the beginning.

    On none of them has anybody said that they cannot; on those they would rather not, only when
    there are no others. The day on which everybody meets is kept to once it is set.
    """
    round = challenge.round
    first = max(round.visits_from, timezone.localdate() + timedelta(days=1))
    booked = other_bookings(challenge)
    everybodys = _everybodys_day(round)
    starts = dict.fromkeys([max(everybodys or start or first, first), first])
    closed, cannot, rather_not = _kept_off(challenge, first)
    for off in [set[date]()] if everybodys else [cannot | rather_not, cannot]:
        for day in starts:
            found = scheduling.first_free(
                phases_of(round),
                parties=parties_of(challenge),
                window=(round.visits_from, round.visits_to),
                closed={**dict.fromkeys(off, ""), **closed},
                booked=booked,
                start=day,
            )
            if found:
                return found
    return {}


def _kept_off(challenge: Challenge, first: date) -> tuple[Mapping[date, str], set[date], set[date]]:
    """The days closed to all; on which somebody cannot, in other teams too; and would rather not.

    Nobody would rather be visited in their schools’ holidays.
    """
    last = challenge.round.visits_to
    there = attending([challenge])[challenge.pk]
    known = known_of(challenge.round.region, there, first, last)
    elsewhere = days_in_teams(there, but_for=[challenge.pk], first=first, last=last)
    cannot = set().union(*known.cannot.values(), *elsewhere.values())
    return known.closed, cannot, set().union(*known.rather_not.values(), *known.holidays.values())


def spread_starts(round: Round, count: int) -> list[date]:
    """Where to begin looking for each of so many visits, so that they fill the whole window."""
    first = max(round.visits_from, timezone.localdate() + timedelta(days=1))
    if shared_phases(round):
        return [first] * count
    after = sum(phase.gap_most for phase in phases_of(round))
    span = max((round.visits_to - first).days - after, 0)
    return [first + timedelta(days=span * place // count) for place in range(count)]


def _everybodys_day(round: Round) -> date | None:
    """The day on which everybody meets, once it is set for one of them."""
    days = VisitDay.objects.filter(
        challenge__in=round.challenges.live().order_by().values("pk"),
        phase__in=shared_phases(round),
    )
    return days.order_by("day").values_list("day", flat=True).first()


def together_with(challenge: Challenge) -> list[Challenge]:
    """Whoever meets on the same day, where everybody of the round does."""
    round = challenge.round
    now = challenge.days.filter(phase__in=shared_phases(round)).order_by("day").first()
    if now is None or not round.format.meets_together:
        return []
    there = round.challenges.filter(state__in=DATES_OPEN, days__day=now.day).with_both_sides()
    return list(there.exclude(pk=challenge.pk).order_by("pk").distinct())


def other_bookings(challenge: Challenge) -> list[scheduling.Booking]:
    return bookings_of(visits_elsewhere(challenge))


def bookings_of(elsewhere: Collection[VisitDay]) -> list[scheduling.Booking]:
    return [
        scheduling.Booking(day, parties_of(visit.challenge), str(visit.challenge))
        for visit in elsewhere
        for day in whole(visit)
    ]


def visits_elsewhere(challenge: Challenge) -> list[VisitDay]:
    """The days on which one of its authorities is host or challenger elsewhere.

    The day on which everybody meets is nobody's elsewhere.
    """
    own = [side.authority for side in challenge.sides]
    elsewhere = Challenge.objects.live().with_side(authority__in=own).order_by()
    return list(
        VisitDay.objects.filter(challenge__in=elsewhere.values("pk"))
        .exclude(challenge=challenge)
        .exclude(challenge__round=challenge.round_id, phase__in=shared_phases(challenge.round))
        .select_related(
            "challenge__round", "challenge__host__authority", "challenge__challenger__authority"
        )
        .prefetch_related("challenge__fellows")
        .order_by("day", "pk")
    )


def parties_of(challenge: Challenge) -> frozenset[str]:
    return frozenset(side.authority.name for side in challenge.sides)


def shared_phases(round: Round) -> list[str]:
    """What all challenges of the round have on one day."""
    return [phase.id for phase in round.format.phases if phase.shared]


def phases_of(round: Round) -> list[scheduling.Phase]:
    return [
        scheduling.Phase(
            phase.id, phase.label, phase.after, phase.gap_least, phase.gap_most, phase.days
        )
        for phase in round.format.phases
    ]


def dated_challenges(round: Round) -> list[Challenge]:
    """Accepted, with a day for every phase, and not yet told."""
    return list(
        round.challenges.unsent()
        .with_both_sides()
        .annotate(dated=Count("days"))
        .filter(dated=len(round.format.phases))
        .order_by("pk")
        .prefetch_related("days")
    )


def undated_challenges(round: Round) -> list[Challenge]:
    """Accepted, and no day set yet, by the host's name."""
    return list(
        round.challenges.unsent()
        .filter(days__isnull=True)
        .with_both_sides()
        .prefetch_related("days")
        .order_by("host__authority__name")
    )


def dates_version(dated: Collection[Challenge]) -> str:
    """A mark of the days about to be sent: it differs once anybody changes one."""
    return mark_of(*((one.pk, [str(visit.day) for visit in one.days.all()]) for one in dated))


@dataclass(frozen=True)
class Told:
    """Whoever gets the dates of a round's challenges: each is written to once for each."""

    directors: list[User]
    team: list[User]

    @property
    def said(self) -> str:
        """“16 directors and 12 reviewers”."""
        directors = counted(len(self.directors), "director")
        return f"{directors} and {counted(len(self.team), 'reviewer')}" if self.team else directors


def told_of(dated: Collection[Challenge]) -> Told:
    authorities = {side.participation.authority_id for c in dated for side in c.sides}
    directors = directors_by_authority(authorities)
    seats = TeamMember.objects.current().filter(challenge__in=dated, user__is_active=True)
    return Told(
        _each(user for users in directors.values() for user in users),
        _each(seat.user for seat in seats.select_related("user")),
    )


def holidays_between(first: date, last: date) -> list[tuple[date, str]]:
    return [(day, name) for day, name in sorted(bank_holidays().items()) if first <= day <= last]


def counted(number: int, noun: str, plural: str = "") -> str:
    """“1 visit”, “3 visits”, “2 matches”."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def day_said(day: date) -> str:
    return f"{day:%-d %B %Y}"


def days_said(days: Sequence[date]) -> str:
    """“12 and 19 Jan 2027”, “27 Jan and 3 Feb 2027”, “4 to 8 Jan 2027”: it fits a table."""
    if not days:
        return ""
    runs: list[list[date]] = []
    for day in days:
        if runs and day == runs[-1][-1] + timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    # Two days in a row are named, as any other two are.
    ends = [(run[0], run[-1]) for run in runs if len(run) > 2]
    kept = sorted({day for run in runs for day in (run if len(run) < 3 else (run[0], run[-1]))})
    said = {day: _short(day, then) for day, then in zip(kept, [*kept[1:], None], strict=True)}
    spans = {first: f"{said[first]} to {said[last]}" for first, last in ends}
    lasts = {last for _, last in ends}
    parts = [spans.get(day, said[day]) for day in kept if day not in lasts]
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]


def _short(day: date, then: date | None) -> str:
    """A day before another: its month and year only where they differ."""
    if then is None or day.year != then.year:
        return f"{day:%-d %b %Y}"
    return f"{day:%-d}" if day.month == then.month else f"{day:%-d %b}"


def _each(people: Iterable[User]) -> list[User]:
    return sorted({user.pk: user for user in people}.values(), key=lambda user: user.name)
