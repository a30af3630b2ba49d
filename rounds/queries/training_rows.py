"""Rows of training that were pasted or uploaded: whom each means, and what becomes of it.

A row is an e-mail address or a name, the authority where a name needs it, the day of the
training and, where it is not the usual one, the last day it counts; in this order or under
headings that say so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from authorities.actions.reviewers import Training
from authorities.models import Membership, Reviewer, User
from authorities.queries.reviewers import lapse_of
from authorities.states import HELD_IN_AN_AUTHORITY, Role
from rounds.queries.cells import Unclear, day_said, plain, read_day, shown

ORDER = ("who", "authority", "trained_on", "lapses_on")
HEADINGS = {
    "who": "who name email emailaddress reviewer person",
    "authority": "authority council place organisation",
    "trained_on": "trained trainedon date training trainingdate day",
    "lapses_on": "lapses lapseson until countsuntil expires expiry validuntil",
}
HEADED = {word: column for column, words in HEADINGS.items() for word in words.split()}


@dataclass(frozen=True)
class Known:
    """Somebody who may be meant."""

    user: int
    name: str
    email: str
    authorities: frozenset[str]
    trained_on: date | None
    lapses_on: date | None


@dataclass(frozen=True)
class Verdict:
    """What becomes of one row, and why."""

    number: int
    cells: Sequence[str]
    entry: Training | None = None
    says: str = ""
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


def known_to(officer: User) -> list[Known]:
    """Everybody who works for an authority of their regions; two queries."""
    held = Membership.objects.current().filter(
        authority__region__in=officer.regions_where(Role.BOARD_OFFICER),
        role__in=HELD_IN_AN_AUTHORITY,
    )
    places: dict[int, set[str]] = defaultdict(set)
    people: dict[int, User] = {}
    for post in held.select_related("user", "authority"):
        people[post.user_id] = post.user
        if post.authority:
            places[post.user_id] |= {plain(post.authority.name), plain(post.authority.short_name)}
    rows = {row.user_id: row for row in Reviewer.objects.filter(user__in=people)}
    return [
        Known(
            pk,
            user.name,
            user.email.casefold(),
            frozenset(places[pk]),
            rows[pk].trained_on if pk in rows else None,
            rows[pk].lapses_on if pk in rows else None,
        )
        for pk, user in people.items()
    ]


def judged(rows: Sequence[Sequence[str]], known: Sequence[Known], today: date) -> list[Verdict]:
    """Row by row; of two rows about one person the last counts, and says so."""
    order, rows = _ordered(rows)
    found = [_judge(number, cells, order, known, today) for number, cells in enumerate(rows, 1)]
    last = {one.entry.user: one.number for one in found if one.entry}
    return [
        Verdict(
            one.number,
            one.cells,
            says=f"Row {last[one.entry.user]} is about the same person and counts instead.",
        )
        if one.entry and last[one.entry.user] != one.number
        else one
        for one in found
    ]


def _ordered(
    rows: Sequence[Sequence[str]],
) -> tuple[Mapping[str, int] | None, Sequence[Sequence[str]]]:
    """Where each column stands if the first row says so; none where it is a row like others."""
    heads = [HEADED.get(re.sub(r"\W", "", cell.casefold())) for cell in rows[0]] if rows else []
    if {"who", "trained_on"} <= set(heads):
        return {column: heads.index(column) for column in ORDER if column in heads}, rows[1:]
    return None, rows


def _judge(
    number: int,
    cells: Sequence[str],
    order: Mapping[str, int] | None,
    known: Sequence[Known],
    today: date,
) -> Verdict:
    said = _columns(cells, order)
    try:
        person = _meant(said["who"], said["authority"], known)
        if not said["trained_on"]:
            raise Unclear("The day of the training is missing.")
        trained, note = day_said(said["trained_on"], today)
        lapses = _lapse(said["lapses_on"], trained, today)
    except Unclear as unclear:
        return Verdict(number, cells, says=str(unclear))
    entry = Training(person.user, trained, lapses)
    understood = f"{person.name}: trained on {_day(trained)}, counts until {_day(lapses)}."
    there = (person.trained_on, person.lapses_on) == (trained, lapses)
    older = person.trained_on and person.trained_on > trained
    warn = f"A later training, of {_day(person.trained_on)}, is replaced." if older else note
    return Verdict(number, cells, entry, warn or "", understood, there)


def _columns(cells: Sequence[str], order: Mapping[str, int] | None) -> dict[str, str]:
    """Without headings a row that begins with an e-mail address may leave the authority out."""
    if order is None:
        brief = bool(cells) and "@" in cells[0] and len(cells) > 1 and _is_day(cells[1])
        names = [name for name in ORDER if name != "authority"] if brief else list(ORDER)
        order = {name: place for place, name in enumerate(names)}
    return {
        name: cells[order[name]] if name in order and order[name] < len(cells) else ""
        for name in ORDER
    }


def _is_day(cell: str) -> bool:
    return bool(re.search(r"\d", cell))


def _meant(who: str, authority: str, known: Sequence[Known]) -> Known:
    if not who:
        raise Unclear("The person is missing.")
    wanted = " ".join(who.split()).casefold()
    if "@" in wanted:
        found = [one for one in known if one.email == wanted]
    else:
        found = [one for one in known if one.name.casefold() == wanted]
    if authority:
        found = [one for one in found if plain(authority) in one.authorities]
    if len(found) > 1:
        raise Unclear(f"“{shown(who)}” may be several: write the e-mail address instead.")
    if found:
        return found[0]
    near = get_close_matches(wanted, [one.name.casefold() for one in known], n=1)
    mean = next((one.name for one in known if near and one.name.casefold() == near[0]), "")
    at = f" in {shown(authority)}" if authority else ""
    hint = f" Do you mean {mean}?" if mean and mean.casefold() != wanted else ""
    raise Unclear(f"Nobody called “{shown(who)}” works{at} for an authority of yours.{hint}")


def _lapse(text: str, trained: date, today: date) -> date:
    if not text:
        return lapse_of(trained)
    # Two figures of a year are one to come.
    lapses, _ = read_day(text, date(today.year + 20, 12, 31))
    if lapses < trained:
        raise Unclear("It cannot lapse before the day it was given.")
    return lapses


def _day(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else ""
