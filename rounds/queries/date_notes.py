"""What there is to know of the days that are set: who cannot, and what they fall in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from authorities.models import Authority
from rounds.models import Challenge
from rounds.models.challenge import listed
from rounds.queries.away import Known, Who, attending, cannot_said, known_of, on_site
from rounds.queries.dates_asked import holiday_time
from rounds.scheduling import dates_said
from rounds.states import DATES_OPEN

# `cannot` breaks a rule; the others are worth knowing.
Kind = Literal["cannot", "rather_not"]


@dataclass(frozen=True)
class Note:
    kind: Kind
    text: str


def notes_of(challenges: Collection[Challenge]) -> dict[int, list[Note]]:
    """By challenge, for those with days whose visit has not begun; no reasons, for officers."""
    open_ = [one for one in challenges if one.state in DATES_OPEN and one.days.all()]
    days = sorted(day for one in open_ for day in on_site(one))
    if not days:
        return {}
    there = attending(open_)
    everybody = list(dict.fromkeys(who for one in open_ for who in there[one.pk]))
    known = known_of(open_[0].round.region, everybody, days[0], days[-1])
    return {one.pk: list(notes_on(on_site(one), there[one.pk], known)) for one in open_}


def notes_on(days: Sequence[date], there: Sequence[Who], known: Known) -> Iterator[Note]:
    """What speaks against these days for those who would be there; the hardest first."""
    for name, taken in _by_name(days, known.closed).items():
        yield Note("cannot", f"Closed to visits on {dates_said(taken)}: {name}")
    for who in there:
        if taken := [day for day in days if day in known.cannot.get(who, ())]:
            yield Note("cannot", cannot_said(who, dates_said(taken)))
    for who in there:
        if taken := [day for day in days if day in known.rather_not.get(who, ())]:
            yield Note("rather_not", cannot_said(who, dates_said(taken), rather_not=True))
    authorities = [who for who in there if isinstance(who, Authority)]
    for name, whose in _of_authorities(days, authorities, known.holidays).items():
        yield Note("rather_not", f"In the school holidays of {listed(whose)}: {name}")
    for name, whose in _of_authorities(days, authorities, known.warned).items():
        text = f"Before elections in {listed(whose)}: no sessions with councillors ({name})"
        yield Note("rather_not", text)
    if any(holiday_time(day) for day in days):
        yield Note("rather_not", "In August or around Christmas")


def _of_authorities(
    days: Sequence[date], authorities: Sequence[Authority], named: Mapping[Who, Mapping[date, str]]
) -> dict[str, list[str]]:
    """By what the days fall in, whose it is."""
    found: dict[str, list[str]] = {}
    for who in authorities:
        for name in _by_name(days, named.get(who, {})):
            found.setdefault(name, []).append(who.name)
    return found


def missed(host: object, notes: Sequence[Note]) -> list[str]:
    """Why days that are set cannot stand as they are, a sentence each; no reasons."""
    return [f"{note.text}, for the visit to {host}." for note in notes if note.kind == "cannot"]


def _by_name(days: Sequence[date], named: Mapping[date, str]) -> dict[str, list[date]]:
    found: dict[str, list[date]] = {}
    for day in days:
        if day in named:
            found.setdefault(named[day], []).append(day)
    return found
