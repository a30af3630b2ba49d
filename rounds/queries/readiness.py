"""What must be there before a visit, what of it is, and whose turn the rest is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from rounds.models import (
    Challenge,
    EnquiryLine,
    PaperAsked,
    ReadyDespite,
    Scope,
    Seat,
    TeamMember,
    TimetableRelease,
)
from rounds.models.format import SeatKind
from rounds.states import ChallengeState


@dataclass(frozen=True)
class Check:
    """One line of the list: what there is, or what is to be done and whose turn it is."""

    key: str
    met: bool
    title: str
    sentence: str
    url: str = ""
    turn: str = ""


@dataclass(frozen=True)
class Passed:
    """An officer called it ready although something was open."""

    challenge: Challenge
    unmet: list[str]
    reason: str
    said: str


@dataclass(frozen=True)
class _Found:
    """What is there for one visit, as the checks ask for it."""

    lead: str
    # The seats of the others on the team.
    kinds: list[str]
    lines: int
    scope: Scope
    told: int
    waiting: int
    released: bool
    # What was sent out stands on days that the visit has no more.
    outdated: bool


def checks_of(challenge: Challenge) -> list[Check]:
    """In the order in which they are done; what the format does not ask for is left out."""
    return checks_of_all([challenge])[challenge.pk]


def checks_of_all(challenges: Sequence[Challenge]) -> dict[int, list[Check]]:
    """By challenge; a fixed number of queries, however many there are."""
    found = _find(challenges)
    return {one.pk: _checks(one, found[one.pk]) for one in challenges}


def open_checks(challenge: Challenge) -> list[Check]:
    return [check for check in checks_of(challenge) if not check.met]


def _find(challenges: Sequence[Challenge]) -> dict[int, _Found]:
    keys = [one.pk for one in challenges]
    seats = TeamMember.objects.current().filter(challenge__in=keys).select_related("user")
    leads = {seat.challenge_id: seat.user.name for seat in seats if seat.seat == Seat.LEAD}
    kinds: dict[int, list[str]] = defaultdict(list)
    for seat in seats:
        if seat.seat != Seat.LEAD:
            kinds[seat.challenge_id].append(seat.kind)
    scopes = {one.challenge_id: one for one in Scope.objects.filter(challenge__in=keys)}
    lines = Counter(_challenges(EnquiryLine.objects.filter(challenge__in=keys)))
    told = Counter(_challenges(PaperAsked.objects.told().filter(challenge__in=keys)))
    waiting = Counter(_challenges(PaperAsked.objects.open().filter(challenge__in=keys)))
    released = _released(keys)
    return {
        key: _Found(
            leads.get(key, ""),
            kinds[key],
            lines[key],
            scopes.get(key) or Scope(),
            told[key],
            waiting[key],
            key in released,
            not released.get(key, True),
        )
        for key in keys
    }


def _released(keys: Sequence[int]) -> dict[int, bool]:
    """By challenge with a timetable that is out: whether it has all days of the visit."""
    # A day each; none while the visit has no days.
    rows: Iterable[tuple[int, int, Any, Any]] = TimetableRelease.objects.filter(
        timetable__challenge__in=keys
    ).values_list(
        "timetable__challenge", "number", "content__days", "timetable__challenge__days__day"
    )
    there: dict[int, dict[int, bool]] = defaultdict(dict)
    for key, number, days, day in rows:
        fits = day is None or days is None or day.isoformat() in days
        there[key][number] = there[key].get(number, True) and fits
    return {key: versions[max(versions)] for key, versions in there.items()}


def _challenges(rows: QuerySet[Any]) -> Iterable[int]:
    return rows.order_by().values_list("challenge", flat=True)


def _checks(challenge: Challenge, found: _Found) -> list[Check]:
    return [
        _lead(challenge, found),
        *_team(challenge, found),
        *_scope(challenge, found),
        _dates(challenge),
        _papers(challenge, found),
        *_timetable(challenge, found),
    ]


def _lead(challenge: Challenge, found: _Found) -> Check:
    return Check(
        "lead",
        bool(found.lead),
        challenge.round.format.label("lead_reviewer"),
        f"{found.lead} leads the team." if found.lead else "Name who leads the team.",
        reverse("challenge_team", args=[challenge.pk]),
        f"{challenge.challenger_authority}’s director",
    )


def _team(challenge: Challenge, found: _Found) -> Iterator[Check]:
    """Only where the format wants somebody beside the lead."""
    wanted = [seat for seat in challenge.round.format.seats if not seat.leads and seat.least]
    if not wanted:
        return
    missing = _missing(wanted, found.kinds)
    listed = ", ".join(f"{count} × {label.lower()}" for label, count in missing.items())
    yield Check(
        "team",
        not missing,
        "Team",
        f"Still wanted: {listed}." if missing else f"{len(found.kinds) + 1} on the team.",
        reverse("challenge_team", args=[challenge.pk]),
        f"the {challenge.round.format.lead_said}",
    )


def _missing(wanted: list[SeatKind], there: list[str]) -> dict[str, int]:
    """By seat; whoever sits there for no seat in particular fills any that is empty."""
    kinds = Counter(there)
    spare = kinds[""]
    missing: dict[str, int] = {}
    for seat in wanted:
        gap = max(seat.least - kinds[seat.key], 0)
        filled = min(gap, spare)
        spare -= filled
        if gap > filled:
            missing[seat.label] = gap - filled
    return missing


def _scope(challenge: Challenge, found: _Found) -> Iterator[Check]:
    if not challenge.round.format.asks("scope_agreed"):
        return
    sentence, turn = _scope_said(found, challenge.round.format.lead_said)
    yield Check(
        "scope",
        bool(found.lines) and found.scope.agreed,
        challenge.round.format.lines_label,
        sentence,
        reverse("challenge_scope", args=[challenge.pk]),
        turn,
    )


def _scope_said(found: _Found, lead: str) -> tuple[str, str]:
    """What there is, and whose turn it is."""
    if not found.lines:
        return "Write at least one.", f"the host and the {lead}"
    if found.scope.agreed:
        return f"{found.lines} agreed by both sides.", ""
    if found.scope.host_agreed_at:
        return f"The {lead} has still to agree.", ""
    if found.scope.lead_agreed_at:
        return "The host’s director has still to agree.", ""
    return f"The host’s director and the {lead} have still to agree.", ""


def _dates(challenge: Challenge) -> Check:
    sent = challenge.dates_sent
    return Check(
        "dates",
        sent,
        "Days of the visit",
        "Both sides know them." if sent else "Set the days and send them.",
        reverse("challenge_days", args=[challenge.pk]),
        "the board’s officers",
    )


def _papers(challenge: Challenge, found: _Found) -> Check:
    if found.waiting:
        sentence = f"{found.waiting} of {found.told} still to come."
    else:
        sentence = "Nothing is missing." if found.told else "None were asked for."
    return Check(
        "papers",
        not found.waiting,
        "Papers",
        sentence,
        reverse("challenge_papers", args=[challenge.pk]),
        "the host",
    )


def _timetable(challenge: Challenge, found: _Found) -> Iterator[Check]:
    if not challenge.round.format.asks("timetable_agreed"):
        return
    yield Check(
        "timetable",
        found.released and not found.outdated,
        "Timetable",
        _timetable_said(found),
        reverse("challenge_timetable", args=[challenge.pk]),
        f"the host and the {challenge.round.format.lead_said}",
    )


def _timetable_said(found: _Found) -> str:
    if found.outdated:
        return "The timetable stands on other days: move its sessions and send it out again."
    return "It is out." if found.released else "Send the timetable out."


@dataclass(frozen=True)
class Before:
    """A visit to come: whether it is ready, what is open, and why it goes ahead all the same."""

    host: str
    url: str
    first: date
    ready: bool
    open: list[str]
    passed: Passed | None


def before_visits(challenges: Iterable[Challenge]) -> list[Before]:
    """Those whose days are known, the nearest first; `days` is read beside each."""
    booked = [one for one in challenges if one.booked and one.days.all()]
    checks, passed = checks_of_all(booked), {one.challenge.pk: one for one in passed_over(booked)}
    rows = [
        Before(
            one.host_authority.name,
            reverse("challenge_ready", args=[one.pk]),
            min(visit.day for visit in one.days.all()),
            one.state == ChallengeState.READY,
            [check.title for check in checks[one.pk] if not check.met],
            passed.get(one.pk),
        )
        for one in booked
    ]
    return sorted(rows, key=lambda row: (row.first, row.host))


def passed_over(challenges: Iterable[Challenge]) -> list[Passed]:
    """Where an officer's word stands for something that was open; one query for all of them."""
    ready = {one.pk: one for one in challenges if one.state == ChallengeState.READY}
    rows = ReadyDespite.objects.filter(challenge__in=ready).select_related("by").order_by("at")
    newest = {row.challenge_id: row for row in rows}
    return [
        Passed(ready[pk], list(row.unmet), row.reason, f"{row.by}, {row.at:%-d %B %Y}")
        for pk, row in newest.items()
    ]
