"""The formats: their questions in a region's words, and a round of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import User
from rounds import actions
from rounds.models import PRESETS, Asked, RegionPreset, Round
from rounds.states import RoundState
from tests.rounds.forms.test_rounds import filled_in
from tests.world import World

Browser = Callable[[User], Client]


def url(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def draft(world: World) -> Round:
    return world.drafted()


@pytest.mark.parametrize("key", PRESETS)
def test_every_format_is_previewed(world: World, signed_in: Browser, key: str) -> None:
    page = text(signed_in(world.officer).get(url("preset", world.region.pk, key)))
    asked = [row["text"] for section in PRESETS[key].sections for row in section["questions"]]
    missing = [one for one in asked if one.replace("'", "&#x27;") not in page]
    assert missing == []
    assert "standard wording" in page


def test_a_region_sees_where_its_wording_differs_and_goes_back(
    world: World, signed_in: Browser, draft: Round
) -> None:
    client = signed_in(world.officer)
    section = draft.sections.first()
    actions.add_question(section, Asked("What else?"), by=world.officer)
    actions.remove_question(section.questions.first(), by=world.officer)
    answer = client.post(url("questionnaire_keep", draft.pk), follow=True)
    page = text(answer)
    assert ("What else?" in page, "left out" in page, "added" in page) == (True, True, True)
    assert "The region’s own wording" in text(client.get(url("presets")))
    restore = url("preset_restore", world.region.pk, "paired_visits")
    assert client.get(restore).status_code == 200
    client.post(restore)
    client.post(restore)
    assert not RegionPreset.objects.exists()
    assert client.get(url("preset", world.region.pk, "nothing")).status_code == 404


def test_presets_are_the_officers(world: World, signed_in: Browser) -> None:
    assert signed_in(world.chair).get(url("presets")).status_code == 404
    other = World().region
    page = url("preset", other.pk, "paired_visits")
    assert signed_in(world.officer).get(page).status_code == 404


@pytest.mark.parametrize("key", PRESETS)
def test_a_round_of_any_format_goes_from_its_form_to_what_came_in(
    world: World, signed_in: Browser, key: str
) -> None:
    client = signed_in(world.officer)
    client.post("/rounds/new", filled_in(world, preset=key))
    round = Round.objects.get(name="Winter 2027")
    assert round.format.name == PRESETS[key].name
    client.post(url("round_invite", round.pk))
    round.refresh_from_db()
    assert round.state == RoundState.OPEN
    world.sent(round.participations.get(authority=world.authorities[0]))
    names = ("round", "round_match", "round_visits", "round_self_assessments", "round_settings")
    assert [client.get(url(name, round.pk)).status_code for name in names] == [200] * 5
    assert ("Match challengers" in text(client.get(url("round", round.pk)))) is False
