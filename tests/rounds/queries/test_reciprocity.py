"""The ledger's pages: sorting, rounds, whose past is carried, and how often they ask."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from authorities.models import Authority, Succession
from rounds.models import EarlierChallenge, Round
from rounds.queries.ledger import Sums
from rounds.queries.ledger_sheets import ledger_sheets
from rounds.queries.reciprocity import (
    COLUMNS,
    Ledger,
    account_of,
    ledger_of,
    pasts_of,
)
from tests.factories import AuthorityFactory
from tests.world import World

DAY = date(2013, 2, 4)


def enter(world: World, host: Authority, challenger: Authority, days: int, name: str = "") -> None:
    EarlierChallenge.objects.create(
        region=world.region,
        host=host,
        challenger=challenger,
        held_on=DAY,
        days=days,
        round_name=name,
        entered_by=world.officer,
    )


def read(world: World, *, sort: str = "authority", order: str = "up", round: str = "") -> Ledger:
    return ledger_of(world.region, sort=sort, order=order, round=round)


@pytest.mark.parametrize("sort", COLUMNS)
def test_down_is_the_other_way_round_than_up(world: World, sort: str) -> None:
    one, other, third = world.authorities
    enter(world, one, other, 1)
    enter(world, one, third, 2)
    enter(world, other, third, 4)
    up = [line.sums.balance for line in read(world, sort=sort).lines]
    down = [line.sums.balance for line in read(world, sort=sort, order="down").lines]
    if sort in ("authority", "days_given", "balance"):
        assert up == down[::-1]
    assert sorted(up) == sorted(down) == [-3, -3, 6]


def test_those_with_as_much_stay_in_the_order_of_their_names(world: World) -> None:
    names = [one.name for one in world.authorities]
    enter(world, world.authorities[0], world.authorities[1], 0)
    enter(world, world.authorities[0], world.authorities[2], 0)
    for order in ("up", "down"):
        assert [line.name for line in read(world, sort="balance", order=order).lines] == names


def test_a_heading_pressed_again_turns_the_order_round(world: World, accepted: Round) -> None:
    first = {c.label: (c.query, c.now) for c in read(world).columns}
    assert first["Authority"] == ("?sort=authority&order=down", "ascending")
    assert first["Days given"] == ("?sort=days_given&order=down", "none")
    key = f"round-{accepted.pk}"
    again = read(world, sort="days_given", order="down", round=key)
    assert {c.label: (c.query, c.now) for c in again.columns}["Days given"] == (
        f"?sort=days_given&order=up&round={key}",
        "descending",
    )


def test_rounds_are_listed_newest_first_with_what_was_given_in_each(
    world: World, accepted: Round
) -> None:
    one, other, _ = world.authorities
    enter(world, one, other, 3, "Winter")
    enter(world, other, one, 2, "winter")
    turns = read(world).turns
    assert [(turn.name, turn.challenges, turn.days, turn.to_come) for turn in turns] == [
        (accepted.name, 3, 6, 6),
        ("Winter", 2, 5, 0),
    ]
    assert [turn.earlier for turn in turns] == [False, True]


def test_challenges_of_no_named_round_are_put_together_by_year(world: World) -> None:
    one, other, _ = world.authorities
    enter(world, one, other, 3)
    assert [turn.name for turn in read(world).turns] == ["2013"]


def test_whoever_takes_part_is_listed_also_with_nothing_given(world: World) -> None:
    assert read(world).lines == []
    world.opened()
    assert [line.sums for line in read(world).lines] == [Sums(), Sums(), Sums()]


def test_several_pasts_are_said_in_one_sentence(world: World) -> None:
    new = AuthorityFactory(region=world.region, name="Dorset")
    old = AuthorityFactory(name="Dorset", official_name="Dorset County Council")
    one, other, third = world.authorities
    for before, on, event in (
        (one, date(2019, 4, 1), "merged"),
        (other, date(2019, 4, 1), "merged"),
        (old, date(2021, 4, 1), "replaced"),
        (third, date(2021, 4, 1), "part_transferred"),
    ):
        Succession.objects.create(before=before, after=new, on=on, event=event)
    assert pasts_of([new.pk, third.pk]) == {
        new.pk: f"with {one.short_name} and {other.short_name} until 2019, "
        "with Dorset County Council until 2021"
    }


def test_an_account_adds_up_to_the_line_of_the_ledger(world: World, accepted: Round) -> None:
    one, other, third = world.authorities
    enter(world, one, other, 3)
    enter(world, third, one, 5)
    for line in read(world).lines:
        account = account_of(Authority.objects.select_related("region").get(pk=line.pk))
        assert account.sums == line.sums
        assert sum((sums for _, sums in account.rounds), start=Sums()) == line.sums
        given = sum(row.days_given for row in account.each)
        received = sum(row.days_received for row in account.each)
        assert (given, received) == (line.sums.days_given, line.sums.days_received)


def test_the_pages_ask_as_often_for_one_as_for_many(world: World, accepted: Round) -> None:
    one, other, third = world.authorities
    enter(world, one, other, 3)
    few = _queries(world)
    enter(world, third, one, 5)
    enter(world, other, third, 5, "Winter")
    AuthorityFactory.create_batch(3, region=world.region)
    assert few == _queries(world) == (8, 9, 8)


def _queries(world: World) -> tuple[int, ...]:
    found = []
    authority = Authority.objects.select_related("region").get(pk=world.authorities[0].pk)
    for ask in (
        lambda: read(world),
        lambda: account_of(authority),
        lambda: [list(sheet.rows) for sheet in ledger_sheets(world.region)],
    ):
        with CaptureQueriesContext(connection) as queries:
            ask()
        found.append(len(queries))
    return tuple(found)
