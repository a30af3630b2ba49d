"""Challenges that were held before the rounds were run here: what is entered, and rows to enter.

A row is the host, the challenger, the first day, the days given and the round's name, in this
order or under headings that say so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from django.db.models import Prefetch

from authorities.models import Authority, Region
from rounds.models import Challenge, EarlierChallenge, FellowChallenger
from rounds.queries.cells import (
    ALIASES,
    Place,
    Unclear,
    day_said,
    days_said,
    place_said,
    plain,
    shown,
)
from rounds.queries.ledger import COUNTED

LONGEST_NAME = 100
ORDER = ("host", "challenger", "held_on", "days", "round_name")
HEADINGS = {
    "host": "host hosts challenged authoritychallenged receiving receivingauthority visited",
    "challenger": "challenger challengers challengedby visitor visitedby challengingauthority",
    "held_on": "date firstday day heldon held start startdate first",
    "days": "days daysgiven numberofdays",
    "round_name": "round roundname name programme",
}
HEADED = {word: column for column, words in HEADINGS.items() for word in words.split()}


class What(NamedTuple):
    """What is one challenge: entered twice, it is there once."""

    host: int
    challenger: int
    held_on: date


@dataclass(frozen=True)
class Entry:
    """One challenge to enter; authorities by key."""

    host: int
    challenger: int
    held_on: date
    round_name: str = ""
    days: int = 0

    @property
    def what(self) -> What:
        return What(self.host, self.challenger, self.held_on)


@dataclass(frozen=True)
class Known:
    """What rows are read against: who may be meant, and what is there."""

    places: Mapping[str, Sequence[Place]]
    there: Collection[What]
    # Pairs that met in a round run here, with its name and when its visits were.
    here: Mapping[tuple[int, int], Sequence[tuple[date, date, str]]]
    today: date


@dataclass(frozen=True)
class Verdict:
    """What becomes of one row, and why."""

    number: int
    cells: Sequence[str]
    entry: Entry | None = None
    # Taken with this in mind, or the reason it is not taken.
    says: str = ""
    # The challenge in words, as it was understood.
    understood: str = ""
    there: bool = False

    @property
    def taken(self) -> bool:
        return self.entry is not None and not self.there

    @property
    def written(self) -> str:
        """The row on one line, cut where it is longer than any sane one."""
        return shown(" | ".join(self.cells), 200)

    @property
    def outcome(self) -> str:
        if self.there:
            return "Already there"
        return "Taken" if self.entry else "Refused"


def entered_already(region: Region) -> set[What]:
    rows = EarlierChallenge.objects.filter(region=region).order_by()
    return {What(*row) for row in rows.values_list("host", "challenger", "held_on")}


def known_in(region: Region, today: date) -> Known:
    """Four queries."""
    named: defaultdict[str, list[Place]] = defaultdict(list)
    for one in region.authorities.order_by("name", "valid_to", "pk"):
        place = Place(
            one.pk, one.name, one.official_name, one.dfe_code, one.valid_from, one.valid_to
        )
        for word in _words_for(one):
            named[word].append(place)
    here: defaultdict[tuple[int, int], list[tuple[date, date, str]]] = defaultdict(list)
    fellows = FellowChallenger.objects.select_related("participation")
    met = (
        Challenge.objects.filter(round__region=region, state__in=COUNTED)
        .select_related("round", "host", "challenger")
        .prefetch_related(Prefetch("fellows", fellows))
    )
    for challenge in met.order_by("pk"):
        round = challenge.round
        beside = [fellow.participation for fellow in challenge.fellows.all()]
        for challenger in (challenge.challenger, *beside):
            pair = challenge.host.authority_id, challenger.authority_id
            here[pair].append((round.visits_from, round.visits_to, round.name))
    return Known(dict(named), entered_already(region), dict(here), today)


def _words_for(authority: Authority) -> set[str]:
    names = (authority.name, authority.short_name, authority.official_name)
    codes = {authority.code3.casefold(), authority.dfe_code.casefold()}
    aliases = {alias for alias, code in ALIASES.items() if code == authority.dfe_code}
    return {plain(name) for name in names} | codes | aliases


def judged(rows: Sequence[Sequence[str]], known: Known) -> list[Verdict]:
    """Each row with what becomes of it; headings are read, and are no row."""
    if not rows:
        return []
    columns = columns_of(rows[0])
    first = 1 if columns else 0
    seen: dict[What, int] = {}
    found = []
    for number, cells in enumerate(rows[first:], first + 1):
        verdict = _judge(number, cells, columns or dict(zip(ORDER, range(9), strict=False)), known)
        if verdict.entry:
            what = verdict.entry.what
            if what in seen:
                says = f"The same as row {seen[what]}."
                verdict = replace(verdict, says=says, there=True)
            seen.setdefault(what, number)
        found.append(verdict)
    return found


def columns_of(cells: Sequence[str]) -> dict[str, int]:
    """Which column holds what, where the row is one of headings; else nothing."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        column = HEADED.get("".join(re.findall(r"[a-z]+", cell.casefold())))
        if column:
            found.setdefault(column, place)
    return found if len(found) > 1 else {}


def _judge(number: int, cells: Sequence[str], columns: Mapping[str, int], known: Known) -> Verdict:
    def cell(column: str) -> str:
        place = columns.get(column, len(cells))
        return cells[place].strip() if place < len(cells) else ""

    try:
        held_on, dated = day_said(cell("held_on"), known.today)
        host, hosted = place_said(cell("host"), "host", held_on, known.places)
        challenger, challenged = place_said(cell("challenger"), "challenger", held_on, known.places)
        if host == challenger:
            raise Unclear("The host and the challenger are the same authority.")
        days = days_said(cell("days"))
        name = cell("round_name")
        if len(name) > LONGEST_NAME:
            raise Unclear(f"The round’s name is longer than {LONGEST_NAME} characters.")
        _not_held_here(host, challenger, held_on, known)
    except Unclear as unclear:
        return Verdict(number, cells, says=str(unclear))
    entry = Entry(host.pk, challenger.pk, held_on, name, days)
    gave = f"{days} day{'' if days == 1 else 's'}"
    understood = f"{challenger.name} challenged {host.name} on {held_on:%-d %B %Y}, {gave}."
    if entry.what in known.there:
        return Verdict(number, cells, entry, "It has been entered before.", understood, there=True)
    notes = " ".join(note for note in (hosted, challenged, dated) if note)
    return Verdict(number, cells, entry, notes, understood)


def _not_held_here(host: Place, challenger: Place, on: date, known: Known) -> None:
    for first, last, name in known.here.get((host.pk, challenger.pk), ()):
        if first <= on <= last:
            raise Unclear(f"The ledger has it already, from the round “{name}” that was run here.")
