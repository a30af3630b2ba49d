"""What an officer fixes on the matching board, so that it stays when it is suggested again."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from authorities.models import User
from peerchallenge.audit.actions import record
from rounds.actions.scenario_settings import note_change
from rounds.actions.scenarios import (
    Version,
    fix,
    lock_board,
    needs_reason,
    paired,
    scenario_to_write,
)
from rounds.matching.places import groups_of
from rounds.matching.problem import GROUPS, PAIRS, Ids
from rounds.models import Participation, Round, Scenario
from rounds.queries.proposals import Proposal


@transaction.atomic
def lock_match(
    round: Round,
    scenario: Scenario | None,
    host: Participation,
    challenger: Participation,
    *,
    reason: str = "",
    version: Version = None,
    by: User,
) -> Scenario:
    """This pair stays when it is suggested again; against a rule only with a reason.

    In pairs and groups everybody who sits with the two stays with them.
    """
    seen = lock_board(round, scenario, version, by)
    pair = paired(seen, host, challenger)
    forbidden = needs_reason(seen, pair, reason)
    stand = _sitting_with(seen, pair)
    for other in stand - {pair, pair[::-1]}:
        needs_reason(seen, other, _reason_of(seen, other))
    kept = scenario_to_write(seen, by)
    for one in sorted(stand):
        own = one == pair or (forbidden and one == pair[::-1])
        said = reason if own else _reason_of(seen, one)
        fix(kept, *(seen.members[who] for who in one), locked=True, reason=said)
    record("scenario.match_locked", kept, by=by, round=round.pk, pairs=_pks(seen, stand))
    note_change(kept)
    return kept


@transaction.atomic
def unlock_match(
    round: Round,
    scenario: Scenario | None,
    host: Participation,
    challenger: Participation,
    *,
    version: Version = None,
    by: User,
) -> Scenario:
    """The pair may move again, and the reason it stood for goes with its lock."""
    seen = lock_board(round, scenario, version, by)
    stood = _sitting_with(seen, paired(seen, host, challenger))
    kept = scenario_to_write(seen, by)
    for one in sorted(stood):
        fix(kept, *(seen.members[who] for who in one), locked=False, reason="")
    record("scenario.match_unlocked", kept, by=by, round=round.pk, pairs=_pks(seen, stood))
    note_change(kept)
    return kept


def _sitting_with(seen: Proposal, pair: Ids) -> set[Ids]:
    """The pair itself; in pairs and groups every pair of those who sit together."""
    if seen.facts.topology not in (PAIRS, GROUPS):
        return {pair}
    [group] = [one for one in groups_of(seen.pairs) if pair[0] in one]
    return {one for one in seen.pairs if one[0] in group}


def _reason_of(seen: Proposal, pair: Ids) -> str:
    """The officer's word on a pair that stands already."""
    if seen.scenario is None:
        return ""
    row = seen.scenario.matches.filter(
        host=seen.members[pair[0]], challenger=seen.members[pair[1]]
    ).first()
    return row.reason if row else ""


def _pks(seen: Proposal, pairs: Iterable[Ids]) -> list[list[int]]:
    return [[seen.members[who].pk for who in pair] for pair in sorted(pairs)]
