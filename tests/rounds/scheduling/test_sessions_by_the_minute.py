"""What does not go together in a timetable, against a look at every minute of every day."""

from __future__ import annotations

from datetime import date, time
from itertools import combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from rounds.scheduling.sessions import clashes
from rounds.scheduling.slots import PAUSE, PROBLEM, SessionClash, Setting, Slot

MONDAY, TUESDAY = date(2027, 1, 4), date(2027, 1, 5)
ANN, BOB, CLEO = 1, 2, 3
HALL, HUB = 1, 2
SETTING = Setting(
    days=frozenset({MONDAY, TUESDAY}),
    names={ANN: "Ann", BOB: "Bob", CLEO: "Cleo"},
    places={HALL: "Town Hall", HUB: "Family Hub"},
    journeys={frozenset({HALL, HUB}): 20},
)

quarters = st.integers(32, 70)


@st.composite
def timetables(draw: st.DrawFn) -> list[Slot]:
    count = draw(st.integers(0, 6))
    return [
        Slot(
            id=number,
            title=f"S{number}",
            kind=draw(st.sampled_from(["interview", "presentation", "break"])),
            day=draw(st.sampled_from([MONDAY, TUESDAY])),
            start=time((begins := draw(quarters)) // 4, begins % 4 * 15),
            minutes=draw(st.sampled_from([5, 15, 30, 60, 90, 200])),
            people=draw(st.frozensets(st.sampled_from([ANN, BOB, CLEO]))),
            note_taker=draw(st.sampled_from([None, ANN, BOB])),
            venue=draw(st.sampled_from([None, HALL, HUB])),
            room=draw(st.sampled_from(["", "1", "2"])),
        )
        for number in range(1, count + 1)
    ]


def of_rule(rule: str, slots: list[Slot]) -> set[tuple[int, ...]]:
    return {clash.sessions for clash in clashes(slots, SETTING) if clash.rule == rule}


def pairs(slots: list[Slot]) -> set[tuple[int, ...]]:
    """Any two, in the order in which they take place."""
    ordered = sorted(slots, key=lambda one: (one.day, one.begins, one.id))
    return {(one.id, other.id) for one, other in combinations(ordered, 2)}


def minutes_of(one: Slot) -> set[tuple[date, int]]:
    return {(one.day, minute) for minute in range(one.begins, one.ends)}


@settings(max_examples=200)
@given(timetables())
def test_two_at_once_are_found_by_looking_at_every_minute(slots: list[Slot]) -> None:
    by_key = {one.id: one for one in slots}
    at_once = {
        pair for pair in pairs(slots) if minutes_of(by_key[pair[0]]) & minutes_of(by_key[pair[1]])
    }
    twice = {p for p in at_once if by_key[p[0]].there & by_key[p[1]].there}
    rooms = {
        p
        for p in at_once
        if by_key[p[0]].room == by_key[p[1]].room != "" and by_key[p[0]].venue == by_key[p[1]].venue
    }
    assert of_rule("person_twice", slots) == twice
    assert of_rule("room_twice", slots) == rooms


@settings(max_examples=200)
@given(timetables())
def test_short_journeys_are_found_by_following_each_person_through_the_day(
    slots: list[Slot],
) -> None:
    late = set()
    by_key = {one.id: one for one in slots}
    for one, other in pairs(slots):
        first, second = by_key[one], by_key[other]
        for person in first.there & second.there:
            # Where they were last before the second began, as far as anybody knows.
            before = [
                slot
                for slot in slots
                if person in slot.there
                and slot.venue
                and slot.day == second.day
                and slot.kind != "break"
                and (slot.begins, slot.id) < (second.begins, second.id)
            ]
            last = max(before, key=lambda slot: (slot.begins, slot.id), default=None)
            gap = second.begins - first.ends
            elsewhere = {first.venue, second.venue} == {HALL, HUB}
            if last == first and elsewhere and second.kind != "break" and 0 <= gap < 20:
                late.add((one, other))
    assert of_rule("too_short_a_journey", slots) == late


@settings(max_examples=200)
@given(timetables())
def test_a_long_stretch_is_one_in_which_no_half_hour_is_free(slots: list[Slot]) -> None:
    said = {
        (person, clash.day)
        for clash in clashes(slots, SETTING)
        if clash.rule == "no_pause"
        for person, name in SETTING.names.items()
        if name in clash.text
    }
    assert said == {
        (person, day)
        for person in SETTING.names
        for day in (MONDAY, TUESDAY)
        if longest(person, day, slots) > 300
    }


def longest(person: int, day: date, slots: list[Slot]) -> int:
    """Minutes from the first busy one to the last with no free half hour between them."""
    busy = {
        minute
        for one in slots
        if person in one.there and one.day == day and one.kind != "break"
        for _, minute in minutes_of(one)
    }
    best = began = 0
    last: int | None = None
    for minute in sorted(busy):
        if last is None or minute - last - 1 >= PAUSE:
            began = minute
        best, last = max(best, minute + 1 - began), minute
    return best


@given(timetables(), st.randoms())
def test_the_order_in_which_sessions_come_makes_no_difference(
    slots: list[Slot], random: Random
) -> None:
    mixed = list(slots)
    random.shuffle(mixed)
    assert clashes(mixed, SETTING, releasing=True) == clashes(slots, SETTING, releasing=True)


@given(timetables())
def test_every_clash_is_a_sentence_about_sessions_that_are_there(slots: list[Slot]) -> None:
    keys = {one.id for one in slots}
    for clash in clashes(slots, SETTING, releasing=True):
        assert isinstance(clash, SessionClash)
        assert clash.text.endswith(".")
        assert set(clash.sessions) <= keys
        assert clash.severity in (PROBLEM, "warning")
