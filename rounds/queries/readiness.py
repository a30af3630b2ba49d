"""What must be there before a visit, what of it is, and whose turn the rest is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from rounds.models import Challenge, ReadyDespite, Round, Scope, TimetableRelease
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


def checks_of(challenge: Challenge) -> list[Check]:
    """In the order in which they are done; what the format does not ask for is left out."""
    return [
        _lead(challenge),
        *_team(challenge),
        *_scope(challenge),
        _dates(challenge),
        _papers(challenge),
        *_timetable(challenge),
    ]


def open_checks(challenge: Challenge) -> list[Check]:
    return [check for check in checks_of(challenge) if not check.met]


def _lead(challenge: Challenge) -> Check:
    lead = challenge.team.current().leads().select_related("user").first()
    called = challenge.round.format.label("lead_reviewer")
    return Check(
        "lead",
        lead is not None,
        called,
        f"{lead.user.name} leads the team." if lead else "Name who leads the team.",
        reverse("challenge_team", args=[challenge.pk]),
        f"{challenge.challenger_authority}’s director",
    )


def _team(challenge: Challenge) -> Iterator[Check]:
    """Only where the format wants somebody beside the lead."""
    wanted = [seat for seat in challenge.round.format.seats if not seat.leads and seat.least]
    if not wanted:
        return
    others = challenge.team.current().exclude(seat="lead").values_list("kind", flat=True)
    missing = _missing(wanted, list(others))
    listed = ", ".join(f"{count} × {label.lower()}" for label, count in missing.items())
    yield Check(
        "team",
        not missing,
        "Least team",
        f"Still wanted: {listed}." if missing else f"{len(others) + 1} on the team.",
        reverse("challenge_team", args=[challenge.pk]),
        "The lead reviewer",
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


def _scope(challenge: Challenge) -> Iterator[Check]:
    if not challenge.round.format.asks("scope_agreed"):
        return
    lines = challenge.lines.count()
    scope = Scope.objects.filter(challenge=challenge).first() or Scope()
    if not lines:
        sentence, turn = "Write at least one.", "The host and the lead reviewer"
    elif scope.agreed:
        sentence, turn = f"{lines} agreed by both sides.", ""
    else:
        waits = [
            name
            for name, at in (
                ("the host’s director", scope.host_agreed_at),
                ("the lead reviewer", scope.lead_agreed_at),
            )
            if at is None
        ]
        turn = " and ".join(waits)
        turn = f"{turn[:1].upper()}{turn[1:]}"
        sentence = f"{turn} {'have' if len(waits) > 1 else 'has'} still to agree."
    yield Check(
        "scope",
        bool(lines) and scope.agreed,
        challenge.round.format.lines_label,
        sentence,
        reverse("challenge_scope", args=[challenge.pk]),
        turn,
    )


def _dates(challenge: Challenge) -> Check:
    sent = challenge.dates_sent
    return Check(
        "dates",
        sent,
        "Days of the visit",
        "Both sides know them." if sent else "Set the days and send them.",
        reverse("challenge", args=[challenge.pk]),
        "The board’s officers",
    )


def _papers(challenge: Challenge) -> Check:
    told = challenge.papers_asked.told().count()
    waiting = challenge.papers_asked.open().count()
    if waiting:
        sentence = f"{waiting} of {told} still to come."
    else:
        sentence = "Nothing is missing." if told else "None were asked for."
    return Check(
        "papers",
        not waiting,
        "Papers",
        sentence,
        reverse("challenge_papers", args=[challenge.pk]),
        "The host",
    )


def _timetable(challenge: Challenge) -> Iterator[Check]:
    if not challenge.round.format.asks("timetable_agreed"):
        return
    out = TimetableRelease.objects.filter(timetable__challenge=challenge).exists()
    yield Check(
        "timetable",
        out,
        "Timetable",
        "It is out." if out else "Send the timetable out.",
        reverse("challenge", args=[challenge.pk]),
        "The host and the lead reviewer",
    )


def passed_over(challenges: Iterable[Challenge]) -> list[Passed]:
    """Where an officer's word stands for something that was open; one query for all of them."""
    ready = {one.pk: one for one in challenges if one.state == ChallengeState.READY}
    rows = ReadyDespite.objects.filter(challenge__in=ready).select_related("by").order_by("at")
    newest = {row.challenge_id: row for row in rows}
    return [
        Passed(ready[pk], list(row.unmet), row.reason, f"{row.by}, {row.at:%-d %B %Y}")
        for pk, row in newest.items()
    ]


def passed_in(round: Round) -> list[Passed]:
    challenges = round.challenges.filter(state=ChallengeState.READY).with_both_sides()
    return passed_over(challenges)
