"""What the database refuses of interventions, whatever the code above it thinks."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError

from authorities.models import Intervention
from tests.world import World


def test_one_never_ends_before_it_begins(world: World) -> None:
    with pytest.raises(IntegrityError, match="intervention_ends_after_it_starts"):
        Intervention.objects.create(
            authority=world.authorities[0], from_date=date(2026, 2, 2), to_date=date(2026, 2, 1)
        )


def test_only_one_has_no_last_day(world: World) -> None:
    first = {"authority": world.authorities[0], "from_date": date(2026, 2, 2)}
    Intervention.objects.create(**first)
    with pytest.raises(IntegrityError):
        Intervention.objects.create(**first | {"from_date": date(2026, 3, 2)})
