"""The pages that say what each authority gave and received."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from authorities.models import Authority, Succession, User
from authorities.states import Role
from rounds.models import EarlierChallenge, Round
from tests.factories import AuthorityFactory, MembershipFactory
from tests.rounds.conftest import words
from tests.world import World, fresh

Browser = Callable[[User], Client]
DAY = date(2013, 2, 4)


@pytest.fixture
def officer(world: World, signed_in: Browser) -> Client:
    return signed_in(world.officer)


def url(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def enter(world: World, host: Authority, challenger: Authority, **more: Any) -> EarlierChallenge:
    made: EarlierChallenge = EarlierChallenge.objects.create(
        region=world.region,
        host=host,
        challenger=challenger,
        **{"held_on": DAY, "days": 4, "round_name": "Winter 2012 to 2013", **more},
        entered_by=world.officer,
    )
    return made


def test_an_officer_of_one_region_goes_straight_to_its_ledger(
    world: World, officer: Client
) -> None:
    assert officer.get(url("ledger"))["Location"] == url("ledger_region", world.region.pk)


def test_an_officer_of_two_regions_chooses(world: World, signed_in: Browser) -> None:
    other = World(size=0).region
    MembershipFactory(user=world.officer, role=Role.BOARD_OFFICER, region=other)
    page = words(signed_in(fresh(world.officer)).get(url("ledger")))
    for region in (world.region, other):
        assert f'href="{url("ledger_region", region.pk)}">{region}</a>' in page


def test_an_empty_ledger_says_what_will_be_in_it(world: World, officer: Client) -> None:
    page = words(officer.get(url("ledger_region", world.region.pk)))
    assert "Nothing is in the ledger yet." in page
    assert url("earlier_challenges", world.region.pk) in page


def test_the_ledger_says_in_words_who_gave_more(world: World, officer: Client) -> None:
    one, other, _ = world.authorities
    enter(world, one, other)
    page = words(officer.get(url("ledger_region", world.region.pk)))
    assert "Gave 4 days more than it received" in page
    assert "Received 4 days more than it gave" in page
    assert ("+4" in page, "−4" in page) == (True, True)


def test_one_round_can_be_looked_at_alone(world: World, accepted: Round, officer: Client) -> None:
    one, other, _ = world.authorities
    enter(world, one, other)
    address = url("ledger_region", world.region.pk)
    page = words(officer.get(address, {"round": f"round-{accepted.pk}"}))
    assert f"This is “{accepted.name}” alone." in page
    assert "Gave as many days as it received" in page
    assert "more than it" not in page
    assert "2 of its days still to come" in page


@pytest.mark.parametrize("asked", ["round=none", "sort=pk", "order=%00", "round=%00", "sort=💥"])
def test_what_cannot_be_asked_for_shows_everything(
    world: World, officer: Client, asked: str
) -> None:
    enter(world, *world.authorities[:2])
    answer = officer.get(f"{url('ledger_region', world.region.pk)}?{asked}")
    assert "Over all rounds" in words(answer)


def test_the_ledger_is_sorted_as_asked(world: World, officer: Client) -> None:
    one, other, third = world.authorities
    enter(world, one, other)
    enter(world, one, third, days=9)
    address = url("ledger_region", world.region.pk)
    page = words(officer.get(address, {"sort": "days_given", "order": "down"}))
    places = [page.index(f">{name}</a>") for name in (third.name, other.name, one.name)]
    assert places == sorted(places)
    assert 'aria-sort="descending"' in page


def test_whose_past_is_carried_is_said(world: World, officer: Client) -> None:
    one, other, new = world.authorities
    Succession.objects.create(before=one, after=new, on=date(2019, 4, 1), event="merged")
    enter(world, one, other)
    page = words(officer.get(url("ledger_region", world.region.pk)))
    assert f"with {one.short_name} until 2019" in page
    assert f">{one.name}</a>" not in page


def test_an_authority_is_shown_challenge_by_challenge(
    world: World, accepted: Round, officer: Client
) -> None:
    one, other, _ = world.authorities
    enter(world, one, other)
    page = words(officer.get(url("ledger_authority", world.region.pk, one.pk)))
    assert f"Was challenged by {other}" in page
    assert "4 Feb 2013" in page
    assert accepted.name in page


def test_the_ledger_is_taken_away_as_a_spreadsheet(
    world: World, accepted: Round, officer: Client
) -> None:
    one, other, third = world.authorities
    enter(world, one, other, round_name="=1+1")
    answer = officer.get(url("ledger_xlsx", world.region.pk))
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Over all rounds", "By round", "Every challenge"]
    lines = {row[0]: row[2:7] for row in book["Over all rounds"].iter_rows(values_only=True)}
    assert lines[one.name] == (1, 2, 2, 6, -4)
    assert lines[other.name] == (2, 1, 6, 2, 4)
    assert lines[third.name] == (1, 1, 2, 2, 0)
    held = list(book["Every challenge"].iter_rows(min_row=2))
    assert len(held) == 4
    assert {cell.data_type for row in held for cell in row} == {"d", "s", "n"}
    assert held[-1][1].value == "=1+1"


def test_only_officers_of_the_board_see_the_ledger(world: World, signed_in: Browser) -> None:
    for person in (world.chair, world.directors[0]):
        client = signed_in(person)
        assert client.get(url("ledger_region", world.region.pk)).status_code == 403
        assert client.get(url("ledger_xlsx", world.region.pk)).status_code == 403
        one = url("ledger_authority", world.region.pk, world.authorities[0].pk)
        assert client.get(one).status_code == 403


def test_an_authority_of_another_region_has_no_account_here(world: World, officer: Client) -> None:
    elsewhere = AuthorityFactory()
    address = url("ledger_authority", world.region.pk, elsewhere.pk)
    assert officer.get(address).status_code == 404


def test_the_page_stays_light_at_sixteen_authorities(world: World, officer: Client) -> None:
    others = AuthorityFactory.create_batch(13, region=world.region)
    places = [*world.authorities, *others]
    for number, place in enumerate(places):
        enter(world, place, places[number - 1], days=number)
    page = officer.get(url("ledger_region", world.region.pk)).content
    assert page.count(b'class="app-pair"') == 16
    assert len(page) <= 40 * 1024


def test_an_authority_that_is_no_more_says_who_has_its_past(world: World, officer: Client) -> None:
    one, other, new = world.authorities
    Succession.objects.create(before=one, after=new, on=date(2019, 4, 1), event="merged")
    enter(world, one, other)
    page = words(officer.get(url("ledger_authority", world.region.pk, one.pk)))
    assert f"What it did until 31 March 2019 is counted with {new}." in page


def test_the_board_and_the_rounds_lead_to_the_ledger(
    world: World, proposed: Round, officer: Client
) -> None:
    link = f'href="{url("ledger_region", world.region.pk)}"'
    for page in (url("rounds"), url("round_match", proposed.pk)):
        assert link in words(officer.get(page))
