"""Other days for a visit that was put off, while all others stay where they are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils import timezone

from authorities.models import User
from peerchallenge.shared.dates import each_day, monday_of
from rounds.models import Challenge, Seat, VisitDay
from rounds.queries.away import Who, attending, whole
from rounds.queries.dates_asked import Alone, RoundDates, dates_of_one, itself
from rounds.queries.visits import Days, day_said, phases_of, shared_phases
from rounds.scheduling import Phase
from rounds.scheduling.problem import Problem, TooMany
from rounds.scheduling.solving import best_dates

OFFERED = 3
# People need time to clear their days, if nobody says otherwise; less once they have begun.
NOTICE, NOTICE_ON_THE_WAY = timedelta(weeks=2), timedelta(days=3)
# For each of the days that are looked for, in a worker.
SECONDS = 8.0
SUNDAY = timedelta(days=6)
ALL_MEET = "In this round all meet on one day: the officers set another one for everybody."
BY_HAND = "There are more ways to place these days than can be compared: set them by hand."


@dataclass(frozen=True)
class NewDates:
    """The best first; where there are none at all, why, a sentence each."""

    days: list[Days]
    obstacles: list[str]


def new_dates(
    challenge: Challenge, *, not_before: date | None = None, but_for: Collection[Days] = ()
) -> NewDates:
    """Up to three that differ by weeks, and only where there are no others by days.

    Of the team only the lead must be free where that is the only way to find as many.
    """
    if shared_phases(challenge.round):
        return NewDates([], [ALL_MEET])
    everybody = attending([challenge])[challenge.pk]
    leads = set(challenge.team.current().filter(seat=Seat.LEAD).values_list("user", flat=True))
    needed = [who for who in everybody if not isinstance(who, User) or who.pk in leads]
    found: list[Days] = []
    obstacles: list[str] = []
    for people in (everybody, needed) if len(needed) < len(everybody) else (everybody,):
        try:
            more, obstacles = _search(challenge, people, not_before, [*but_for, *found])
        except TooMany:
            return NewDates(found, [] if found else [BY_HAND])
        found = [*found, *more][:OFFERED]
        if len(found) == OFFERED:
            break
    return NewDates(found, [] if found else obstacles)


def _search(
    challenge: Challenge,
    people: Sequence[Who],
    not_before: date | None,
    known: Sequence[Days],
) -> tuple[list[Days], list[str]]:
    phases, start = still_to_date(challenge)
    notice = NOTICE_ON_THE_WAY if challenge.days.exists() else NOTICE
    first = max(start, not_before or timezone.localdate() + notice)
    asked = dates_of_one(Alone(challenge, phases, people, first))
    if asked is None:
        last = day_said(challenge.round.visits_to)
        words = (
            f"The round’s time for visits ends on {last}: the board’s officers may set a later day."
        )
        return [], [words]
    [name] = asked.open
    found: list[Days] = []
    # Others in the same weeks are looked for only where no other week is left.
    for weeks in (True, False):
        while len(found) < OFFERED:
            problem = _without(asked, [*known, *found], phases, weeks=weeks)
            solution = best_dates(problem, time_limit=SECONDS)
            if name not in solution.dates:
                break
            found.append(solution.dates[name])
        if not found and not known:
            break
    return found, [f"{rule.text}." for rule in solution.conflict] if not found else []


def still_to_date(challenge: Challenge) -> tuple[list[Phase], date]:
    """The phases that have no day, and the first day on which they can be.

    Where the phase before one of them is over, it comes after it as soon or as late as can be.
    """
    phases = {phase.id: phase for phase in phases_of(challenge.round)}
    kept = {visit.phase: max(whole(visit)) for visit in _days(challenge)}
    first = timezone.localdate() + timedelta(days=1)
    left = []
    for phase in phases.values():
        if phase.id in kept:
            continue
        if phase.after in kept:
            first = max(first, kept[phase.after] + timedelta(days=phase.gap_least))
        left.append(replace(phase, after="") if phase.after in kept else phase)
    return left, first


def given_up(challenge: Challenge) -> list[VisitDay]:
    """What a postponement today frees: every phase but those that are over."""
    today = timezone.localdate()
    return [visit for visit in _days(challenge) if max(whole(visit)) >= today]


def _days(challenge: Challenge) -> list[VisitDay]:
    return list(challenge.days.select_related("challenge__round"))


def _without(
    asked: RoundDates, known: Collection[Days], phases: Sequence[Phase], *, weeks: bool
) -> Problem:
    """Not on the days that were found already; nor in the weeks in which they begin."""
    [name] = asked.open
    taken: set[date] = set()
    for days in known:
        monday = monday_of(min(days.values()))
        taken.update(each_day(monday, monday + SUNDAY) if weeks else ())
        for phase in phases:
            if phase.id in days:
                taken.update(phase.on_site(days[phase.id]))
    return replace(
        asked.problem,
        unavailable={**asked.problem.unavailable, itself(name): frozenset(taken)},
    )
