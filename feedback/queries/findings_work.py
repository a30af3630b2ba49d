"""Pages on which a team puts its findings together: likely doubles, order, sources, who is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from authorities.models import User
from feedback.models import Finding, FindingSource, IndependentPhase
from feedback.queries.alike import likely_pairs
from feedback.queries.findings import FindingRow, Order, rows_of
from feedback.states import FindingKind, Grouping
from rounds.models import Challenge, Session, TimetableRelease

MOST_PAIRS = 15


@dataclass(frozen=True)
class AlikeRow:
    """Two findings that may be one, and the words that suggest it."""

    first: Finding
    second: Finding
    shared: list[str]


@dataclass(frozen=True)
class OrderedKind:
    """The findings of one kind in a group, in their order."""

    label: str
    rows: list[FindingRow]


@dataclass(frozen=True)
class Member:
    name: str
    done: bool
    you: bool


@dataclass(frozen=True)
class Alone:
    """The time in which each notes on their own: who has said that they are done."""

    phase: IndependentPhase
    members: list[Member]

    @property
    def waiting(self) -> list[str]:
        return [member.name for member in self.members if not member.done]

    @property
    def you_are_done(self) -> bool:
        return any(member.done for member in self.members if member.you)


def alike_in(challenge: Challenge, user: User) -> list[AlikeRow]:
    """Of each kind by itself: a strength is never the double of an area for consideration."""
    found = {row.finding.pk: row.finding for row in rows_of(challenge, user)}
    pairs = [
        pair
        for kind in FindingKind
        for pair in likely_pairs(
            {pk: one.team_text for pk, one in found.items() if one.kind == kind}
        )
    ]
    pairs.sort(key=lambda pair: -pair.score)
    return [
        AlikeRow(found[pair.first], found[pair.second], list(pair.shared[:5]))
        for pair in pairs[:MOST_PAIRS]
    ]


def ordered_in(
    challenge: Challenge, user: User, within: Grouping, key: str
) -> tuple[str, list[OrderedKind]]:
    """What the group is called, and its findings kind by kind; no name where it holds none."""
    order = Order(challenge.round.format.themes, within)
    rows = [row for row in rows_of(challenge, user) if order.key(row.finding) == key]
    rows.sort(key=lambda row: order(row.finding))
    kinds = [
        OrderedKind(kind.label, [row for row in rows if row.finding.kind == kind])
        for kind in FindingKind
    ]
    name = order.name(rows[0].finding) if rows else ""
    return name, [kind for kind in kinds if kind.rows]


def sources_of(finding: Finding) -> list[FindingSource]:
    """Its own, and those of all that was merged into it."""
    together, level = [finding.pk], [finding.pk]
    while level:
        level = list(Finding.objects.filter(merged_into__in=level).values_list("pk", flat=True))
        together += level
    return list(FindingSource.objects.filter(finding__in=together).order_by("pk"))


def sessions_to_name(challenge: Challenge) -> list[tuple[int, str]]:
    """Those of the timetable as it was last sent out, which names nobody who was seen."""
    release = TimetableRelease.objects.filter(timetable__challenge=challenge).first()
    if release is None:
        return []
    there = dict(Session.objects.filter(timetable__challenge=challenge).values_list("uid", "pk"))
    by_uid = {str(uid): pk for uid, pk in there.items()}
    return [
        (
            by_uid[one.uid],
            f"{one.day:%a} {one.day.day} {one.day:%B}, {one.start:%H:%M}: {one.title}",
        )
        for one in sorted(release.frozen.sessions, key=lambda one: one.order)
        if one.uid in by_uid and one.dropped_on is None and one.kind != "break"
    ]


def alone_in(challenge: Challenge, user: User) -> Alone | None:
    """None unless each of the team notes on their own just now."""
    phase = IndependentPhase.objects.going_on().filter(challenge=challenge).first()
    if phase is None:
        return None
    done = set(phase.done.values_list("user_id", flat=True))
    team = challenge.team.current().select_related("user").order_by("user__name")
    return Alone(phase, list(_members(((one.user_id, one.user.name) for one in team), done, user)))


def _members(team: Iterable[tuple[int, str]], done: set[int], user: User) -> Iterable[Member]:
    return (Member(name, pk in done, pk == user.pk) for pk, name in team)
