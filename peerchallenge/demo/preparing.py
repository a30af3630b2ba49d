"""How one visit is prepared: lines agreed, papers asked for and given, its timetable sent out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from authorities.models import User
from peerchallenge.demo.moments import at
from peerchallenge.shared.dates import is_working_day
from rounds import actions
from rounds.models import Challenge, EnquiryLine, PaperAsked, Session
from rounds.queries.sessions import words_of

# Before its first day.
SCOPE, ASKED, DUE = timedelta(weeks=9), timedelta(weeks=7), timedelta(weeks=4)


def agree_lines(
    challenge: Challenge, content: dict[str, Any], first: date, *, lead: User, director: User
) -> dict[str, EnquiryLine]:
    """The host writes them; the lead agrees, then the host."""
    with at(first - SCOPE):
        lines = {
            key: actions.add_line(challenge, text, by=director)
            for key, text in content["lines"].items()
        }
        for key, parts in content.get("parts", {}).items():
            for part in parts:
                actions.add_limb(lines[key], part, by=director)
    for days, person in ((2, lead), (5, director)):
        with at(_working(first - SCOPE + timedelta(days=days)), 11):
            challenge.scope.refresh_from_db()
            actions.agree_scope(challenge, version=challenge.scope.version, by=person)
    return lines


def exchange_papers(
    challenge: Challenge, content: dict[str, Any], first: date, *, lead: User, host: User
) -> None:
    """Those that are usual, in one mail; one after the other comes before they are due."""
    words = content.get("papers", {})
    with at(first - ASKED, 12):
        actions.ask_for_usual_papers(challenge, by=lead)
        actions.send_papers_asked(challenge, by=lead)
    for number, asked in enumerate(challenge.papers_asked.order_by("position")):
        if asked.title in words.get("missing", ()):
            continue
        with at(_working(first - DUE - timedelta(days=1 + number)), 9 + number):
            _give(asked, words.get("none", {}).get(asked.title, ""), host)


def send_out(challenge: Challenge, content: dict[str, Any], today: date, *, by: User) -> None:
    """Its first version two days ago; where something is changed, the next one yesterday."""
    challenge = Challenge.objects.with_both_sides().get(pk=challenge.pk)
    timetable = challenge.timetable
    with at(today - timedelta(days=2), 15):
        actions.release_timetable(timetable, version=timetable.version, by=by)
    if not content.get("changed"):
        return
    with at(today - timedelta(days=1), 9):
        for row in content["changed"]:
            _change(challenge.timetable.sessions.get(title=row["title"]), row, by)
        timetable.refresh_from_db()
        actions.release_timetable(timetable, version=timetable.version, by=by)


def _change(session: Session, row: Mapping[str, Any], by: User) -> None:
    words = words_of(session)
    now = replace(
        words,
        start=time.fromisoformat(row["at"]) if "at" in row else words.start,
        room=row.get("room", words.room),
        tentative=row.get("tentative", words.tentative),
    )
    actions.change_session(session, now, seen=words.mark, by=by)


def _give(asked: PaperAsked, reason: str, host: User) -> None:
    if reason:
        actions.say_no_such_paper(asked, reason=reason, by=host)
        return
    link = f"https://www.example.org/papers/{asked.pk}"
    actions.add_paper(asked, title=asked.title, link=link, by=host)


def _working(day: date) -> date:
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day
