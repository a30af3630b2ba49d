"""What the solver is asked for a round: its challenges, and whatever bears on their days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils import timezone

from authorities.models import Authority
from peerchallenge.shared.dates import each_day
from rounds.models import Challenge, Round, VisitDay
from rounds.queries.away import Who, attending, called, days_in_teams, known_of, on_site, whole
from rounds.queries.visits import phases_of, shared_phases, spread_starts, undated_challenges
from rounds.scheduling import Phase
from rounds.scheduling import problem as asked
from rounds.scheduling.patterns import free_days as days_free
from rounds.scheduling.patterns import in_order, open_days, patterns, week
from rounds.scheduling.problem import TERMS, Problem
from rounds.states import DATES_OPEN

# Points of one visit day; a week away from the place that spreads the visits evenly is one.
RATHER_NOT, SCHOOL_HOLIDAY, HOLIDAY_TIME = 20, 10, 5
# Of each week that a visit is sooner than its papers are due.
SHORT_NOTICE = 5
# Plans beyond the window are looked at only to say what would help: as far as the solver goes.
BEYOND = timedelta(weeks=17)
TOGETHER = "The day on which all meet"


@dataclass(frozen=True)
class RoundDates:
    """What the solver is asked, and which challenges each of its answers is for."""

    problem: Problem
    open: Mapping[str, list[Challenge]]


def dates_of(round: Round, *, again: bool = False) -> RoundDates | None:
    """The round's problem; none where no day is left, or a day of everybody's is set already.

    `again`: days that are set may move too, as few as can be, unless they are pinned.
    """
    first = max(round.visits_from, timezone.localdate() + timedelta(days=1))
    shared = shared_phases(round)
    if first > round.visits_to or (shared and not _for_all(round, shared, again=again)):
        return None
    asking = _Asking(round, first, again=again)
    return asking.dates(together=bool(shared)) if asking.open else None


@dataclass(frozen=True)
class Alone:
    """One challenge that looks for days, of these phases and with these people."""

    challenge: Challenge
    phases: Sequence[Phase]
    people: Sequence[Who]
    not_before: date


def dates_of_one(alone: Alone) -> RoundDates | None:
    """The days of one challenge while all others stay where they are; none once no day is left."""
    round = alone.challenge.round
    first = max(round.visits_from, timezone.localdate() + timedelta(days=1))
    if max(first, alone.not_before) > round.visits_to:
        return None
    return _Asking(round, first, again=False, alone=alone).dates(together=False)


def _for_all(round: Round, shared: Collection[str], *, again: bool) -> bool:
    """Whether everybody meets on one day, and nothing else, and that day is still to be found."""
    others = [phase for phase in round.format.phases if phase.id not in shared]
    set_ = VisitDay.objects.filter(challenge__in=round.challenges.live().order_by().values("pk"))
    return not others and not (set_.filter(pinned=True) if again else set_).exists()


class _Asking:
    """Whatever bears on the days of one round's challenges, fetched once."""

    def __init__(
        self, round: Round, first: date, *, again: bool, alone: Alone | None = None
    ) -> None:
        self.round, self.first, self.last = round, first, round.visits_to
        self.alone = alone
        self.phases = in_order(alone.phases if alone else phases_of(round))
        live = round.challenges.live().with_both_sides().prefetch_related("days")
        dated = [one for one in live.order_by("pk") if one.days.all()]
        self.moving = [one for one in dated if again and may_move(one)]
        self.open = sorted([*undated_challenges(round), *self.moving], key=_by_host)
        if alone:
            self.open = [alone.challenge]
            dated = [one for one in dated if one != alone.challenge]
        self.dated = [one for one in dated if one not in self.moving]
        own = [*self.open, *self.dated]
        self.there = attending(own)
        if alone:
            self.there[alone.challenge.pk] = list(alone.people)
        everybody = list(dict.fromkeys(who for one in own for who in self.there[one.pk]))
        self.names = names_of(everybody)
        span = (first - BEYOND, self.last + BEYOND)
        self.known = known_of(round.region, everybody, *span)
        pks = [one.pk for one in own]
        self.taken = days_in_teams(everybody, but_for=pks, first=span[0], last=span[1])
        for day, who in _bookings(everybody, pks):
            self.taken[who].add(day)

    def dates(self, *, together: bool) -> RoundDates:
        groups = {self._name(one): [one] for one in self.open}
        if together:
            groups = {TOGETHER: list(self.open)}
        pinned = [] if together else self._pins()
        for one in self.dated:
            if self._name(one) not in {pin.id for pin in pinned}:
                self._book(one)
        free = [self._challenge(name, ones) for name, ones in groups.items()]
        if self.alone:
            # Days that are over stay as they are, and are no part of what is asked.
            free = [replace(one, pinned={}, not_before=self.alone.not_before) for one in free]
        problem = self._problem([*free, *pinned], groups)
        was = {name: _set(ones[0]) for name, ones in groups.items() if ones[0] in self.moving}
        if was:
            problem = replace(problem, previous=was, objective=TERMS)
        return RoundDates(problem, groups)

    def _problem(
        self, challenges: Sequence[asked.Challenge], groups: Mapping[str, object]
    ) -> Problem:
        soft = dict(zip(groups, self._soft(len(groups)), strict=True))
        return Problem(
            window=(self.first, self.last),
            phases=self.phases,
            challenges=tuple(challenges),
            # Days that are over are no way out of a conflict.
            closed=frozenset(self.known.closed)
            | frozenset(each_day(self.first - BEYOND, timezone.localdate())),
            per_week_most=self.round.format.visits_a_week_most,
            unavailable={
                self.names[who]: self.known.cannot.get(who, frozenset())
                | frozenset(self.taken.get(who, ()))
                for who in {*self.known.cannot, *self.taken}
            },
            rather_not=self._wishes() | {itself(name): points for name, points in soft.items()},
            may_both=self._may_both(challenges),
        )

    def _wishes(self) -> dict[str, dict[date, int]]:
        """Points by person and day: the school holidays, and what they would rather not."""
        points = {
            self.names[who]: dict.fromkeys(days, SCHOOL_HOLIDAY)
            for who, days in self.known.holidays.items()
        }
        for who, days in self.known.rather_not.items():
            own = points.setdefault(self.names[who], {})
            own |= {day: own.get(day, 0) + RATHER_NOT for day in days}
        return points

    def _challenge(self, name: str, ones: Sequence[Challenge]) -> asked.Challenge:
        there = [self.names[who] for one in ones for who in self.there[one.pk]]
        host = self.names[ones[0].host_authority]
        pins = {day.phase: day.day for one in ones for day in one.days.all() if day.pinned}
        return asked.Challenge(name, host, (*dict.fromkeys(there), itself(name)), pins)

    def _pins(self) -> list[asked.Challenge]:
        """Those with days that keep to the rules; the others only take up their people's time."""
        phases = {phase.id for phase in self.phases}
        plain = self._problem([], {})
        open_ = open_days(plain)
        kept: list[asked.Challenge] = []
        busy: dict[str, set[date]] = defaultdict(set)
        weeks: dict[str, set[int]] = {}
        for one in self.dated:
            days, there = _set(one), set(on_site(one))
            pin = replace(self._challenge(self._name(one), [one]), pinned=days)
            mine = {week(day.toordinal()) for day in there}
            stands = (
                set(days) == phases
                and patterns(pin, self.phases, days_free(pin, open_, plain))
                and not any(busy[person] & there for person in pin.people)
                and not any(
                    pin.host in other.parties
                    and other.host in pin.parties
                    and mine & weeks[other.id]
                    for other in kept
                )
            )
            if stands:
                kept.append(pin)
                weeks[pin.id] = mine
                for person in pin.people:
                    busy[person] |= there
        return kept

    def _book(self, one: Challenge) -> None:
        for who in self.there[one.pk]:
            self.taken[who].update(on_site(one))

    def _soft(self, count: int) -> list[dict[date, int]]:
        """For each of so many visits, points by day: near its place, not in holiday times.

        Nor so soon that its papers would be due already.
        """
        soonest = timezone.localdate() + notice_of(self.round)
        length = timedelta(days=sum(phase.gap_most for phase in self.phases))
        found = []
        for start in spread_starts(self.round, count):
            points = {
                day: max((start - day).days, (day - start - length).days, 0) // 7
                + HOLIDAY_TIME * holiday_time(day)
                + SHORT_NOTICE * -(-max((soonest - day).days, 0) // 7)
                for day in each_day(self.first, self.last)
            }
            found.append({day: number for day, number in points.items() if number})
        return found

    def _may_both(self, challenges: Sequence[asked.Challenge]) -> frozenset[frozenset[str]]:
        """In a group all visit all: there it is no rule that two do not in one week."""
        if not self.round.format.group_sizes:
            return frozenset()
        return frozenset(
            frozenset((one.host, party)) for one in challenges for party in one.parties
        )

    def _name(self, challenge: Challenge) -> str:
        return f"{self.names[challenge.host_authority]}’s visit"


def may_move(challenge: Challenge) -> bool:
    """Days are set, nobody has pinned all of them, and the visit has not begun."""
    days = challenge.days.all()
    return (
        challenge.state in DATES_OPEN
        and bool(days)
        and not all(day.pinned for day in days)
        and days[0].day > timezone.localdate()
    )


def _set(challenge: Challenge) -> dict[str, date]:
    return {visit.phase: visit.day for visit in challenge.days.all()}


def _by_host(challenge: Challenge) -> tuple[str, int]:
    return challenge.host_authority.name, challenge.pk


def notice_of(round: Round) -> timedelta:
    """How long before the first day papers are due, where the format asks for any."""
    due = round.format.deadlines.get("papers_sent", {})
    return timedelta(weeks=-int(due.get("weeks", 0)))


def holiday_time(day: date) -> bool:
    """August, and the days around Christmas: possible, but nobody likes them."""
    return day.month == 8 or (day.month, day.day) >= (12, 20) or (day.month, day.day) <= (1, 2)


def names_of(everybody: Iterable[Who]) -> dict[Who, str]:
    """What each is called; numbered where two have one name."""
    names: dict[Who, str] = {}
    times: dict[str, int] = defaultdict(int)
    for who in everybody:
        name = called(who)
        times[name] += 1
        names[who] = name if times[name] == 1 else f"{name} ({times[name]})"
    return names


def itself(name: str) -> str:
    """The visit as one of its own parties: the points of its days are nobody else's."""
    return f"{name} itself"


def _bookings(everybody: Collection[Who], but_for: Collection[int]) -> Iterable[tuple[date, Who]]:
    """The days of these authorities at challenges but these, of whatever round."""
    known = set(everybody)
    own = [who.pk for who in everybody if isinstance(who, Authority)]
    elsewhere = Challenge.objects.live().with_side(authority__in=own).exclude(pk__in=but_for)
    days = VisitDay.objects.filter(challenge__in=elsewhere.order_by().values("pk"))
    sides = days.select_related(
        "challenge__round", "challenge__host__authority", "challenge__challenger__authority"
    ).prefetch_related("challenge__fellows")
    for visit in sides.order_by("pk"):
        for side in visit.challenge.sides:
            if side.authority in known:
                yield from ((day, side.authority) for day in whole(visit))
