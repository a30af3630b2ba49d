"""What does not go together in the timetable of a visit, each rule by name and with a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import time
from itertools import pairwise

from rounds.scheduling.slots import (
    BREAK,
    PAUSE,
    PROBLEM,
    WARNING,
    Journey,
    SessionClash,
    Setting,
    Severity,
    Slot,
    clock,
    days_of_people,
    next_elsewhere,
    overlapping,
    said,
    same,
    stretches,
    ways,
)

# Where people are asked what they think; in a presentation everybody sits together.
CANDID = frozenset({"interview", "focus_group", "service_visit", "case_records"})
OPENS, SHUTS = time(8, 0), time(18, 30)
# In minutes; how much is a pause, `slots` says.
LONGEST_STRETCH = 300


def clashes(
    slots: Sequence[Slot], setting: Setting, *, releasing: bool = False
) -> list[SessionClash]:
    """Everything that does not fit, problems first, then in the order of the days.

    `releasing`: the timetable is about to be sent out, so that what is open counts too.
    """
    rules = [*RULES, still_tentative] if releasing else RULES
    ordered = sorted(slots, key=lambda slot: (slot.day, slot.begins, slot.id))
    begins = {slot.id: slot.begins for slot in ordered}
    found = [clash for rule in rules for clash in rule(ordered, setting)]
    return sorted(
        found,
        key=lambda one: (one.severity, one.day, begins[one.sessions[0]], one.sessions, one.rule),
    )


def person_twice(slots: Sequence[Slot], setting: Setting) -> Iterator[SessionClash]:
    """Nobody is in two sessions at once."""
    for one, other in overlapping(slots):
        if both := one.there & other.there:
            verb = "is" if len(both) == 1 else "are"
            text = f"{setting.said(both)} {verb} in {_and(one, other)} at the same time."
            yield _clash("person_twice", PROBLEM, text, one, other)


def room_twice(slots: Sequence[Slot], setting: Setting) -> Iterator[SessionClash]:
    """Two sessions at once need two rooms."""
    for one, other in overlapping(slots):
        room = same(one.room)
        if room and room == same(other.room) and one.venue == other.venue:
            text = f"{_and(one, other)} are in {one.room.strip()} at the same time."
            yield _clash("room_twice", PROBLEM, text, one, other)


def too_short_a_journey(slots: Sequence[Slot], setting: Setting) -> Iterator[SessionClash]:
    """There is time to get from one venue to the next."""
    for (one, other), people in next_elsewhere(slots).items():
        minutes, gap = setting.journey(one, other), other.begins - one.ends
        if minutes is not None and gap < minutes:
            text = (
                f"{setting.said(people)} cannot get from {_and(one, other, 'to')} in time: "
                f"{setting.place(one)} to {setting.place(other)} takes {minutes} minutes, "
                f"and there {'is' if gap == 1 else 'are'} {gap}."
            )
            yield _clash("too_short_a_journey", PROBLEM, text, one, other)


def unknown_journey(slots: Sequence[Slot], setting: Setting) -> Iterator[SessionClash]:
    """How long a journey takes has been said; asked once for each two venues."""
    asked: dict[Journey, tuple[Slot, Slot]] = {}
    for one, other in next_elsewhere(slots):
        if setting.journey(one, other) is None:
            asked.setdefault(ways(one, other), (one, other))
    for one, other in asked.values():
        there = f"from {setting.place(one)} to {setting.place(other)}"
        text = f"Nobody has said how long it takes to get {there}."
        yield _clash("unknown_journey", WARNING, text, one, other)


def no_break(slots: Sequence[Slot], setting: Setting) -> Iterator[SessionClash]:
    """The team has time to itself between two sessions."""
    short: dict[tuple[Slot, Slot], set[int]] = defaultdict(set)
    for person, own in days_of_people(slots):
        for one, other in pairwise(own):
            gap = other.begins - one.ends
            if 0 <= gap < setting.break_minutes and not _too_far(one, other, setting):
                short[one, other].add(person)
    for (one, other), people in short.items():
        verb = "has" if len(people) == 1 else "have"
        gap = other.begins - one.ends
        what = f"{gap} minutes" if gap else "no break"
        text = f"{setting.said(people)} {verb} {what} between {_and(one, other)}."
        yield _clash("no_break", WARNING, text, one, other)


def no_pause(slots: Sequence[Slot], setting: Setting) -> Iterator[SessionClash]:
    """Nobody goes on for hours without half an hour of their own."""
    long: dict[tuple[Slot, ...], set[int]] = defaultdict(set)
    for person, own in days_of_people(slots):
        for stretch in stretches(own):
            if max(slot.ends for slot in stretch) - stretch[0].begins > LONGEST_STRETCH:
                long[tuple(stretch)].add(person)
    for sessions, people in long.items():
        first, until = sessions[0], max(slot.ends for slot in sessions)
        verb = "has" if len(people) == 1 else "have"
        text = (
            f"{setting.said(people)} {verb} no free {PAUSE} minutes "
            f"from {first.start:%H:%M} to {clock(until)}."
        )
        yield _clash("no_pause", WARNING, text, *sessions)


def manager_beside_staff(slots: Sequence[Slot], setting: Setting) -> Iterator[SessionClash]:
    """People speak freely where those who manage them are not in the room."""
    for slot in slots:
        if slot.kind not in CANDID:
            continue
        managers = {same(one.service): one for one in slot.seen if one.manages}
        staff = {same(one.service) for one in slot.seen if not one.manages}
        for service in sorted(set(managers) & staff - {""}):
            one = managers[service]
            text = f"{slot.named} sees {one.role} beside their own staff of {one.service}."
            yield _clash("manager_beside_staff", PROBLEM, text, slot)


def outside_days(slots: Sequence[Slot], setting: Setting) -> Iterator[SessionClash]:
    """A session takes place on a day of the visit."""
    for slot in slots:
        if slot.day not in setting.days:
            text = f"{slot.named} is on {said(slot.day)}, which is no day of the visit."
            yield _clash("outside_days", PROBLEM, text, slot)


def outside_hours(slots: Sequence[Slot], setting: Setting) -> Iterator[SessionClash]:
    """Days begin at eight and are over at half past six."""
    for slot in slots:
        if slot.start < OPENS or slot.ends > SHUTS.hour * 60 + SHUTS.minute:
            text = f"{slot.named} is from {slot.span}: outside {OPENS:%H:%M} to {SHUTS:%H:%M}."
            yield _clash("outside_hours", WARNING, text, slot)


def councillors_not_then(slots: Sequence[Slot], setting: Setting) -> Iterator[SessionClash]:
    """No councillor is seen before an election."""
    for slot in slots:
        if slot.councillors and (why := setting.closed_to_councillors.get(slot.day)):
            text = f"{slot.named} sees councillors on {said(slot.day)}: {why}."
            yield _clash("councillors_not_then", PROBLEM, text, slot)


def person_away(slots: Sequence[Slot], setting: Setting) -> Iterator[SessionClash]:
    """Nobody is put down for a day on which they cannot."""
    for slot in slots:
        if gone := {one for one in slot.there if slot.day in setting.away.get(one, ())}:
            text = f"{setting.said(gone)} cannot on {said(slot.day)}: see {slot.named}."
            yield _clash("person_away", PROBLEM, text, slot)


def person_left(slots: Sequence[Slot], setting: Setting) -> Iterator[SessionClash]:
    """Whoever has left the team is put down for nothing."""
    for slot in slots:
        if gone := slot.there & setting.left:
            verb = "has" if len(gone) == 1 else "have"
            text = f"{setting.said(gone)} {verb} left the team: see {slot.named}."
            yield _clash("person_left", PROBLEM, text, slot)


def venue_not_then(slots: Sequence[Slot], setting: Setting) -> Iterator[SessionClash]:
    """A session is held where there is room for it that day."""
    for slot in slots:
        if slot.venue and slot.day in setting.venue_away.get(slot.venue, ()):
            place = setting.place(slot)
            text = f"{place} is not available on {said(slot.day)}: see {slot.named}."
            yield _clash("venue_not_then", PROBLEM, text, slot)


def nobody_there(slots: Sequence[Slot], setting: Setting) -> Iterator[SessionClash]:
    """Somebody of the team is in every session."""
    for slot in slots:
        if not slot.there and slot.kind != BREAK:
            text = f"Nobody of the team is down for {slot.named}."
            yield _clash("nobody_there", WARNING, text, slot)


def no_note_taker(slots: Sequence[Slot], setting: Setting) -> Iterator[SessionClash]:
    """Somebody writes down what people say."""
    for slot in slots:
        if slot.there and slot.note_taker is None and slot.kind in CANDID:
            yield _clash("no_note_taker", WARNING, f"Nobody takes notes in {slot.named}.", slot)


def still_tentative(slots: Sequence[Slot], setting: Setting) -> Iterator[SessionClash]:
    """What is sent out has been settled."""
    for slot in slots:
        if slot.tentative:
            yield _clash("still_tentative", WARNING, f"{slot.named} is still tentative.", slot)


RULES = (
    person_twice,
    room_twice,
    too_short_a_journey,
    unknown_journey,
    no_break,
    no_pause,
    manager_beside_staff,
    outside_days,
    outside_hours,
    councillors_not_then,
    person_away,
    person_left,
    venue_not_then,
    nobody_there,
    no_note_taker,
)


def _and(one: Slot, other: Slot, word: str = "and") -> str:
    return f"{one.named} {word} {other.named}"


def _too_far(one: Slot, other: Slot, setting: Setting) -> bool:
    """That there is no time to get there is said already."""
    minutes = setting.journey(one, other)
    return one.venue != other.venue and minutes is not None and other.begins - one.ends < minutes


def _clash(rule: str, severity: Severity, text: str, *slots: Slot) -> SessionClash:
    return SessionClash(rule, severity, text, tuple(slot.id for slot in slots), slots[0].day)
