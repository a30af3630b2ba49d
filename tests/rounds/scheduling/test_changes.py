"""What differs between two releases of a timetable, told in sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rounds.scheduling.changes import changes, touched
from rounds.scheduling.released import (
    ReleasedPerson,
    ReleasedSeen,
    ReleasedSession,
    ReleasedTimetable,
    ReleasedVenue,
)

TUESDAY, WEDNESDAY = date(2027, 1, 12), date(2027, 1, 13)
ANN, BO, CY = (
    ReleasedPerson(1, "Ann Lead"),
    ReleasedPerson(2, "Bo Moss"),
    ReleasedPerson(3, "Cy Day"),
)
YOUNG = ReleasedSession(
    "young",
    "focus_group",
    "Young people",
    TUESDAY,
    time(10),
    60,
    venue="Civic Centre",
    room="Room 1",
    team=(ANN, BO),
    note_taker=BO,
)
OPEN = ReleasedSession("open", "interview", "Still open", TUESDAY, time(16), 30)
POLICE = ReleasedSession("police", "interview", "Police", TUESDAY, time(14), 45, team=(CY,))


def of(*sessions: ReleasedSession) -> ReleasedTimetable:
    return ReleasedTimetable(sessions)


def said_of(**changed: object) -> list[str]:
    return changes(of(YOUNG, POLICE), of(replace(YOUNG, **changed), POLICE))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (
            {"start": time(10, 30), "room": "Room 2"},
            "“Young people” moves from 10:00 to 10:30, in Room 2, Civic Centre",
        ),
        ({"start": time(10, 30)}, "“Young people” moves from 10:00 to 10:30"),
        ({"day": WEDNESDAY}, "“Young people” moves to Wednesday 13 January, 10:00"),
        ({"minutes": 90}, "“Young people” lasts 90 minutes instead of 60"),
        (
            {"room": "Room 2"},
            "“Young people” is now in Room 2 instead of Room 1",
        ),
        (
            {"room": "", "venue": "The Hub"},
            "“Young people” is now at The Hub, no longer in Room 1, Civic Centre",
        ),
        (
            {"room": "", "venue": "", "link": "https://example.org/a"},
            "“Young people” is now online, no longer in Room 1, Civic Centre",
        ),
        (
            {"room": "", "venue": ""},
            "“Young people” is no longer in Room 1, Civic Centre: its place is still to be said",
        ),
        ({"link": "https://example.org/a"}, "“Young people” has another link"),
        ({"team": (ANN, BO, CY)}, "Cy Day joins “Young people”"),
        (
            {"team": (ANN,), "note_taker": ANN},
            "Bo Moss is no longer in “Young people”; Ann Lead takes notes in it",
        ),
        (
            {"team": (), "note_taker": None},
            "Ann Lead and Bo Moss are no longer in “Young people”; nobody takes notes in it",
        ),
        (
            {"team": (), "note_taker": None, "kind": "feedback"},
            "the whole team is in “Young people”; nobody takes notes in it; it is of another kind",
        ),
        ({"note_taker": None}, "nobody takes notes in “Young people”"),
        ({"tentative": True}, "“Young people” is now tentative"),
        ({"title": "Care leavers"}, "“Young people” is now called “Care leavers”"),
        ({"line": "How well are they heard?"}, "“Young people” is about another line of enquiry"),
        ({"seen": (ReleasedSeen("6 young people"),)}, "others are seen in “Young people”"),
        ({"note": "Bring biscuits"}, "the note to “Young people” reads otherwise"),
        ({"councillors": True}, "“Young people” is of another kind"),
        (
            {"start": time(9), "minutes": 30, "tentative": True},
            "“Young people” moves from 10:00 to 09:00; it lasts 30 minutes instead of 60; "
            "it is now tentative",
        ),
    ],
)
def test_a_session_that_is_otherwise_has_one_sentence(
    changed: dict[str, object], sentence: str
) -> None:
    assert said_of(**changed) == [f"Tuesday 12 January: {sentence}."]


def test_a_session_that_is_new_or_dropped_says_when_and_where() -> None:
    late = replace(YOUNG, uid="late", title="Parents", start=time(16), tentative=True)
    assert changes(of(YOUNG), of(POLICE, late)) == [
        "Tuesday 12 January: “Young people” at 10:00 is dropped.",
        "Tuesday 12 January: “Police” is new, 14:00 to 14:45.",
        "Tuesday 12 January: “Parents” is new, 16:00 to 17:00, in Room 1, Civic Centre; "
        "it is still tentative.",
    ]


def test_a_session_may_be_settled_and_go_from_the_whole_team_to_some() -> None:
    young = replace(YOUNG, kind="presentation", note_taker=None)
    before = of(replace(young, tentative=True, team=()))
    assert changes(before, of(young)) == [
        "Tuesday 12 January: Ann Lead and Bo Moss are in “Young people”, no longer the whole team; "
        "it is no longer tentative."
    ]


def test_the_same_timetable_has_no_changes_whatever_release_it_is_of() -> None:
    again = of(replace(YOUNG, changed_in=4), POLICE)
    assert changes(of(YOUNG, POLICE), again) == []
    assert touched(of(YOUNG, POLICE), again) == set()


def test_those_concerned_are_in_the_session_as_it_was_or_as_it_is() -> None:
    before = of(YOUNG, POLICE)
    assert touched(None, before) is None
    assert touched(before, of(replace(YOUNG, team=(ANN, CY), note_taker=ANN), POLICE)) == {1, 2, 3}
    assert touched(before, of(YOUNG)) == {3}
    assert touched(before, of(replace(YOUNG, minutes=50), POLICE)) == {1, 2}
    assert touched(before, of(YOUNG, POLICE, replace(OPEN, kind="break"))) is None
    assert touched(before, of(YOUNG, POLICE, OPEN)) == set()


def test_a_calendar_is_told_by_a_number_that_rises_and_only_of_what_changed() -> None:
    first = of(YOUNG, POLICE).following(None, number=1, today=TUESDAY)
    second = of(replace(YOUNG, minutes=50)).following(first, number=2, today=WEDNESDAY)
    third = of(replace(YOUNG, minutes=50)).following(second, number=3, today=WEDNESDAY)
    back = of(YOUNG, POLICE).following(third, number=4, today=WEDNESDAY)
    assert {one.uid: one.changed_in for one in first.sessions} == {"young": 1, "police": 1}
    assert {one.uid: one.changed_in for one in second.sessions} == {"young": 2}
    assert [(one.uid, one.changed_in, one.dropped_on) for one in second.dropped] == [
        ("police", 2, WEDNESDAY)
    ]
    assert third.sessions == second.sessions
    assert third.dropped == second.dropped
    assert {one.uid: one.changed_in for one in back.sessions} == {"young": 4, "police": 4}
    assert back.dropped == ()


texts = st.text(st.characters(exclude_categories=["C"]), max_size=12)
people = st.tuples() | st.just((ANN,)) | st.just((ANN, BO, CY))
sessions = st.builds(
    ReleasedSession,
    uid=st.sampled_from("abcd"),
    kind=st.sampled_from(["interview", "break"]),
    title=texts,
    day=st.sampled_from([TUESDAY, WEDNESDAY]),
    start=st.times(min_value=time(8), max_value=time(17)).map(
        lambda moment: moment.replace(second=0, microsecond=0)
    ),
    minutes=st.sampled_from([30, 60]),
    venue=texts,
    room=texts,
    link=texts,
    tentative=st.booleans(),
    line=texts,
    seen=st.lists(st.builds(ReleasedSeen, texts, texts), max_size=2).map(tuple),
    team=people,
    note_taker=st.none() | st.just(BO),
    note=texts,
)
timetables = st.lists(sessions, unique_by=lambda one: one.uid, max_size=4).map(
    lambda found: ReleasedTimetable(
        tuple(found),
        venues=(ReleasedVenue("Civic Centre", "1 High Street"),),
        days=(TUESDAY,),
        lines=("One?", "Two?"),
    ).following(None, number=1, today=TUESDAY)
)


@given(timetables, timetables)
def test_there_is_one_sentence_for_each_session_that_differs_and_none_is_empty(
    before: ReleasedTimetable, after: ReleasedTimetable
) -> None:
    found = changes(before, after)
    was = {one.uid: one for one in before.sessions}
    now = {one.uid: one for one in after.sessions}
    same = [uid for uid in was if uid in now and was[uid].says_the_same_as(now[uid])]
    assert len(found) == len({*was, *now}) - len(same)
    assert not any("\0" in sentence or ": ." in sentence for sentence in found)


@given(timetables)
def test_a_timetable_comes_back_as_it_was_written_down(found: ReleasedTimetable) -> None:
    assert ReleasedTimetable.from_json(found.to_json()) == found
