"""A section's key is part of an address, so it is none that another page has."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date

import pytest

from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.models import PRESETS, Format
from rounds.models.questionnaire import ADDRESSES
from tests.guarantees.matrix.policy import named_addresses
from tests.world import World


def test_a_section_never_bears_the_address_of_another_page(world: World) -> None:
    round = world.drafted()
    keys = [
        actions.add_section(round, title, by=world.officer).key
        for title in ("Evidence", "Evidence", "What we offer", "Offer")
    ]
    assert keys == ["evidence-2", "evidence-3", "what-we-offer", "offer-2"]


def test_a_questionnaire_whose_section_would_be_hidden_is_refused(world: World) -> None:
    data = deepcopy(PRESETS["paired_visits"].data)
    data["questionnaire"]["sections"][0]["key"] = "offer"
    with pytest.raises(Refused, match="nobody could open it"):
        actions.start_round(
            world.region,
            Format(data),
            name="Hidden",
            authorities=world.authorities,
            areas=[],
            self_assessment_due=date(2031, 1, 6),
            visits_from=date(2031, 2, 3),
            visits_to=date(2031, 3, 3),
            by=world.officer,
        )


def test_every_page_below_a_self_assessment_is_kept_free() -> None:
    below = r"self-assessment/<key:pk>/([a-z-]+)(?:/.*)?"
    found = (re.fullmatch(below, str(one.pattern)) for one in named_addresses().values())
    assert {one[1] for one in found if one} == ADDRESSES
