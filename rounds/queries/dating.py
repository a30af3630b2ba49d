"""The dates of a round's visits as one problem, and the best plan for all of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils import timezone

from authorities.models import Authority
from peerchallenge.shared.dates import bank_holidays, each_day
from rounds.models import Challenge, Round, VisitDay
from rounds.queries.away import Away, Who, attending, away_of, days_in_teams
from rounds.queries.visits import Days, phases_of, shared_phases, spread_starts, undated_challenges
from rounds.scheduling import problem as asked
from rounds.scheduling.conflict import impossible_alone
from rounds.scheduling.patterns import free_days as days_free
from rounds.scheduling.patterns import in_order, open_days, patterns, week
from rounds.scheduling.problem import Problem, Rule, Solution, TooMany
from rounds.scheduling.solving import best_dates

# Points of one visit day; a week away from the place that spreads the visits evenly is one.
RATHER_NOT, HOLIDAY_TIME = 20, 5
# Plans beyond the window are looked at only to say what would help: as far as the solver goes.
BEYOND = timedelta(weeks=17)
# An officer waits for the answer.
SECONDS = 8.0


@dataclass(frozen=True)
class Plan:
    """Days by challenge; why there are none for some, where the rules say so."""

    days: Mapping[int, Days]
    why: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class RoundDates:
    """What the solver is asked, and which challenges each of its answers is for."""

    problem: Problem
    open: Mapping[str, list[Challenge]]


def plan_days(round: Round) -> Plan:
    """The best days for all challenges without any; else for all that have some by themselves."""
    dates = dates_of(round)
    if dates is None:
        return Plan({})
    try:
        solution = best_dates(dates.problem, time_limit=SECONDS)
        if solution.status != "impossible":
            return Plan(_days(dates, solution))
        alone = {one.id for one in impossible_alone(dates.problem, dates.problem.phases)}
        rest = tuple(one for one in dates.problem.challenges if one.id not in alone)
        others = replace(dates.problem, challenges=rest)
        partly = best_dates(others, time_limit=SECONDS) if alone else solution
    except TooMany:
        return Plan({})
    return Plan(_days(dates, partly), solution.conflict)


def _days(dates: RoundDates, solution: Solution) -> dict[int, Days]:
    return {
        challenge.pk: solution.dates[name]
        for name, challenges in dates.open.items()
        if name in solution.dates
        for challenge in challenges
    }


def dates_of(round: Round) -> RoundDates | None:
    """The round's problem; none where no day is left, or a day of everybody's is set already."""
    first = max(round.visits_from, timezone.localdate() + timedelta(days=1))
    undated = undated_challenges(round)
    shared = shared_phases(round)
    if first > round.visits_to or not undated or (shared and not _unset(round, shared)):
        return None
    return _Asking(round, undated, first).dates(together=bool(shared))


def _unset(round: Round, shared: Collection[str]) -> bool:
    """Whether everybody meets on one day, and nothing else, and that day is still to be found."""
    others = [phase for phase in round.format.phases if phase.id not in shared]
    live = round.challenges.live().order_by().values("pk")
    return not others and not VisitDay.objects.filter(challenge__in=live).exists()


class _Asking:
    """Whatever bears on the days of one round's challenges, fetched once."""

    def __init__(self, round: Round, undated: Sequence[Challenge], first: date) -> None:
        self.round, self.undated = round, undated
        self.first, self.last = first, round.visits_to
        self.phases = in_order(phases_of(round))
        live = round.challenges.live().with_both_sides().prefetch_related("days")
        self.dated = [one for one in live.order_by("pk") if one.days.all()]
        own = [*undated, *self.dated]
        self.there = attending(own)
        everybody = list(dict.fromkeys(who for one in own for who in self.there[one.pk]))
        self.names = names_of(everybody)
        span = (first - BEYOND, self.last + BEYOND)
        self.away: Away = away_of(everybody, *span)
        pks = [one.pk for one in own]
        self.taken = days_in_teams(everybody, but_for=pks, first=span[0], last=span[1])
        for day, who in _bookings(everybody, pks):
            self.taken[who].add(day)

    def dates(self, *, together: bool) -> RoundDates:
        groups = {self._name(one): [one] for one in self.undated}
        if together:
            groups = {"The day on which all meet": list(self.undated)}
        pinned = [] if together else self._pins()
        for one in self.dated:
            if self._name(one) not in {pin.id for pin in pinned}:
                self._book(one)
        free = [self._challenge(name, ones) for name, ones in groups.items()]
        problem = self._problem([*free, *pinned], groups)
        return RoundDates(problem, groups)

    def _problem(
        self, challenges: Sequence[asked.Challenge], groups: Mapping[str, object]
    ) -> Problem:
        soft = dict(zip(groups, self._soft(len(groups)), strict=True))
        rather = {
            self.names[who]: dict.fromkeys(days, RATHER_NOT)
            for who, days in self.away.rather_not.items()
        }
        return Problem(
            window=(self.first, self.last),
            phases=self.phases,
            challenges=tuple(challenges),
            # Days that are over are no way out of a conflict.
            closed=frozenset(bank_holidays())
            | frozenset(each_day(self.first - BEYOND, timezone.localdate())),
            per_week_most=self.round.format.visits_a_week_most,
            unavailable={
                self.names[who]: self.away.cannot.get(who, frozenset())
                | frozenset(self.taken.get(who, ()))
                for who in {*self.away.cannot, *self.taken}
            },
            rather_not=rather | {_itself(name): points for name, points in soft.items()},
            may_both=self._may_both(challenges),
        )

    def _challenge(self, name: str, ones: Sequence[Challenge]) -> asked.Challenge:
        there = [self.names[who] for one in ones for who in self.there[one.pk]]
        host = self.names[ones[0].host_authority]
        return asked.Challenge(name, host, (*dict.fromkeys(there), _itself(name)))

    def _pins(self) -> list[asked.Challenge]:
        """Those with days that keep to the rules; the others only take up their people's time."""
        phases = {phase.id for phase in self.phases}
        plain = self._problem([], {})
        open_ = open_days(plain)
        kept: list[asked.Challenge] = []
        busy: dict[str, set[date]] = defaultdict(set)
        weeks: dict[str, set[int]] = {}
        for one in self.dated:
            days = {visit.phase: visit.day for visit in one.days.all()}
            pin = replace(self._challenge(self._name(one), [one]), pinned=days)
            mine = {week(day.toordinal()) for day in days.values()}
            stands = (
                set(days) == phases
                and patterns(pin, self.phases, days_free(pin, open_, plain))
                and not any(busy[person] & {*days.values()} for person in pin.people)
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
                    busy[person] |= {*days.values()}
        return kept

    def _book(self, one: Challenge) -> None:
        for visit in one.days.all():
            for who in self.there[one.pk]:
                self.taken[who].add(visit.day)

    def _soft(self, count: int) -> list[dict[date, int]]:
        """For each of so many visits, points by day: near its place, not in holiday times."""
        length = timedelta(days=sum(phase.gap_most for phase in self.phases))
        found = []
        for start in spread_starts(self.round, count):
            points = {
                day: max((start - day).days, (day - start - length).days, 0) // 7
                + HOLIDAY_TIME * holiday_time(day)
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


def holiday_time(day: date) -> bool:
    """August, and the days around Christmas: possible, but nobody likes them."""
    return day.month == 8 or (day.month, day.day) >= (12, 20) or (day.month, day.day) <= (1, 2)


def names_of(everybody: Iterable[Who]) -> dict[Who, str]:
    """What each is called; numbered where two have one name."""
    names: dict[Who, str] = {}
    times: dict[str, int] = defaultdict(int)
    for who in everybody:
        times[who.name] += 1
        number = times[who.name]
        names[who] = who.name if number == 1 else f"{who.name} ({number})"
    return names


def _itself(name: str) -> str:
    """The visit as one of its own parties: the points of its days are nobody else's."""
    return f"{name} itself"


def _bookings(everybody: Collection[Who], but_for: Collection[int]) -> Iterable[tuple[date, Who]]:
    """The days of these authorities at challenges but these, of whatever round."""
    known = set(everybody)
    own = [who.pk for who in everybody if isinstance(who, Authority)]
    elsewhere = Challenge.objects.live().with_side(authority__in=own).exclude(pk__in=but_for)
    days = VisitDay.objects.filter(challenge__in=elsewhere.order_by().values("pk"))
    sides = days.select_related(
        "challenge__host__authority", "challenge__challenger__authority"
    ).prefetch_related("challenge__fellows")
    for visit in sides.order_by("pk"):
        for side in visit.challenge.sides:
            if side.authority in known:
                yield visit.day, side.authority
