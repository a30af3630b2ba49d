"""Rows of earlier challenges: what is taken, what is there, what is refused and why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from authorities.models import Authority
from rounds.models import EarlierChallenge, Round
from rounds.queries.cells import Place
from rounds.queries.earlier import Entry, Known, What, columns_of, judged, known_in
from tests.factories import AuthorityFactory
from tests.world import World

TODAY = date(2026, 11, 21)
DAY = date(2013, 2, 4)
KNOWN = Known(
    {
        "torbay": [Place(1, "Torbay", "Torbay Council", "880")],
        "poole": [Place(2, "Poole", "Borough of Poole", "836")],
    },
    there={What(2, 1, DAY)},
    here={(1, 2): [(date(2026, 1, 1), date(2026, 3, 31), "Winter 2026")]},
    today=TODAY,
)


def test_a_row_without_headings_is_host_challenger_day_days_and_round() -> None:
    (found,) = judged([["Torbay", "Poole", "4/2/2013", "4", "Winter"]], KNOWN)
    assert found.entry == Entry(1, 2, DAY, "Winter", 4)
    assert found.understood == "Poole challenged Torbay on 4 February 2013, 4 days."
    assert (found.taken, found.number, found.outcome) == (True, 1, "Taken")


def test_headings_say_which_column_is_which_and_are_no_row() -> None:
    rows = [
        ["Round name", "Challenged by", "Notes", "Host authority", "Host", "Date"],
        ["Winter", "Poole", "rained", "", "Torbay", "4/2/2013"],
    ]
    (found,) = judged(rows, KNOWN)
    assert found.entry == Entry(1, 2, DAY, "Winter", 0)
    assert found.number == 2


def test_one_word_that_is_a_heading_makes_no_row_of_headings() -> None:
    assert columns_of(["Winter", "Host"]) == {}


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (["Torbay"], "The first day is missing."),
        (["", "Poole", "4/2/2013"], "The host is missing."),
        (["Torbay", "", "4/2/2013"], "The challenger is missing."),
        (["Torbay", "Torbay", "4/2/2013"], "The host and the challenger are the same authority."),
        (["Narnia", "Poole", "4/2/2013"], "No authority of this region is called “Narnia”."),
        (["Torbay", "Poole", "4/2/2013", "NaN"], "Days must be a whole number up to 500"),
        (["Torbay", "Poole", "4/2/2013", "1", "x" * 101], "longer than 100 characters"),
        (
            ["Torbay", "Poole", "5/2/2026"],
            "The ledger has it already, from the round “Winter 2026” that was run here.",
        ),
    ],
)
def test_a_row_that_is_not_taken_says_why(row: list[str], says: str) -> None:
    (found,) = judged([row], KNOWN)
    assert says in found.says
    assert (found.taken, found.outcome) == (False, "Refused")


def test_what_is_there_already_is_not_taken_again() -> None:
    same = ["Torbay", "Poole", "4/2/2013"]
    there, first, second = judged([["Poole", "Torbay", "2013-02-04"], same, same], KNOWN)
    assert (there.outcome, there.says) == ("Already there", "It has been entered before.")
    assert first.taken
    assert (second.outcome, second.says) == ("Already there", "The same as row 2.")


@given(st.lists(st.lists(st.text(max_size=12), max_size=7), max_size=6))
def test_every_row_is_answered_whatever_it_holds(rows: list[list[str]]) -> None:
    found = judged(rows, KNOWN)
    headed = int(bool(rows and columns_of(rows[0])))
    assert len(found) == len(rows) - headed
    assert all(one.taken or one.says for one in found)


def test_no_rows_have_no_verdicts() -> None:
    assert judged([], KNOWN) == []


def test_an_authority_is_known_by_all_its_names(world: World) -> None:
    bath = AuthorityFactory(
        region=world.region,
        name="Bath and North East Somerset",
        short_name="Bath",
        official_name="Bath and North East Somerset Council",
        dfe_code="800",
        code3="BNE",
    )
    known = known_in(world.region, TODAY)
    host = world.authorities[0].dfe_code
    for name in ("Bath", "B&NES", "bne", "800", "Bath & North East Somerset Council"):
        (found,) = judged([[host, name, "4/2/2013"]], known)
        assert found.entry is not None, name
        assert found.entry.challenger == bath.pk


def test_authorities_of_other_regions_are_not_known(world: World) -> None:
    elsewhere = AuthorityFactory(name="Elsewhere")
    known = known_in(world.region, TODAY)
    (found,) = judged([[elsewhere.dfe_code, "Elsewhere", "4/2/2013"]], known)
    assert found.outcome == "Refused"


def test_a_pair_of_a_round_run_here_is_not_entered_a_second_time(
    world: World, accepted: Round
) -> None:
    challenge = world.first(accepted)
    today = timezone.localdate()
    known = known_in(world.region, today)
    row = [challenge.host_authority.dfe_code, challenge.challenger_authority.dfe_code]
    (within,) = judged([[*row, accepted.visits_from.isoformat()]], known)
    (before,) = judged([[*row, (accepted.visits_from - timedelta(days=1)).isoformat()]], known)
    assert (within.outcome, before.outcome) == ("Refused", "Taken")


def test_what_is_known_is_read_in_four_queries(world: World, accepted: Round) -> None:
    one, other, _ = world.authorities
    for host in (one, other):
        _enter(world, host)
        with CaptureQueriesContext(connection) as queries:
            known_in(world.region, TODAY)
        assert len(queries) == 4


def _enter(world: World, host: Authority) -> None:
    EarlierChallenge.objects.create(
        region=world.region,
        host=host,
        challenger=world.authorities[2],
        held_on=DAY,
        entered_by=world.officer,
    )
