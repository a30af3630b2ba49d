"""A moment that is loaded is the one that was built."""

from __future__ import annotations

import pytest
from django.apps import apps

from authorities.models import User
from tests.factories import UserFactory
from tests.remembered import MEMORY
from tests.world import World


def rows() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in apps.get_models()}


@pytest.mark.django_db
@pytest.mark.parametrize("time", ["first", "second"])
def test_it_has_the_rows_that_building_makes(time: str) -> None:
    before = rows()
    World().visited()
    loaded = rows()
    World().visited()  # built, for by now something has been written
    assert {name: number - before[name] for name, number in loaded.items()} == {
        name: number - loaded[name] for name, number in rows().items()
    }


@pytest.mark.django_db
def test_a_world_that_is_not_the_first_thing_in_its_test_takes_nothing_away() -> None:
    remembered = len(MEMORY)
    somebody = UserFactory()
    World().opened()
    assert User.objects.filter(pk=somebody.pk).exists()
    assert len(MEMORY) == remembered
