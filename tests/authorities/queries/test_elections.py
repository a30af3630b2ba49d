"""England's polls, and what they suggest to a council."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from authorities.models import Authority
from authorities.queries.elections import (
    POLLS,
    Poll,
    first_thursday_of_may,
    local_polls,
    suggested,
    votes_in,
)
from authorities.states import PeriodKind
from tests.world import World


def rows() -> list[dict[str, str]]:
    with POLLS.open(newline="", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["election"] == "local"]


def test_notice_of_every_local_election_was_due_as_the_rule_has_it() -> None:
    assert {row["poll_date"]: row["notice_by"] for row in rows()} == {
        row["poll_date"]: Poll(date.fromisoformat(row["poll_date"]), "local").notice_by.isoformat()
        for row in rows()
    }


def test_but_for_one_year_polls_are_on_the_first_thursday_of_may() -> None:
    days = [date.fromisoformat(row["poll_date"]) for row in rows()]
    moved = [day for day in days if day != first_thursday_of_may(day.year)]
    assert moved == [date(2014, 5, 22)]


def test_after_the_end_of_the_list_polls_go_on() -> None:
    found = local_polls(date(2028, 1, 1), date(2031, 12, 31))
    assert [poll.day for poll in found] == [
        date(2028, 5, 4), date(2029, 5, 3), date(2030, 5, 2), date(2031, 5, 1)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "year", "votes"),
    [
        ("county", 2029, True),
        ("county", 2027, False),
        ("london_borough", 2026, True),
        ("london_borough", 2027, False),
        ("city_corporation", 2026, False),
        ("metropolitan", 2025, False),
        ("metropolitan", 2027, None),
        ("unitary", 2027, None),
    ],
)
def test_which_councils_vote_when(kind: str, year: int, votes: bool | None) -> None:
    assert votes_in(kind, year) is votes


def test_a_county_is_suggested_only_the_years_in_which_it_votes(world: World) -> None:
    county = Authority(kind="county")
    assert suggested(county, [], date(2026, 11, 1)) is None
    found = suggested(county, [], date(2028, 11, 1))
    assert found
    assert (found.poll, found.perhaps) == (date(2029, 5, 3), False)
    assert (found.entry.first_day, found.entry.last_day) == (date(2029, 3, 27), date(2029, 5, 3))


def test_once_a_period_is_there_nothing_is_suggested_for_that_poll(world: World) -> None:
    own = world.authorities[0]
    own.periods.create(
        kind=PeriodKind.PRE_ELECTION,
        first_day=date(2027, 3, 22),
        last_day=date(2027, 5, 6),
        name="Ours",
    )
    assert suggested(own, [], date(2027, 1, 4)) is not None
    assert suggested(own, list(own.periods.all()), date(2027, 1, 4)) is None
