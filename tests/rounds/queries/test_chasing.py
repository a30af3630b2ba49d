"""Who has not opened, not begun, not sent: the numbers and those they lead to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import User
from rounds import actions
from rounds.models import Question, Round
from tests.rounds.conftest import words
from tests.world import World


@pytest.fixture
def round() -> Round:
    """One sent, one begun, one opened, one untouched, one withdrawn."""
    world = World(5)
    found = world.opened()
    parts = list(found.participations.order_by("authority__dfe_code"))
    for part, director in list(zip(parts, world.directors, strict=True))[:3]:
        actions.open_self_assessment(part.self_assessment, by=director)
    world.sent(parts[0])
    question = Question.objects.filter(section__round=found).first()
    own = parts[1].self_assessment
    actions.save_answer(own, question, "A word.", version=0, by=world.directors[1])
    actions.withdraw_participation(parts[4], reason="No capacity.", by=world.officer)
    return found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("show", "places"),
    [
        ("not_opened", [3]),
        ("not_begun", [2, 3]),
        ("not_sent", [1, 2, 3]),
        ("", [0, 1, 2, 3, 4]),
        ("x", [0, 1, 2, 3, 4]),
        ("\0", [0, 1, 2, 3, 4]),
    ],
)
def test_each_number_leads_to_those_it_counts(
    round: Round, signed_in: Callable[[User], Client], show: str, places: list[int]
) -> None:
    page = signed_in(World.officer_of(round)).get(
        reverse("round_self_assessments", args=[round.pk]), {"show": show}
    )
    names = list(round.participations.order_by("authority__dfe_code"))
    assert {row.authority for row in page.context["rows"]} == {
        names[place].authority.name for place in places
    }
    assert [(tile.number, tile.label) for tile in page.context["tiles"]] == [
        (1, "not opened"),
        (2, "not begun"),
        (3, "not sent"),
        (5, "in the round"),
    ]
    assert words(page).count("Not opened yet") == (3 in places)
    assert ("Show all" in words(page)) == (show.startswith("not"))


@pytest.mark.django_db
def test_none_left_is_said(signed_in: Callable[[User], Client]) -> None:
    world = World(1)
    round = world.opened()
    world.sent(round.participations.get())
    page = signed_in(world.officer).get(
        reverse("round_self_assessments", args=[round.pk]), {"show": "not_sent"}
    )
    assert "There is none of these." in words(page)
