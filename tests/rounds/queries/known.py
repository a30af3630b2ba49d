"""What a test lets the board know of a round’s authorities."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from authorities.models import Authority, Succession
from rounds.matching.facts import Side
from rounds.models import (
    Conflict,
    ConflictKind,
    EarlierChallenge,
    Participation,
    Round,
)
from rounds.queries.weighing import facts_of
from tests.factories import AuthorityFactory
from tests.world import World

YEAR = timedelta(days=365)


def codes(world: World) -> list[str]:
    return [authority.dfe_code for authority in world.authorities]


def members(round: Round) -> list[Participation]:
    """In the order of the world’s authorities."""
    return list(round.participations.order_by("authority__dfe_code"))


def side(round: Round, place: int = 0) -> Side:
    return facts_of(round).sides[members(round)[place].authority.dfe_code]


def declared(world: World, one: Authority, other: Authority, **told: Any) -> Conflict:
    kind = ConflictKind.CONTRACT
    return Conflict.objects.create(
        authority=one, other=other, kind=kind, declared_by=world.officer, **told
    )


def held(world: World, host: Authority, by: Authority, years_ago: int, **told: Any) -> None:
    EarlierChallenge.objects.create(
        region=world.region,
        host=host,
        challenger=by,
        held_on=timezone.localdate() - YEAR * years_ago,
        entered_by=world.officer,
        **told,
    )


def closed_part_of(world: World, authority: Authority, event: str = "merged") -> Authority:
    """An authority of the past that this one took over."""
    before = AuthorityFactory(region=world.region)
    day = timezone.localdate() - YEAR
    Succession.objects.create(before=before, after=authority, on=day, event=event)
    return before
