"""The board's chair: how far every authority is, and nothing that anybody wrote."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.person import Enter
from tests.world import ANSWER_TOKEN, WORDING_TOKEN, World

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_chair_sees_every_authoritys_stage(
    world: World, comes_in: Enter, budget: Callable[..., None]
) -> None:
    letter = world.letter_issued()
    chair = comes_in(world.chair)
    chair.opens("/")
    host = letter.challenge.host_authority
    others = sorted(one.name for one in world.authorities if one != host)
    stages = dict(
        zip(
            chair.page.locator("main dt").all_inner_texts(),
            chair.page.locator("main dd").all_inner_texts(),
            strict=True,
        )
    )
    assert stages == {"Letter issued": host.name, "Visit booked": ", ".join(others)}
    budget("chair, any authority’s stage", chair.clicks, most=0)
    chair.presses(letter.challenge.round.name)
    for authority in world.authorities:
        name = chair.page.get_by_role("rowheader", name=authority.name, exact=True)
        line = chair.page.get_by_role("row").filter(has=name)
        stage = "Letter issued" if authority == host else "Visit booked"
        assert stage in line.inner_text()
    chair.does_not_see(ANSWER_TOKEN, WORDING_TOKEN)
    chair.presses("History")
    chair.does_not_see(ANSWER_TOKEN, WORDING_TOKEN)
    chair.opens(f"/letters/{letter.pk}", status=404)
