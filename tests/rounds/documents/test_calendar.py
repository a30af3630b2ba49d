"""Entries for calendars, read back with another library than the one that writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from rounds.documents.calendar import Entry, Method, Person, calendar_file

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
BOARD = Person("Peer challenge", "board@example.org")
READER = Person("Ada Moss", "ada@example.org")
LONG = "Bournemouth, Christchurch and Poole " * 5 + "and all around them"
# What people type: any letter or mark of any script, and what iCalendar gives a meaning.
names = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"], include_characters="\n"))
# icalendar takes these two characters, as text, for the end of a line.
names = names.filter(lambda name: r"\N" not in name)


def entry(**given: object) -> Entry:
    values = {
        "uid": "2b7f0c1e-0000-4000-8000-000000000001",
        "sequence": 0,
        "summary": "Peer challenge visit: Devon by Somerset, day 1",
        "first": date(2026, 10, 23),
        "last": date(2026, 10, 23),
        "changed_at": NOW,
    }
    return Entry(**{**values, **given})


def written(one: Entry, method: Method = Method.REQUEST, attendee: Person = READER) -> bytes:
    return calendar_file([one], method, made_at=NOW, organizer=BOARD, attendee=attendee)


def read(content: bytes) -> vobject.base.Component:
    return vobject.readOne(content.decode())


def timed(first: datetime, last: datetime) -> vobject.base.Component:
    return read(written(entry(first=first, last=last))).vevent


def test_an_entry_says_what_it_is_to_whom_and_from_whom() -> None:
    calendar = read(
        written(entry(sequence=3, url="https://example.org/c/1", location="County Hall"))
    )
    event = calendar.vevent
    assert calendar.version.value == "2.0"
    assert calendar.prodid.value == "-//peerchallenge//visits//EN"
    assert calendar.method.value == "REQUEST"
    assert event.uid.value == entry().uid
    assert event.sequence.value == "3"
    assert event.dtstamp.value == NOW
    assert event.last_modified.value == NOW
    assert event.status.value == "CONFIRMED"
    assert event.summary.value == "Peer challenge visit: Devon by Somerset, day 1"
    assert event.url.value == "https://example.org/c/1"
    assert event.location.value == "County Hall"
    assert event.organizer.value == "mailto:board@example.org"
    assert event.attendee.value == "mailto:ada@example.org"
    assert event.attendee.params["RSVP"] == ["FALSE"]


def test_whole_days_are_dates_and_end_as_the_next_one_begins() -> None:
    # The clocks go back on Sunday 25 October 2026.
    content = written(entry(first=date(2026, 10, 23), last=date(2026, 10, 26)))
    assert b"DTSTART;VALUE=DATE:20261023\r\n" in content
    assert b"DTEND;VALUE=DATE:20261027\r\n" in content
    event = read(content).vevent
    assert (event.dtstart.value, event.dtend.value) == (date(2026, 10, 23), date(2026, 10, 27))


def test_a_time_is_said_in_london_and_keeps_to_the_clock_when_it_changes() -> None:
    for day, offset in ((23, 1), (26, 0)):
        start = datetime(2026, 10, day, 9, 30, tzinfo=LONDON)
        content = written(entry(first=start, last=start + timedelta(hours=2)))
        assert f"DTSTART;TZID=Europe/London:202610{day}T093000\r\n".encode() in content
        event = read(content).vevent
        # The reader knows the zone from the file's own rules alone.
        assert event.dtstart.value.utcoffset() == timedelta(hours=offset)
        assert event.dtstart.value == start


def test_a_time_that_crosses_the_change_of_the_clocks_lasts_as_long_as_it_does() -> None:
    first = datetime(2026, 10, 24, 22, tzinfo=UTC)
    event = timed(first, first + timedelta(hours=12))
    assert event.dtstart.value.astimezone(UTC) == first
    assert event.dtend.value.astimezone(UTC) == first + timedelta(hours=12)
    assert f"{event.dtend.value:%H:%M}" == "10:00"


def test_the_rules_in_the_file_are_those_of_london_in_each_month_for_ten_years() -> None:
    for year in range(2026, 2036):
        for month in range(1, 13):
            for day in (1, 27, 28):
                start = datetime(year, month, day, 12, tzinfo=LONDON)
                found = timed(start, start + timedelta(hours=1)).dtstart.value
                assert found.utcoffset() == start.utcoffset(), start


def test_a_cancelled_one_keeps_its_uid_and_asks_to_be_taken_out() -> None:
    calendar = read(written(entry(sequence=4, cancelled=True), Method.CANCEL))
    assert calendar.method.value == "CANCEL"
    assert calendar.vevent.status.value == "CANCELLED"
    assert calendar.vevent.uid.value == entry().uid
    assert calendar.vevent.sequence.value == "4"
    assert calendar.vevent.dtstart.value == date(2026, 10, 23)


def test_a_feed_holds_many_and_names_nobody() -> None:
    many = [entry(uid="one"), entry(uid="other", cancelled=True)]
    calendar = read(calendar_file(many, Method.PUBLISH, made_at=NOW))
    assert calendar.method.value == "PUBLISH"
    found = {event.uid.value: event.status.value for event in calendar.vevent_list}
    assert found == {"one": "CONFIRMED", "other": "CANCELLED"}
    assert not {"organizer", "attendee"} & set(calendar.vevent.contents)


def test_what_goes_to_a_person_is_one_entry_from_somebody() -> None:
    two = [entry(uid="one"), entry(uid="other")]
    with pytest.raises(ValueError, match="one entry"):
        calendar_file(two, Method.REQUEST, made_at=NOW, organizer=BOARD, attendee=READER)
    with pytest.raises(ValueError, match="from somebody"):
        calendar_file(two[:1], Method.CANCEL, made_at=NOW)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 10, 23), date(2026, 10, 22)),
        (datetime(2026, 10, 23, 9, tzinfo=UTC), datetime(2026, 10, 23, 9, tzinfo=UTC)),
        (datetime(2026, 10, 23, 9), datetime(2026, 10, 23, 10)),  # noqa: DTZ001
        (date(2026, 10, 23), datetime(2026, 10, 23, 10, tzinfo=UTC)),
    ],
)
def test_an_entry_that_ends_before_it_starts_or_has_no_zone_is_refused(
    first: date, last: date
) -> None:
    with pytest.raises((ValueError, TypeError)):
        written(entry(first=first, last=last))


@pytest.mark.parametrize(
    "name",
    [
        "Bath, Bristol; and “Dorset”",
        'The "Royal" Borough',
        "two\nlines\n\nof text",
        "back\\slash \\n not a line",
        "ATTENDEE:mailto:a@example.org",
        LONG[:200],
        "Ynys Môn 🏴󠁧󠁢󠁷󠁬󠁳󠁿 " * 20,
    ],
)
def test_a_name_comes_back_as_it_was_written(name: str) -> None:
    comes_back(name)


@given(names)
def test_any_name_comes_back_as_it_was_written(name: str) -> None:
    comes_back(name)


def comes_back(name: str) -> None:
    content = written(entry(summary=name, description=name, location=name))
    event = read(content).vevent
    assert event.summary.value == name
    if name:
        assert event.description.value == name
        assert event.location.value == name
    assert list(event.contents).count("attendee") == 1
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")


@given(names)
def test_whatever_somebody_is_called_their_entry_can_be_read(name: str) -> None:
    event = read(written(entry(), attendee=Person(name, READER.email))).vevent
    assert event.attendee.value == "mailto:ada@example.org"
    assert event.summary.value == entry().summary
    assert len(event.contents["attendee"]) == 1
