"""Matching again around what fell through once offers were out."""

from __future__ import annotations

from django.db import transaction

from authorities.models import User
from peerchallenge.audit.actions import record
from peerchallenge.shared.answers import no
from rounds import permissions
from rounds.models import Exclusion, Round, Scenario, ScenarioMatch
from rounds.queries.openings import Repair, repair_of
from rounds.queries.proposals import next_name
from rounds.queries.publishing import published_in
from rounds.queries.weighing import members_by_id, pairs_in

TAKEN_BACK = "This match was taken back."


@transaction.atomic
def match_again(round: Round, *, by: User) -> Scenario:
    """A scenario that moves the fewest of the offers that stand; pressed twice, the same one."""
    round = Round.objects.locked(round.pk)
    permissions.match_again(by, round).require()
    repair = repair_of(round)
    if repair is None:
        no("Every host has its challenger: there is nothing to match again.").require()
        raise AssertionError
    if not repair.possible:
        no(f"Nothing keeps to every rule: {' '.join(repair.obstacles)}").require()
    there = round.scenarios.filter(name=repair.name, published_at__isnull=True).first()
    if there and pairs_in(there) == tuple(sorted(repair.pairs)):
        return there
    return _written(round, repair, by)


def _written(round: Round, repair: Repair, by: User) -> Scenario:
    """What counts, what is apart and what is locked come from the published scenario."""
    base = published_in(round)
    taken = round.scenarios.filter(name__iexact=repair.name).exists()
    scenario = Scenario.objects.create(
        round=round,
        name=next_name(round) if taken else repair.name,
        weights=base.weights if base else {},
        worst_first=base.worst_first if base else True,
        created_by=by,
    )
    members = members_by_id(round)
    kept = {(row.host_id, row.challenger_id): row for row in base.matches.all()} if base else {}
    rows = []
    for (host, challenger), part in repair.parts:
        pair = members[host], members[challenger]
        before = kept.get((pair[0].pk, pair[1].pk))
        rows.append(
            ScenarioMatch(
                scenario=scenario,
                host=pair[0],
                challenger=pair[1],
                part=part,
                locked=bool(before and before.locked),
                reason=before.reason if before else "",
            )
        )
    ScenarioMatch.objects.bulk_create(rows)
    apart = {
        (members[host].pk, members[challenger].pk): TAKEN_BACK
        for one in repair.openings
        for host, challenger in one.taken_back
        if host in members and challenger in members
    }
    if base:
        apart |= {(one.host_id, one.challenger_id): one.reason for one in base.exclusions.all()}
    Exclusion.objects.bulk_create(
        Exclusion(scenario=scenario, host_id=host, challenger_id=challenger, reason=reason)
        for (host, challenger), reason in apart.items()
    )
    record("round.matched_again", round, by=by, scenario=scenario.name, moved=len(repair.moves))
    return scenario
