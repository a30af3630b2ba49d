"""What does not go together in a timetable: each rule on its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from rounds.scheduling.sessions import clashes
from rounds.scheduling.slots import SeenGroup, Setting, Slot

MONDAY, TUESDAY, SUNDAY = date(2027, 1, 4), date(2027, 1, 5), date(2027, 1, 10)
ANN, BOB, CLEO = 1, 2, 3
HALL, HUB, CLINIC = 1, 2, 3
SETTING = Setting(
    days=frozenset({MONDAY, TUESDAY}),
    names={ANN: "Ann", BOB: "Bob", CLEO: "Cleo"},
    places={HALL: "Town Hall", HUB: "Family Hub", CLINIC: "Clinic"},
    journeys={frozenset({HALL, HUB}): 20},
    break_minutes=15,
)


def slot(start: str = "10:00", minutes: int = 60, key: int = 1, **said: object) -> Slot:
    plain = Slot(
        id=key,
        title=f"S{key}",
        kind="interview",
        day=MONDAY,
        start=time.fromisoformat(start),
        minutes=minutes,
        people=frozenset({ANN}),
        note_taker=ANN,
        venue=HALL,
    )
    return replace(plain, **said)


def found(*slots: Slot, setting: Setting = SETTING, releasing: bool = False) -> list[str]:
    return [clash.text for clash in clashes(slots, setting, releasing=releasing)]


def rules(*slots: Slot, setting: Setting = SETTING) -> list[str]:
    return [clash.rule for clash in clashes(slots, setting)]


def test_a_day_in_which_everything_fits_says_nothing() -> None:
    assert (
        found(
            slot("09:00"),
            slot("10:15", key=2),
            slot("10:15", key=3, people=frozenset({BOB}), note_taker=BOB, room="2"),
        )
        == []
    )


def test_a_person_is_not_in_two_sessions_at_once() -> None:
    both = frozenset({ANN, BOB})
    said = found(
        slot(people=both), slot("10:30", key=2, people=both, note_taker=None, kind="feedback")
    )
    assert said == ["Ann and Bob are in “S1” and “S2” at the same time."]


def test_whoever_takes_notes_is_there() -> None:
    assert rules(slot(), slot(key=2, people=frozenset(), note_taker=ANN)) == ["person_twice"]


def test_a_room_holds_one_session_at_a_time() -> None:
    others = {"people": frozenset({BOB}), "note_taker": BOB}
    assert found(slot(room="Room 2"), slot(key=2, room=" room  2", **others)) == [
        "“S1” and “S2” are in Room 2 at the same time."
    ]
    assert found(slot(room="2"), slot(key=2, room="2", venue=HUB, **others)) == []
    assert found(slot(), slot(key=2, **others)) == []


def test_there_has_to_be_time_for_the_journey() -> None:
    assert found(slot("09:00"), slot("10:10", key=2, venue=HUB)) == [
        "Ann cannot get from “S1” to “S2” in time: "
        "Town Hall to Family Hub takes 20 minutes, and there are 10."
    ]
    assert found(slot("09:00"), slot("10:20", key=2, venue=HUB)) == []


def test_an_online_session_between_two_venues_takes_nobody_there() -> None:
    online = slot("10:00", 5, key=2, venue=None)
    assert "too_short_a_journey" in rules(slot("09:00"), online, slot("10:10", key=3, venue=HUB))


def test_an_unknown_journey_is_asked_for_once() -> None:
    there_and_back = [
        slot("09:00"),
        slot("11:00", key=2, venue=CLINIC),
        slot("13:00", key=3),
        slot("15:00", key=4, venue=CLINIC),
    ]
    assert found(*there_and_back) == [
        "Nobody has said how long it takes to get from Town Hall to Clinic."
    ]


def test_the_team_needs_a_break_between_two_sessions() -> None:
    assert found(slot("09:00"), slot("10:10", key=2)) == [
        "Ann has 10 minutes between “S1” and “S2”."
    ]
    assert found(slot("09:00"), slot("10:00", key=2)) == ["Ann has no break between “S1” and “S2”."]
    assert found(slot("09:00"), slot("10:00", 15, key=2, kind="break"), slot("10:15", key=3)) == []
    assert (
        found(slot("09:00"), slot("10:00", key=2), setting=replace(SETTING, break_minutes=0)) == []
    )


def test_nobody_goes_on_for_hours_without_a_pause() -> None:
    morning = [slot(f"{8 + hour:02}:00", 45, key=hour) for hour in range(1, 7)]
    assert found(*morning) == ["Ann has no free 30 minutes from 09:00 to 14:45."]
    assert (
        found(*morning[:3], *[replace(one, start=time(one.start.hour, 15)) for one in morning[3:]])
        == []
    )


def test_managers_are_not_seen_beside_their_own_staff() -> None:
    seen = (
        SeenGroup("Team manager", "Duty team", manages=True),
        SeenGroup("Social worker", "duty  Team"),
    )
    assert found(slot(seen=seen)) == ["“S1” sees Team manager beside their own staff of Duty team."]
    assert found(slot(seen=seen, kind="presentation")) == []
    assert found(slot(seen=(seen[0], SeenGroup("Social worker", "Court team")))) == []
    assert found(slot(seen=(SeenGroup("Head", manages=True), SeenGroup("Teacher")))) == []


def test_a_session_is_on_a_day_of_the_visit_and_in_working_hours() -> None:
    assert found(slot(day=SUNDAY)) == [
        "“S1” is on Sunday 10 January, which is no day of the visit."
    ]
    assert found(slot("07:45")) == ["“S1” is from 07:45 to 08:45: outside 08:00 to 18:30."]
    assert found(slot("18:00", 45)) == ["“S1” is from 18:00 to 18:45: outside 08:00 to 18:30."]
    assert found(slot("08:00"), slot("17:30", key=2)) == []


def test_no_councillor_is_seen_before_an_election() -> None:
    before = replace(SETTING, closed_to_councillors={MONDAY: "Pre-election period"})
    assert found(slot(councillors=True), setting=before) == [
        "“S1” sees councillors on Monday 4 January: Pre-election period."
    ]
    assert found(slot(), slot(key=2, day=TUESDAY, councillors=True), setting=before) == []


def test_people_and_venues_are_there_that_day_and_still_on_the_team() -> None:
    away = replace(
        SETTING,
        away={ANN: frozenset({MONDAY})},
        venue_away={HALL: frozenset({MONDAY})},
        left=frozenset({BOB}),
    )
    said = found(
        slot(), slot(key=2, day=TUESDAY, people=frozenset({BOB}), note_taker=BOB), setting=away
    )
    assert said == [
        "Ann cannot on Monday 4 January: see “S1”.",
        "Town Hall is not available on Monday 4 January: see “S1”.",
        "Bob has left the team: see “S2”.",
    ]


def test_a_session_without_the_team_or_without_notes_is_looked_at() -> None:
    assert found(slot(people=frozenset(), note_taker=None)) == [
        "Nobody of the team is down for “S1”."
    ]
    assert found(slot(note_taker=None)) == ["Nobody takes notes in “S1”."]
    assert found(slot(note_taker=None, kind="team_meeting")) == []
    assert found(slot(people=frozenset(), note_taker=None, kind="break")) == []


def test_tentative_sessions_count_when_the_timetable_is_sent_out() -> None:
    assert found(slot(tentative=True)) == []
    assert found(slot(tentative=True), releasing=True) == ["“S1” is still tentative."]


def test_problems_come_before_warnings_and_days_in_order() -> None:
    slots = [
        slot(day=TUESDAY, note_taker=None),
        slot(key=2, note_taker=None),
        slot(key=3, day=SUNDAY),
    ]
    found_in_order = [(one.severity, one.day) for one in clashes(slots, SETTING)]
    assert found_in_order == [("problem", SUNDAY), ("warning", MONDAY), ("warning", TUESDAY)]


def test_an_unknown_person_or_venue_is_still_said() -> None:
    bare = Setting(days=frozenset({MONDAY}), journeys={frozenset({HALL, HUB}): 20})
    assert found(slot("09:00"), slot("10:00", key=2, venue=HUB), setting=bare)[0] == (
        "Somebody cannot get from “S1” to “S2” in time: "
        "the venue to the venue takes 20 minutes, and there are 0."
    )


@pytest.mark.parametrize("minutes", [0, 14])
def test_a_gap_shorter_than_a_journey_is_said_once(minutes: int) -> None:
    later = slot(f"10:{minutes:02}", key=2, venue=HUB)
    assert rules(slot("09:00"), later) == ["too_short_a_journey"]
