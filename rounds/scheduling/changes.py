"""What is different between two releases of a timetable, as sentences, and for whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import time

from rounds.scheduling.released import ReleasedPerson, ReleasedSession, ReleasedTimetable
from rounds.scheduling.slots import said

# Stands in a clause for the session it is about.
IT = "\0"
Change = tuple[ReleasedSession, ReleasedSession | None, ReleasedSession | None]


def changes(before: ReleasedTimetable, after: ReleasedTimetable) -> list[str]:
    """A sentence a session that is added, dropped or otherwise by now, in the order of the days.

    Names those of the team and nobody who is seen.
    """
    return [_sentence(*change) for change in _differing(before, after)]


def touched(before: ReleasedTimetable | None, after: ReleasedTimetable) -> set[int] | None:
    """The keys of those of the team whose own sessions are not what they were.

    None: everybody is, because it is the first release or a session of the whole team changed.
    """
    if before is None:
        return None
    sessions = [one for _, *both in _differing(before, after) for one in both if one]
    if any(one.for_all for one in sessions):
        return None
    return {user for one in sessions for user in one.named}


def _differing(before: ReleasedTimetable, after: ReleasedTimetable) -> Iterator[Change]:
    """Each session that differs, then as it was and as it is; None where there is none."""
    was = {one.uid: one for one in before.sessions}
    now = {one.uid: one for one in after.sessions}
    # As it is, or as it was if it is no more.
    for session in sorted({**was, **now}.values(), key=lambda one: one.order):
        one, other = was.get(session.uid), now.get(session.uid)
        if one is None or other is None or not one.says_the_same_as(other):
            yield session, one, other


def _sentence(
    session: ReleasedSession, before: ReleasedSession | None, after: ReleasedSession | None
) -> str:
    if before is None:
        clauses = [f"{IT} is new, {_span(session)}{_comma(_where(session))}"]
        if session.tentative:
            clauses.append(f"{IT} is still tentative")
    elif after is None:
        clauses = [f"{IT} at {_clock(session.start)} is dropped"]
    else:
        session, clauses = before, list(_clauses(before, after))
    # Said by its name once, and as “it” from then on.
    text = "; ".join(clauses).replace(IT, f"“{session.title}”", 1).replace(IT, "it")
    return f"{said(session.day)}: {text}."


def _clauses(before: ReleasedSession, after: ReleasedSession) -> Iterator[str]:
    if before.title != after.title:
        yield f"{IT} is now called “{after.title}”"
    yield from _time_and_place(before, after)
    yield from _people(before, after)
    if before.tentative != after.tentative:
        yield f"{IT} is now tentative" if after.tentative else f"{IT} is no longer tentative"
    yield from _about(before, after)


def _time_and_place(before: ReleasedSession, after: ReleasedSession) -> Iterator[str]:
    elsewhere = _where(before) != _where(after)
    where = _comma(_where(after)) if elsewhere else ""
    if before.day != after.day:
        yield f"{IT} moves to {said(after.day)}, {_clock(after.start)}{where}"
    elif before.start != after.start:
        yield f"{IT} moves from {_clock(before.start)} to {_clock(after.start)}{where}"
    elif elsewhere and before.room and after.room and before.venue == after.venue:
        yield f"{IT} is now in {after.room} instead of {before.room}"
    elif elsewhere and _where(after):
        instead = f", no longer {_where(before)}" if _where(before) else ""
        yield f"{IT} is now {_where(after)}{instead}"
    if elsewhere and not _where(after):
        yield f"{IT} is no longer {_where(before)}: its place is still to be said"
    if before.minutes != after.minutes:
        yield f"{IT} lasts {after.minutes} minutes instead of {before.minutes}"
    if not elsewhere and before.link != after.link:
        yield f"{IT} has another link" if after.link else f"{IT} has no link any more"


def _people(before: ReleasedSession, after: ReleasedSession) -> Iterator[str]:
    if after.for_all and not before.for_all:
        yield f"the whole team is in {IT}"
    elif before.for_all and after.team:
        yield f"{_names(after.team)} {_are(after.team)} in {IT}, no longer the whole team"
    elif before.team != after.team:
        known, now = {one.user for one in before.team}, {one.user for one in after.team}
        if joins := [one for one in after.team if one.user not in known]:
            yield f"{_names(joins)} {'joins' if len(joins) == 1 else 'join'} {IT}"
        if leaves := [one for one in before.team if one.user not in now]:
            yield f"{_names(leaves)} {_are(leaves)} no longer in {IT}"
    if before.note_taker != after.note_taker:
        who = after.note_taker.name if after.note_taker else "nobody"
        yield f"{who} takes notes in {IT}"


def _about(before: ReleasedSession, after: ReleasedSession) -> Iterator[str]:
    if before.kind != after.kind or before.councillors != after.councillors:
        yield f"{IT} is of another kind"
    if before.line != after.line:
        yield (
            f"{IT} is about another line of enquiry"
            if after.line
            else (f"{IT} belongs to no line of enquiry any more")
        )
    if before.seen != after.seen:
        yield f"others are seen in {IT}"
    if before.note != after.note:
        yield f"the note to {IT} reads otherwise"


def _where(session: ReleasedSession) -> str:
    """“in Room 2, Civic Centre”, “at Civic Centre”, “online”, or nothing."""
    if session.room:
        return f"in {session.place}"
    if session.venue:
        return f"at {session.venue}"
    return "online" if session.link else ""


def _comma(text: str) -> str:
    return f", {text}" if text else ""


def _span(session: ReleasedSession) -> str:
    return f"{_clock(session.start)} to {_clock(session.end)}"


def _clock(moment: time) -> str:
    return f"{moment:%H:%M}"


def _names(people: Sequence[ReleasedPerson]) -> str:
    names = [one.name for one in people]
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def _are(people: Sequence[ReleasedPerson]) -> str:
    return "is" if len(people) == 1 else "are"
