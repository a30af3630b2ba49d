"""The page of all visits of a round stays of a size, and asks as little, when there are many."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from authorities.models import User
from rounds.models import Challenge, Round, VisitDay
from rounds.states import ChallengeState
from tests.rounds.conftest import words
from tests.world import World, working_day

SignedIn = Callable[[User], Client]


def with_visits(size: int) -> tuple[World, Round]:
    """Everybody is visited by the next, some weeks later than the one before; dates sent."""
    world = World(size)
    round = world.opened()
    members = list(round.participations.order_by("pk"))
    now = timezone.now()
    made = Challenge.objects.bulk_create(
        Challenge(
            round=round,
            host=host,
            challenger=challenger,
            state=ChallengeState.ACCEPTED,
            dates_sent_at=now,
        )
        for host, challenger in zip(members, members[1:] + members[:1], strict=True)
    )
    first = round.visits_from + timedelta(days=7)
    VisitDay.objects.bulk_create(
        VisitDay(challenge=one, phase=phase, day=working_day(first, place % 50 + after))
        for place, one in enumerate(made)
        for phase, after in (("day1", 0), ("feedback", 7))
    )
    return world, round


@pytest.mark.django_db
def test_a_region_of_152_costs_as_many_queries_as_one_of_three(signed_in: SignedIn) -> None:
    asked, sizes, nearest = [], [], []
    for size in (3, 152):
        world, round = with_visits(size)
        client, url = signed_in(world.officer), reverse("round_visits", args=[round.pk])
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(url)
        asked.append(len(queries))
        sizes.append(len(page.content))
        nearest.append("These are the 30 nearest of 152." in words(page))
    assert asked[0] == asked[1]
    assert sizes[0] < 16_000
    assert sizes[1] < 210_000
    assert nearest == [False, True]
