"""Scenarios of rings, for tests that publish them."""

from __future__ import annotations

from collections.abc import Mapping

from authorities.models import User
from rounds.models import Participation, Round, Scenario, ScenarioMatch


def members(round: Round) -> list[Participation]:
    return list(round.participations.select_related("authority").order_by("authority__dfe_code"))


def scenario_of(
    round: Round,
    pairs: Mapping[Participation, Participation],
    name: str = "First proposal",
    *,
    by: User,
    locked: Mapping[Participation, str] | None = None,
) -> Scenario:
    scenario = Scenario.objects.create(round=round, name=name, created_by=by)
    for host, challenger in pairs.items():
        reason = (locked or {}).get(host)
        ScenarioMatch.objects.create(
            scenario=scenario,
            host=host,
            challenger=challenger,
            locked=reason is not None,
            reason=reason or "",
        )
    return scenario


def ring(round: Round, step: int = 1) -> dict[Participation, Participation]:
    """Everybody challenged by whoever is `step` places on."""
    everybody = members(round)
    return {one: everybody[(place + step) % len(everybody)] for place, one in enumerate(everybody)}


def swapped(
    pairs: Mapping[Participation, Participation], one: Participation, other: Participation
) -> dict[Participation, Participation]:
    return {**pairs, one: pairs[other], other: pairs[one]}


def standing(round: Round, *states: str) -> dict[int, int]:
    found = round.challenges.filter(state__in=states)
    return dict(found.values_list("host", "challenger"))


def keys(pairs: Mapping[Participation, Participation]) -> dict[int, int]:
    return {host.pk: challenger.pk for host, challenger in pairs.items()}
