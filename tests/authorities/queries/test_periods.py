"""What becomes of rows that are pasted into a calendar."""

from __future__ import annotations

from datetime import date

import pytest

from authorities.queries.periods import Entry, days_said, judged
from authorities.states import PeriodKind

TODAY = date(2026, 9, 1)
THERE = [Entry(PeriodKind.HALF_TERM, date(2026, 10, 26), date(2026, 10, 30), "Half term")]


def becomes(*rows: str, there: list[Entry] | None = None) -> list[tuple[str, str]]:
    found = judged([row.split(", ") for row in rows], there or [], TODAY)
    return [(one.outcome, one.says) for one in found]


def test_headings_are_no_row() -> None:
    assert becomes("Holiday, First day, Last day") == []


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("Autumn half-term, 26 October 2026, 30 October 2026", PeriodKind.HALF_TERM),
        ("Christmas, 21 December 2026, 1 January 2027", PeriodKind.SCHOOL_HOLIDAY),
        ("End of term holiday, 21 December 2026, 1 January 2027", PeriodKind.SCHOOL_HOLIDAY),
        ("21 December 2026, 1 January 2027", PeriodKind.SCHOOL_HOLIDAY),
        ("Elections, 31 March 2027, 6 May 2027", PeriodKind.PRE_ELECTION),
    ],
)
def test_the_kind_of_a_row_is_in_its_words(row: str, kind: PeriodKind) -> None:
    (found,) = judged([[row]], [], TODAY)
    assert found.entry
    assert found.entry.kind == kind


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("Autumn term, 1 September 2026, 18 December 2026", "This is a term."),
        ("Early May bank holiday, 3 May 2027", "Bank holidays are known already."),
        ("Christmas Day, 25 December 2026", "Nobody works on these days anyway"),
        ("Half term, 26 October 2026, 30 November 2026", "Half term of more than 18 days"),
        ("Inspection, 26 October 2026", "An inspection has a page of its own"),
        ("Half term, 27 October 2026, 31 October 2026", "Some of these days are in “Half term”"),
        ("Holiday, 24 October 2026, 1 November 2026", "Some of these days are in “Half term”"),
        ("Half term, soon", "No day is written in it"),
    ],
)
def test_a_row_that_is_refused_says_why(row: str, says: str) -> None:
    ((outcome, said),) = becomes(row, there=THERE)
    assert outcome == "Refused"
    assert said.startswith(says)


def test_what_is_there_already_is_said_and_another_end_takes_its_place() -> None:
    assert becomes("Half term, 26 October 2026, 30 October 2026", there=THERE) == [
        ("Already there", "Half term, 26 to 30 October 2026.")
    ]
    assert becomes("Half term, 26 October 2026, 2 November 2026", there=THERE) == [
        (
            "Taken",
            "Half term, 26 October to 2 November 2026. It takes the place of "
            "26 to 30 October 2026.",
        )
    ]


def test_rows_are_compared_with_those_above_them() -> None:
    row = "Half term, 26 October 2026, 30 October 2026"
    found = becomes(
        row,
        row,
        "Half term, 26 October 2026, 29 October 2026",
        "Break, 28 October 2026, 4 November 2026",
    )
    assert [outcome for outcome, _ in found] == ["Taken", "Already there", "Refused", "Refused"]
    assert found[1][1] == "Same as row 1."


def test_a_school_holiday_and_an_election_may_share_days() -> None:
    found = becomes("Easter, 29 March 2027, 9 April 2027", "Elections, 31 March 2027, 6 May 2027")
    assert [outcome for outcome, _ in found] == ["Taken", "Taken"]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2027, 2, 3), None, "since 3 February 2027"),
        (date(2027, 2, 3), date(2027, 2, 3), "3 February 2027"),
        (date(2027, 2, 3), date(2027, 2, 5), "3 to 5 February 2027"),
        (date(2027, 2, 27), date(2027, 3, 5), "27 February to 5 March 2027"),
        (date(2026, 12, 21), date(2027, 1, 1), "21 December 2026 to 1 January 2027"),
    ],
)
def test_days_are_said_briefly(first: date, last: date | None, said: str) -> None:
    assert days_said(first, last) == said
