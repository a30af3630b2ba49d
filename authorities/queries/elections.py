"""England's poll dates, and the pre-election period that each suggests to an authority."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from authorities.models import Authority, Period
from authorities.queries.periods import Entry
from authorities.states import PeriodKind
from peerchallenge.shared.dates import working_days_before

POLLS = Path(__file__).resolve().parent.parent / "facts" / "polls.csv"
LOCAL = "local"
# Notice of a local election is given no later than this many working days before the poll, and
# a pre-election period usually begins about then. Each council sets its own.
NOTICE_DAYS = 25
AHEAD = timedelta(days=400)


@dataclass(frozen=True)
class Poll:
    """A day on which England votes."""

    day: date
    election: str

    @property
    def notice_by(self) -> date:
        return working_days_before(self.day, NOTICE_DAYS)


@dataclass(frozen=True)
class Suggestion:
    """A pre-election period that an authority may want in its calendar."""

    poll: date
    entry: Entry
    # Some councils of its kind vote that year and some do not.
    perhaps: bool


@lru_cache(maxsize=1)
def known_polls() -> tuple[Poll, ...]:
    with POLLS.open(newline="", encoding="utf-8") as file:
        return tuple(
            Poll(date.fromisoformat(row["poll_date"]), row["election"])
            for row in csv.DictReader(file)
        )


def local_polls(first: date, last: date) -> list[Poll]:
    """Those of the list, and after its end the first Thursdays of May."""
    known = [poll for poll in known_polls() if poll.election == LOCAL]
    end = known[-1].day.year
    later = [Poll(first_thursday_of_may(year), LOCAL) for year in range(end + 1, last.year + 1)]
    return [poll for poll in (*known, *later) if first <= poll.day <= last]


def first_thursday_of_may(year: int) -> date:
    may = date(year, 5, 1)
    return may + timedelta(days=(3 - may.weekday()) % 7)


def votes_in(kind: str, year: int) -> bool | None:
    """Whether a council of this kind elects councillors in May of a year; None: some do."""
    if kind == "county":
        return year % 4 == 1
    if kind == "london_borough":
        return year % 4 == 2
    if kind == "city_corporation":
        return False
    if kind == "metropolitan" and year % 4 == 1:
        return False
    return None


def suggested(authority: Authority, there: Sequence[Period], today: date) -> Suggestion | None:
    """For the next poll at which it votes, or may; none once its calendar has a period then."""
    for poll in local_polls(today, today + AHEAD):
        votes = votes_in(authority.kind, poll.day.year)
        said = any(
            one.kind == PeriodKind.PRE_ELECTION
            and one.first_day <= poll.day
            and (one.last_day or poll.day) >= poll.notice_by
            for one in there
        )
        if votes is False or said:
            continue
        name = f"Pre-election period, local elections {poll.day.year}"
        entry = Entry(PeriodKind.PRE_ELECTION, poll.notice_by, poll.day, name)
        return Suggestion(poll.day, entry, votes is None)
    return None
