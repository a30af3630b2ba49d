"""The matching board where authorities meet in pairs or groups: who sits with whom, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rounds.matching.places import groups_of
from rounds.matching.problem import GROUPS, PAIRS, Ids
from rounds.queries.places import Place, Places, Row, points


@dataclass(frozen=True)
class Brings:
    """What another of the group has for a host, in a line."""

    pk: int
    name: str
    word: str
    # Why a rule forbids the two, in sentences; and the officer's word that sets it aside.
    bars: tuple[str, ...]
    reason: str
    allowed: bool


@dataclass(frozen=True)
class Member:
    """One of a pair or group, in its place; `row` is what the board knows of it as a host."""

    place: Place
    row: Row
    brings: tuple[Brings, ...]


@dataclass(frozen=True)
class Group:
    """Who meets whom. `key`: two of its members, as a press names them; `more`: a place to join."""

    name: str
    members: tuple[Member, ...]
    points: str
    key: str
    locked: bool
    underway: bool
    forbidden: bool
    more: Place | None


def meets_in_groups(places: Places) -> bool:
    return places.facts.topology in (PAIRS, GROUPS)


def groups_on(places: Places, rows: Iterable[Row]) -> tuple[Group, ...]:
    """In the order of their ids; nothing where hosts have challengers of their own."""
    if not meets_in_groups(places):
        return ()
    codes = {member.pk: code for code, member in places.seen.members.items()}
    by_code = {codes[row.host]: row for row in rows}
    return tuple(
        _group(places, f"{_noun(places)} {number}", group, by_code)
        for number, group in enumerate(groups_of(places.seen.pairs), start=1)
    )


def alone_on(places: Places) -> tuple[Place, ...]:
    """Whoever is in no pair or group yet."""
    taken = {who for group in groups_of(places.seen.pairs) for who in group}
    return tuple(
        _place(places, "0", code, movable=True) for code in places.seen.members if code not in taken
    )


def _noun(places: Places) -> str:
    return "Pair" if places.facts.topology == PAIRS else "Group"


def _group(places: Places, name: str, codes: tuple[str, ...], rows: dict[str, Row]) -> Group:
    pairs = {(host, one) for host in codes for one in codes if host != one}
    pks = {code: places.seen.members[code].pk for code in codes}
    locked = {who for pair in pairs & places.reasons.keys() for who in pair}
    underway = bool(pairs & places.underway)
    total = sum(places.seen.problem.by_pair[pair].score for pair in pairs & {*places.seen.pairs})
    members = []
    for code in codes:
        others = [one for one in codes if one != code]
        place = _place(
            places, str(pks[others[0]]), code, movable=not underway and code not in locked
        )
        brings = tuple(_brings(places, (code, one), rows[code]) for one in others)
        members.append(Member(place, rows[code], brings))
    most = max(places.facts.group_sizes, default=0)
    return Group(
        name=name,
        members=tuple(members),
        points=points(total),
        key=f"{pks[codes[0]]}-{pks[codes[1]]}",
        locked=bool(locked),
        underway=underway,
        forbidden=any(one.bars and not one.allowed for mem in members for one in mem.brings),
        more=_more(name, pks[codes[0]]) if len(codes) < most and not underway else None,
    )


def _place(places: Places, beside: str, code: str, *, movable: bool) -> Place:
    pk = places.seen.members[code].pk
    return Place(
        key=f"{beside}-{pk}",
        at=str(pk),
        host=None,
        host_name="",
        challenger=pk,
        name=places.names[code],
        underway=not movable,
    )


def _more(name: str, anchor: int) -> Place:
    return Place(
        key=f"{anchor}-0",
        at=f"{anchor}-more",
        host=anchor,
        host_name=f"The free place in {name.lower()}",
        challenger=None,
        name="",
    )


def _brings(places: Places, pair: Ids, row: Row) -> Brings:
    pk = places.seen.members[pair[1]].pk
    taken = next((one for one in row.places if one.challenger == pk), None)
    return Brings(
        pk,
        places.names[pair[1]],
        taken.word if taken else "",
        taken.bars if taken else (),
        taken.reason if taken else "",
        bool(taken and taken.locked),
    )
