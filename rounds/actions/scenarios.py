"""What officers press on the matching board: swapped, chosen, suggested again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.db import transaction

from authorities.models import User
from peerchallenge.audit.actions import record
from peerchallenge.shared.answers import Refused, no
from rounds import permissions
from rounds.actions.matches import MatchesChanged
from rounds.actions.scenario_settings import copy_scenario, note_change
from rounds.matching.checking import unmatched
from rounds.matching.partial import best_around_locks
from rounds.matching.places import NotSwapped, Seat, parted, swapped
from rounds.matching.problem import Ids
from rounds.matching.weighing import bars, problem_of
from rounds.models import Exclusion, Participation, Round, Scenario, ScenarioMatch
from rounds.queries.changes import pairs_before
from rounds.queries.proposals import Proposal, next_name, proposal_of
from rounds.states import RoundState

Version = str | int | None


@transaction.atomic
def save_matches(
    round: Round,
    scenario: Scenario | None,
    pairs: Iterable[Ids],
    *,
    version: Version = None,
    by: User,
) -> Scenario:
    """Keep these pairs; without a scenario they become the round's next proposal.

    `version` is the mark that was on the page, here and below: raises MatchesChanged when
    somebody has changed the pairs since. Pairs may break the rules until they are published.
    """
    seen = lock_board(round, scenario, version, by)
    return _saved(seen, pairs, "scenario.matches_saved", by=by)


@transaction.atomic
def swap_challengers(
    round: Round,
    scenario: Scenario | None,
    one: Seat,
    other: Seat,
    *,
    version: Version = None,
    by: User,
) -> Scenario:
    """Exchange who sits on two places of the board, either of which may be empty."""
    seen = lock_board(round, scenario, version, by)
    for seat in (one, other):
        _is_there(seen, seat)
    try:
        parts = swapped(seen.problem, seen.parts, one, other)
    except NotSwapped as not_swapped:
        raise Refused(str(not_swapped)) from not_swapped
    for left, _ in sorted(seen.parts.items() - parts.items()):
        _is_open(seen, left)
    hosts = {host for host, _ in parts.keys() - seen.parts.keys()}
    for pair in sorted(seen.underway):
        if pair[0] in hosts:
            _is_open(seen, pair)
    return _saved(seen, parts, "scenario.challengers_swapped", by=by)


@transaction.atomic
def suggest_again(
    round: Round, scenario: Scenario | None, *, version: Version = None, by: User
) -> Scenario:
    """The best pairs there are now, around what is locked, excluded or on its way."""
    seen = lock_board(round, scenario, version, by)
    return _saved(seen, best_around_locks(seen.problem), "scenario.suggested_again", by=by)


@transaction.atomic
def put_back(
    round: Round, scenario: Scenario, change: int, *, version: Version = None, by: User
) -> Scenario:
    """Make the pairs what they were before a change of this scenario, by its row of the record."""
    seen = lock_board(round, scenario, version, by)
    before = pairs_before(scenario, change)
    if before is None:
        raise MatchesChanged
    codes = {member.pk: code for code, member in seen.members.items()}
    pairs = [(codes[host], codes[one]) for host, one in before if codes.keys() >= {host, one}]
    for pair in sorted(set(seen.pairs) - set(pairs)):
        _is_open(seen, pair)
    return _saved(seen, pairs, "scenario.put_back", by=by)


@transaction.atomic
def choose_challenger(
    round: Round,
    scenario: Scenario | None,
    host: Participation,
    challenger: Participation,
    *,
    reason: str = "",
    version: Version = None,
    by: User,
) -> Scenario:
    """Give the host this challenger, and match the rest again moving as few as can be.

    A challenger that a rule forbids needs the officer's reason, and is locked with it. An
    exclusion of the pair is taken back: the last word counts.
    """
    seen = lock_board(round, scenario, version, by)
    pair = _ids(seen, host, challenger)
    fixed = [one for one in seen.pairs if one[0] == pair[0] and one in seen.settings.locked]
    if pair not in seen.pairs and len(fixed) >= seen.facts.challengers_per_host:
        _is_open(seen, fixed[0])
    forbidden = needs_reason(seen, pair, reason)
    settings = replace(
        seen.settings,
        locked=seen.settings.locked | {pair},
        excluded=seen.settings.excluded - {pair},
        previous=seen.pairs,
    )
    pairs = best_around_locks(problem_of(seen.facts, settings))
    chosen = _saved(seen, pairs, "scenario.challenger_chosen", by=by)
    fix(chosen, host, challenger, locked=forbidden or pair in seen.settings.locked, reason=reason)
    return chosen


def lock_board(round: Round, scenario: Scenario | None, version: Version, by: User) -> Proposal:
    """The round's row first, then the scenario's; and what the board showed of them."""
    round = Round.objects.locked(round.pk)
    if scenario is not None:
        scenario = round.scenarios.select_for_update().filter(pk=scenario.pk).first()
        if scenario is None:
            raise MatchesChanged
        scenario.round = round
    permissions.change_matches(by, round, scenario).require()
    if scenario is None and version is not None and round.scenarios.exists():
        raise MatchesChanged
    seen = proposal_of(round, scenario)
    if version is not None and str(version) != seen.version:
        raise MatchesChanged
    return seen


def _saved(seen: Proposal, pairs: Iterable[Ids], verb: str, *, by: User) -> Scenario:
    """The pairs that are new take the places of those that are gone; the rest stays as it is.

    With `pairs` as a mapping each pair has the part that it is to have.
    """
    wanted = [pair for pair in pairs if seen.members.keys() >= {*pair}]
    if isinstance(pairs, Mapping):
        parts = {pair: pairs[pair] for pair in wanted}
    else:
        parts = parted(seen.problem, wanted, seen.parts)
    if seen.scenario and parts == seen.parts:
        return seen.scenario
    kept = scenario_to_write(seen, by)
    pks = {code: member.pk for code, member in seen.members.items()}
    gone, new = (
        [[pks[host], pks[one]] for host, one in sorted(some)]
        for some in (seen.parts.keys() - parts.keys(), parts.keys() - seen.parts.keys())
    )
    rows = {(row.host_id, row.challenger_id): row for row in kept.matches.all()}
    kept.matches.filter(pk__in=[row.pk for at, row in rows.items() if list(at) in gone]).delete()
    ScenarioMatch.objects.bulk_create(
        ScenarioMatch(scenario=kept, host_id=pks[host], challenger_id=pks[one], part=part)
        for (host, one), part in parts.items()
        if (pks[host], pks[one]) not in rows
    )
    for (host, one), part in parts.items():
        row = rows.get((pks[host], pks[one]))
        if row and row.part != part:
            row.part = part
            row.save(update_fields=["part"])
    record(verb, kept, by=by, round=kept.round_id, gone=gone, new=new)
    note_change(kept)
    return kept


def scenario_to_write(seen: Proposal, by: User) -> Scenario:
    """The scenario to write in: a new one while none is saved, and once its offers are out."""
    round = seen.round
    if round.state == RoundState.OPEN:
        round.state = RoundState.MATCHING
        round.save(update_fields=["state"])
    if seen.scenario and not seen.scenario.published_at:
        return seen.scenario
    if seen.scenario:
        return copy_scenario(seen.scenario, next_name(round), by=by)
    kept = Scenario.objects.create(round=round, name=next_name(round), created_by=by)
    ScenarioMatch.objects.bulk_create(
        ScenarioMatch(
            scenario=kept, host=seen.members[host], challenger=seen.members[one], part=part
        )
        for (host, one), part in seen.parts.items()
    )
    return kept


def fix(
    scenario: Scenario, host: Participation, challenger: Participation, *, locked: bool, reason: str
) -> None:
    scenario.matches.filter(host=host, challenger=challenger).update(
        locked=locked, reason=reason if locked else ""
    )
    Exclusion.objects.filter(scenario=scenario, host=host, challenger=challenger).delete()


def _ids(seen: Proposal, host: Participation, challenger: Participation) -> Ids:
    by_pk = {member.pk: code for code, member in seen.members.items()}
    if host.pk == challenger.pk or not {host.pk, challenger.pk} <= by_pk.keys():
        no("Choose two different authorities that take part in this round.").require()
    return by_pk[host.pk], by_pk[challenger.pk]


def paired(seen: Proposal, host: Participation, challenger: Participation) -> Ids:
    pair = _ids(seen, host, challenger)
    if pair not in seen.pairs:
        no(f"{challenger.authority} does not challenge {host.authority} on this board.").require()
    return pair


def _is_there(seen: Proposal, seat: Seat) -> None:
    if seat.host and seat.challenger:
        if (seat.host, seat.challenger) not in seen.pairs:
            raise MatchesChanged
    elif seat.host and seat.host not in unmatched(seen.problem, seen.pairs):
        raise MatchesChanged


def _is_open(seen: Proposal, pair: Ids) -> None:
    if pair in seen.settings.locked:
        host = seen.facts.sides[pair[0]].name
        if pair in seen.underway:
            no(f"The visit to {host} is being prepared already, so its match stays.").require()
        no(f"The match of {host} is locked: unlock it first.").require()


def needs_reason(seen: Proposal, pair: Ids, reason: str) -> bool:
    """Whether a rule forbids the pair; then only the officer's reason lets it stand."""
    settings = replace(seen.settings, excluded=seen.settings.excluded - {pair})
    forbidden = bars(seen.facts, settings, *pair)
    if forbidden and not reason.strip():
        said = " ".join(bar.text for bar in forbidden)
        no(f"{said} Say why the match may stand all the same.").require()
    return bool(forbidden)
