"""Scenarios of matching: begun, copied, named, weighed, deleted."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from authorities.models import User
from peerchallenge.audit.actions import record
from peerchallenge.shared.answers import no
from rounds import permissions
from rounds.models import Exclusion, Round, Scenario, ScenarioMatch
from rounds.queries.proposals import proposal_of
from rounds.states import RoundState

MOST_SCENARIOS = 20


class ScenarioChanged(Exception):
    """Somebody changed this scenario since this person's page was drawn."""


@transaction.atomic
def start_scenario(round: Round, name: str, *, by: User) -> Scenario:
    """A fresh proposal: the best pairs there are now, with the usual weights."""
    round = Round.objects.locked(round.pk)
    permissions.match(by, round).require()
    _one_more(round, name)
    seen = proposal_of(round, None)
    scenario = Scenario.objects.create(round=round, name=name, created_by=by)
    ScenarioMatch.objects.bulk_create(
        ScenarioMatch(
            scenario=scenario, host=seen.members[host], challenger=seen.members[one], part=part
        )
        for (host, one), part in seen.parts.items()
    )
    if round.state == RoundState.OPEN:
        round.state = RoundState.MATCHING
        round.save(update_fields=["state"])
    record("scenario.started", scenario, by=by, round=round.pk)
    return scenario


@transaction.atomic
def copy_scenario(scenario: Scenario, name: str, *, by: User) -> Scenario:
    """The same weights, exclusions, pairs and locks under another name, to be changed freely."""
    scenario = _lock(scenario)
    permissions.copy_scenario(by, scenario).require()
    round = scenario.round
    _one_more(round, name)
    copy = Scenario.objects.create(
        round=round,
        name=name,
        weights=scenario.weights,
        worst_first=scenario.worst_first,
        created_by=by,
    )
    _copy_rows(scenario, copy)
    record("scenario.copied", copy, by=by, of=scenario.pk, round=round.pk)
    return copy


@transaction.atomic
def rename_scenario(scenario: Scenario, name: str, *, by: User) -> Scenario:
    scenario = _lock(scenario)
    permissions.rename_scenario(by, scenario).require()
    if name != scenario.name:
        _name_is_free(scenario.round, name, but=scenario)
        scenario.name = name
        scenario.save(update_fields=["name", "changed_at"])
        record("scenario.renamed", scenario, by=by, round=scenario.round_id)
    return scenario


@transaction.atomic
def change_scenario(
    scenario: Scenario,
    *,
    name: str,
    weights: Mapping[str, int],
    worst_first: bool,
    version: int,
    by: User,
) -> Scenario:
    """What it is called and what counts how much; the pairs stay until they are suggested again.

    `version` is the one that was on the page: raises ScenarioChanged when it is another by now.
    """
    scenario = _lock(scenario)
    permissions.change_scenario(by, scenario).require()
    if version != scenario.version:
        raise ScenarioChanged
    rename_scenario(scenario, name, by=by)
    if dict(weights) != scenario.weights or worst_first != scenario.worst_first:
        scenario.weights, scenario.worst_first = dict(weights), worst_first
        scenario.save(update_fields=["weights", "worst_first"])
        note_change(scenario)
        record("scenario.weighed", scenario, by=by, round=scenario.round_id)
    return scenario


@transaction.atomic
def delete_scenario(scenario: Scenario, *, by: User) -> Round:
    scenario = _lock(scenario)
    permissions.delete_scenario(by, scenario).require()
    record("round.scenario_deleted", scenario.round, by=by, scenario=scenario.name)
    scenario.delete()
    return scenario.round


def _lock(scenario: Scenario) -> Scenario:
    """The round's row first, as everybody who matches in it does; then the scenario's own."""
    round = Round.objects.locked(scenario.round_id)
    found = Scenario.objects.select_for_update().get(pk=scenario.pk)
    found.round = round
    return found


def note_change(scenario: Scenario) -> None:
    """A page drawn before is stale from now on."""
    scenario.version += 1
    scenario.save(update_fields=["version", "changed_at"])


def _one_more(round: Round, name: str) -> None:
    if round.scenarios.count() >= MOST_SCENARIOS:
        no(f"A round has at most {MOST_SCENARIOS} scenarios: delete one first.").require()
    _name_is_free(round, name)


def _name_is_free(round: Round, name: str, but: Scenario | None = None) -> None:
    others = round.scenarios.exclude(pk=but.pk) if but else round.scenarios.all()
    taken = {one.casefold() for one in others.values_list("name", flat=True)}
    if name.casefold() in taken:
        no(f"The round already has a scenario called “{name}”.").require()


def _copy_rows(scenario: Scenario, copy: Scenario) -> None:
    ScenarioMatch.objects.bulk_create(
        ScenarioMatch(
            scenario=copy,
            host_id=row.host_id,
            challenger_id=row.challenger_id,
            part=row.part,
            locked=row.locked,
            reason=row.reason,
        )
        for row in scenario.matches.all()
    )
    Exclusion.objects.bulk_create(
        Exclusion(
            scenario=copy, host_id=row.host_id, challenger_id=row.challenger_id, reason=row.reason
        )
        for row in scenario.exclusions.all()
    )
