"""The form of a round: what it refuses, and how it says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from authorities.models import User
from rounds import actions
from rounds.forms.rounds import RoundForm
from rounds.models import Round
from tests.world import World

Browser = Callable[[User], Client]


def text(answer: Any) -> str:
    return answer.content.decode()


def parts(name: str, day: date) -> dict[str, int]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def filled_in(world: World, **changed: Any) -> dict[str, Any]:
    today = timezone.localdate()
    given = {
        "name": "Winter 2027",
        "preset": "paired_visits",
        "challengers_per_host": 1,
        **parts("self_assessment_due", today + timedelta(days=20)),
        **parts("visits_from", today + timedelta(days=40)),
        **parts("visits_to", today + timedelta(days=90)),
        "authorities": [authority.pk for authority in world.authorities],
        "area_1": "Adoption",
        "area_2": "Diversion from care",
    }
    return given | changed


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"name": ""}, "Enter the name of the round"),
        ({"name": "n" * 101}, "The name of the round must be 100 characters or less"),
        ({"visits_from_month": ""}, "The first day a visit may take place must include a month"),
        ({"visits_from_year": "20270"}, "Year must include 4 numbers"),
        ({"preset": "inspection"}, "Select one of the choices shown"),
        ({"area_2": "adoption"}, "This area is named above already"),
        ({"area_1": "a" * 121}, "Area 1 must be 120 characters or less"),
        ({"authorities": []}, "Select at least three authorities"),
        ({"authorities": ["999999"]}, "Select one of the choices shown"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    world: World, signed_in: Browser, changed: dict[str, Any], message: str
) -> None:
    answer = signed_in(world.officer).post("/rounds/new", filled_in(world, **changed))
    page = text(answer)
    assert message in page
    assert "<title>Error: " in page
    kept = "area_3" if "area_1" in changed else "area_1"
    assert answer.context["form"].data.get(kept, "") == filled_in(world).get(kept, "")
    assert not Round.objects.exists()


def test_days_are_in_order_and_to_come(world: World, signed_in: Browser) -> None:
    today = timezone.localdate()
    cases = {
        "visits_to": (today + timedelta(days=39), "same as or after the first day"),
        "self_assessment_due": (today + timedelta(days=40), "must be before the first visit"),
        "visits_from": (today, "must be in the future"),
    }
    for name, (day, message) in cases.items():
        answer = signed_in(world.officer).post("/rounds/new", filled_in(world, **parts(name, day)))
        assert message in text(answer)
    endless = filled_in(world, **parts("visits_to", today + timedelta(days=500)))
    assert "within a year" in text(signed_in(world.officer).post("/rounds/new", endless))


def test_two_authorities_are_too_few(world: World, signed_in: Browser) -> None:
    two = [authority.pk for authority in world.authorities[:2]]
    answer = signed_in(world.officer).post("/rounds/new", filled_in(world, authorities=two))
    assert "two would challenge each other" in text(answer)


def test_a_name_is_used_once_whatever_its_capitals(world: World, signed_in: Browser) -> None:
    round = world.drafted()
    given = filled_in(world, name=round.name.upper())
    answer = signed_in(world.officer).post("/rounds/new", given)
    assert "The region already has a round of this name" in text(answer)


def test_authorities_of_another_region_cannot_be_chosen(world: World, signed_in: Browser) -> None:
    theirs = World().authorities[0].pk
    keys = [*filled_in(world)["authorities"], theirs]
    answer = signed_in(world.officer).post("/rounds/new", filled_in(world, authorities=keys))
    assert "Select one of the choices shown" in text(answer)


@pytest.mark.parametrize(
    ("preset", "chosen", "from_last"),
    [
        ("paired_visits", "same", True),
        ("group", "same", False),
        ("group", "last", True),
        ("paired_visits", "preset", False),
    ],
)
def test_a_round_starts_from_the_last_ones_questions_where_that_fits(
    world: World, preset: str, chosen: str, from_last: bool
) -> None:
    last = world.opened()
    given = filled_in(world, preset=preset, questions_from=chosen)
    form = RoundForm(given, region=world.region)
    assert form.is_valid(), form.errors
    assert form.details().get("questions_from") == (last if from_last else None)
    assert form.preset_chosen().key == preset


def test_a_draft_says_who_signs_beside_the_director(world: World) -> None:
    round = world.drafted()
    form = RoundForm(filled_in(world, sign_offs=["lead_member"]), region=world.region, round=round)
    assert form.is_valid(), form.errors
    assert form.details()["sign_offs"] == ["director", "lead_member"]


def test_a_draft_says_how_many_challenge_each_authority(world: World) -> None:
    round = world.drafted()
    sent = filled_in(world, name=round.name, challengers_per_host=2, version="")
    form = RoundForm(sent, region=world.region, round=round)
    assert form.is_valid(), form.errors
    assert "group_sizes" not in form.fields
    changed = actions.change_round(round, **form.details(), by=world.officer)
    assert (changed.format.challengers_per_host, changed.format.asked_of_each) == (2, 2)
    assert changed.format.meeting_said == (
        "Each authority is challenged by two others and challenges two"
    )


def test_a_draft_in_groups_says_how_large_they_are(db: None) -> None:
    world = World(preset="group")
    round = world.drafted()
    form = RoundForm(
        filled_in(world, group_sizes="4-5", version=""), region=world.region, round=round
    )
    assert form.is_valid(), form.errors
    assert "challengers_per_host" not in form.fields
    changed = actions.change_round(round, **form.details(), by=world.officer)
    assert changed.format.group_sizes == (4, 5)
    assert RoundForm(region=world.region, round=changed)["group_sizes"].initial == "4-5"
