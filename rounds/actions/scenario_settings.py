"""What a scenario of matching is called, what counts in it, and who is kept apart."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from authorities.models import User
from peerchallenge.audit.actions import record
from peerchallenge.shared.answers import no
from rounds import permissions
from rounds.models import Exclusion, Participation, Round, Scenario, ScenarioMatch

MOST_SCENARIOS = 20


class ScenarioChanged(Exception):
    """Somebody changed this scenario since this person's page was drawn."""


@transaction.atomic
def copy_scenario(scenario: Scenario, name: str, *, by: User) -> Scenario:
    """The same weights, exclusions, pairs and locks under another name, to be changed freely."""
    scenario = _lock(scenario)
    permissions.copy_scenario(by, scenario).require()
    round = scenario.round
    if round.scenarios.count() >= MOST_SCENARIOS:
        no(f"A round has at most {MOST_SCENARIOS} scenarios: delete one first.").require()
    _name_is_free(round, name)
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
def weigh_scenario(
    scenario: Scenario, weights: Mapping[str, object], *, worst_first: bool, version: int, by: User
) -> Scenario:
    """Say what counts how much; the pairs stay until they are suggested again.

    `version` is the one that was on the page: raises ScenarioChanged when it is another by now.
    """
    scenario = _lock(scenario)
    permissions.change_scenario(by, scenario).require()
    if version != scenario.version:
        raise ScenarioChanged
    if dict(weights) != scenario.weights or worst_first != scenario.worst_first:
        scenario.weights, scenario.worst_first = dict(weights), worst_first
        scenario.save(update_fields=["weights", "worst_first"])
        _changed(scenario)
        record("scenario.weighed", scenario, by=by, round=scenario.round_id)
    return scenario


@transaction.atomic
def delete_scenario(scenario: Scenario, *, by: User) -> Round:
    scenario = _lock(scenario)
    permissions.delete_scenario(by, scenario).require()
    record("round.scenario_deleted", scenario.round, by=by, scenario=scenario.name)
    scenario.delete()
    return scenario.round


@transaction.atomic
def exclude_pair(
    scenario: Scenario,
    host: Participation,
    challenger: Participation,
    *,
    reason: str = "",
    by: User,
) -> Scenario:
    """Not these two: this authority does not challenge that host in this scenario."""
    scenario = _lock(scenario)
    permissions.change_scenario(by, scenario).require()
    _in_round(scenario, host, challenger)
    row, new = Exclusion.objects.get_or_create(
        scenario=scenario, host=host, challenger=challenger, defaults={"reason": reason}
    )
    if not new and row.reason == reason:
        return scenario
    row.reason = reason
    row.save(update_fields=["reason"])
    # A pair cannot be fixed and ruled out at once: the officer's last word counts.
    pair = ScenarioMatch.objects.filter(scenario=scenario, host=host, challenger=challenger)
    pair.update(locked=False, reason="")
    _changed(scenario)
    record("scenario.pair_excluded", scenario, by=by, **_pair(host, challenger))
    return scenario


@transaction.atomic
def allow_pair(
    scenario: Scenario, host: Participation, challenger: Participation, *, by: User
) -> Scenario:
    """Take the officer's word back that these two are kept apart."""
    scenario = _lock(scenario)
    permissions.change_scenario(by, scenario).require()
    gone, _ = scenario.exclusions.filter(host=host, challenger=challenger).delete()
    if gone:
        _changed(scenario)
        record("scenario.pair_allowed", scenario, by=by, **_pair(host, challenger))
    return scenario


def _lock(scenario: Scenario) -> Scenario:
    """The round's row first, as everybody who matches in it does; then the scenario's own."""
    round = Round.objects.locked(scenario.round_id)
    found = Scenario.objects.select_for_update().get(pk=scenario.pk)
    found.round = round
    return found


def _changed(scenario: Scenario) -> None:
    """A page drawn before is stale from now on."""
    scenario.version += 1
    scenario.save(update_fields=["version", "changed_at"])


def _name_is_free(round: Round, name: str, but: Scenario | None = None) -> None:
    others = round.scenarios.exclude(pk=but.pk) if but else round.scenarios.all()
    taken = {one.casefold() for one in others.values_list("name", flat=True)}
    if name.casefold() in taken:
        no(f"The round already has a scenario called “{name}”.").require()


def _in_round(scenario: Scenario, *parts: Participation) -> None:
    if {part.round_id for part in parts} != {scenario.round_id} or len(set(parts)) != len(parts):
        no("Two different authorities of this round, please.").require()


def _pair(host: Participation, challenger: Participation) -> dict[str, int]:
    return {"round": host.round_id, "host": host.pk, "challenger": challenger.pk}


def _copy_rows(scenario: Scenario, copy: Scenario) -> None:
    for model in (ScenarioMatch, Exclusion):
        rows = list(model._default_manager.filter(scenario=scenario))
        for row in rows:
            row.pk, row.scenario, row._state.adding = None, copy, True
        model._default_manager.bulk_create(rows)
