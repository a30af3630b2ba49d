"""Scenarios and the pages that say why, for tests to look at and press."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from rounds.models import (
    Conflict,
    ConflictKind,
    HostPreference,
    Participation,
    Round,
    Scenario,
)
from tests.world import World


def members(round: Round) -> list[Participation]:
    return list(round.participations.order_by("authority__name"))


def challenger_of(scenario: Scenario, host: Participation) -> Participation:
    return scenario.matches.get(host=host).challenger


def others_of(scenario: Scenario, host: Participation) -> list[Participation]:
    mine = challenger_of(scenario, host)
    return [one for one in members(scenario.round) if one not in {host, mine}]


def in_conflict(world: World, one: Participation, other: Participation) -> None:
    Conflict.objects.create(
        authority=one.authority,
        other=other.authority,
        kind=ConflictKind.FAMILY,
        declared_by=world.officer,
    )


def wish(host: Participation, *challengers: Participation) -> None:
    for rank, one in enumerate(challengers, 1):
        HostPreference.objects.create(participation=host, challenger=one, rank=rank)


def at(host: Participation, challenger: Participation | None = None, **query: object) -> str:
    name = "match_pair" if challenger else "match_why"
    args = [host.round_id, host.pk, *([challenger.pk] if challenger else [])]
    return reverse(name, args=args) + "?" + "&".join(f"{k}={v}" for k, v in query.items())


def press(
    officer: Client, what: str, host: Participation, challenger: Participation, **more: Any
) -> Any:
    """As the buttons of the page send it."""
    scenario = Scenario.objects.filter(round=host.round).first()
    query = {"scenario": scenario.pk} if scenario else {}
    page = officer.get(at(host, challenger, **query))
    sent = {"press": what, "version": page.context["pair"].seen.version, **more}
    return officer.post(at(host, challenger, **query), sent, follow=True)
