"""What the database refuses of conflicts, and of an officer's word."""

from __future__ import annotations

import pytest
from django.db import IntegrityError
from django.utils import timezone

from rounds.models import Capacity, Conflict, ConflictKind, Participation
from tests.world import World


def test_a_conflict_is_between_two(world: World) -> None:
    with pytest.raises(IntegrityError, match="conflict_with_another"):
        Conflict.objects.create(
            authority=world.authorities[0],
            other=world.authorities[0],
            kind=ConflictKind.FAMILY,
            declared_by=world.officer,
        )


def test_a_conflict_is_withdrawn_by_somebody(world: World) -> None:
    with pytest.raises(IntegrityError, match="conflict_withdrawn_by_somebody"):
        Conflict.objects.create(
            authority=world.authorities[0],
            other=world.authorities[1],
            kind=ConflictKind.FAMILY,
            declared_by=world.officer,
            withdrawn_at=timezone.now(),
        )


def test_a_word_is_somebodys(part: Participation) -> None:
    with pytest.raises(IntegrityError, match="capacity_despite_intervention_by_somebody"):
        Capacity.objects.create(participation=part, despite_intervention_at=timezone.now())
