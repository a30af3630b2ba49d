"""Setting right what the published facts say of an authority."""

from __future__ import annotations

from datetime import date

import pytest

from authorities import actions
from authorities.states import Role
from peerchallenge.shared.answers import Refused
from tests.world import World

OPENED = date(2023, 4, 1)


def test_only_a_system_administrator_corrects_the_published_facts(world: World) -> None:
    authority = world.authorities[0]
    for stranger in (world.directors[0], world.officer, world.chair):
        with pytest.raises(Refused, match="Only a system administrator"):
            actions.correct_validity(authority, valid_from=OPENED, valid_to=None, by=stranger)
    administrator = world.person(Role.SYSTEM_ADMINISTRATOR)
    actions.correct_validity(authority, valid_from=OPENED, valid_to=None, by=administrator)
    authority.refresh_from_db()
    assert authority.valid_from == OPENED
