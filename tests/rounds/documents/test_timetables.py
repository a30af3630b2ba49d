"""A timetable on paper: PDF/UA-1, a page a day for the door, all there is for the team."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace
from datetime import date, time, timedelta

import pikepdf
import pytest

from rounds.documents import render_timetable_pdf, timetable_filename
from rounds.models import PrintKind, Round, Timetable, TimetableRelease
from rounds.scheduling.released import (
    ReleasedPerson,
    ReleasedSeen,
    ReleasedSession,
    ReleasedTimetable,
    ReleasedVenue,
)
from tests.pdfs import faults
from tests.world import World

MONDAY = date(2027, 1, 11)
ANN, BO = ReleasedPerson(1, "Ann Lead"), ReleasedPerson(2, "Bo Moss")
LONG = (
    "Social workers of the children in care and permanence teams, without their managers, on "
    "how cases are allocated, supervised and brought to panel"
)
TITLES = ("Presentation", "Police, health and schools", "Young people", LONG, "Lunch", "Records")
KINDS = ("presentation", "focus_group", "focus_group", "interview", "break", "case_records")


def week(a_day: int = 7, days: int = 5) -> ReleasedTimetable:
    """So many sessions a day, some with all there is to say of a session."""
    return ReleasedTimetable(
        tuple(session(day, place) for day in range(days) for place in range(a_day)),
        venues=(
            ReleasedVenue("Civic Centre", "1 High Street\nTown", "Ramp at the side door"),
            ReleasedVenue("The Hub"),
        ),
        days=tuple(MONDAY + timedelta(days=day) for day in range(days)),
        lines=("How well are young people heard?", "Is help early?"),
    )


def session(day: int, place: int) -> ReleasedSession:
    start = 8 * 60 + place * 45
    whole = place % 6 == 2
    return ReleasedSession(
        uid=f"{day}-{place}",
        kind=KINDS[place % 6],
        title=TITLES[place % 6],
        day=MONDAY + timedelta(days=day),
        start=time(start // 60, start % 60),
        minutes=45,
        venue="Civic Centre" if place % 2 and place % 6 != 1 else "",
        room="Room 2" if whole else "",
        link="https://meet.example.org/room/4711" if place % 6 == 1 else "",
        tentative=whole,
        line="Is help early?" if whole else "",
        seen=(ReleasedSeen("6 × Young person, Council", "Ada and Ben"),) if whole else (),
        team=(ANN, BO) if place else (),
        note_taker=BO if place else None,
        councillors=place == 3,
        note="They bring their own agenda.\n\nBiscuits are wanted." if whole else "",
    )


@pytest.fixture
def release(world: World, proposed: Round) -> TimetableRelease:
    """35 sessions in five days."""
    timetable = Timetable.objects.create(challenge=world.first(proposed))
    return timetable.releases.create(number=2, content=week().to_json(), by=world.officer)


def rendered(release: TimetableRelease, kind: PrintKind, content: ReleasedTimetable) -> bytes:
    release.content = content.to_json()
    vars(release).pop("frozen", None)
    return render_timetable_pdf(release, kind)


def text_of(pdf: bytes) -> str:
    command = ["pdftotext", "-layout", "-", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def pages_of(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as found:
        return len(found.pages)


@pytest.mark.parametrize("kind", PrintKind)
def test_every_timetable_is_for_everybody_and_keeps(
    release: TimetableRelease, kind: PrintKind
) -> None:
    nothing = ReleasedTimetable()
    bare = ReleasedTimetable((session(0, 0),), days=(MONDAY, MONDAY + timedelta(days=1)))
    for content in (week(), week(14, 1), bare, nothing):
        assert faults(rendered(release, kind, content)) == []


@pytest.mark.parametrize("a_day", [1, 5, 7, 10, 14])
def test_the_door_has_a_page_a_day_however_full_it_is(
    release: TimetableRelease, a_day: int
) -> None:
    assert pages_of(rendered(release, PrintKind.DOOR, week(a_day))) == 5


def test_what_hangs_on_the_door_says_when_what_and_where_and_names_nobody(
    release: TimetableRelease,
) -> None:
    text = " ".join(text_of(render_timetable_pdf(release, PrintKind.DOOR)).split())
    host = release.timetable.challenge.host_authority.name
    for said in (
        "Monday 11 January 2027",
        f"Peer challenge visit to {host}, day 5 of 5",
        "09:30 to 10:15",
        "confirmed)",
        "Room 2",
        "Online",
        "Version 2,",
    ):
        assert said in text
    for kept in ("Ann Lead", "Bo Moss", "Ada", "Young person", "agenda", "meet.example", "early"):
        assert kept not in text


def test_the_team_has_all_there_is_to_say(release: TimetableRelease) -> None:
    text = " ".join(text_of(render_timetable_pdf(release, PrintKind.TEAM)).split())
    for said in (
        "Friday 15 January",
        "Ann Lead, Bo Moss",
        "(notes)",
        "The whole team",
        "Ada and Ben",
        "They bring their own agenda.",
        "Line 2",
        "Is help early?",
        "With councillors",
        "1 High Street",
        "Ramp at the side door",
        "meet.example.org",
    ):
        assert said in text
    assert pages_of(render_timetable_pdf(release, PrintKind.TEAM)) <= 7


def test_who_is_on_the_team_is_said_once_where_all_of_it_comes(release: TimetableRelease) -> None:
    cy = ReleasedPerson(3, "Cy Reed")
    first, then = session(0, 0), session(0, 1)
    both = (
        replace(first, team=(ANN, BO, cy), note_taker=None),
        replace(then, team=(ANN, BO, cy), note_taker=BO),
    )
    text = " ".join(text_of(rendered(release, PrintKind.TEAM, ReleasedTimetable(both))).split())
    assert text.count("Cy Reed") == 1
    assert "Ann Lead, Bo Moss, Cy Reed" in text
    assert (text.count("The whole team"), text.count("takes notes")) == (2, 1)


@pytest.mark.parametrize("kind", PrintKind)
def test_the_same_release_gives_the_same_bytes(release: TimetableRelease, kind: PrintKind) -> None:
    assert render_timetable_pdf(release, kind) == render_timetable_pdf(release, kind)


def test_what_somebody_typed_is_text_on_paper_too(release: TimetableRelease) -> None:
    hostile = ReleasedSession(
        "one", "interview", "<img src='file:///etc/passwd'>&amp;", MONDAY, time(9), 60
    )
    for kind in PrintKind:
        text = text_of(rendered(release, kind, ReleasedTimetable((hostile,))))
        assert "<img" in text
        assert "&amp;" in text


def test_its_file_says_whose_it_is(release: TimetableRelease) -> None:
    host = release.timetable.challenge.host_authority.name.lower().replace(" ", "-")
    assert timetable_filename(release, PrintKind.DOOR) == (
        f"{host}-timetable-version-2-for-the-door.pdf"
    )
