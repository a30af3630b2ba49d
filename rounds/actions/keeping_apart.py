"""Not these two: whom an officer keeps apart in a scenario of matching."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from authorities.models import User
from peerchallenge.audit.actions import record
from peerchallenge.shared.answers import no
from rounds import permissions
from rounds.actions.scenario_settings import copy_scenario, note_change
from rounds.actions.scenarios import Version, save_matches
from rounds.matching.partial import suggested
from rounds.matching.weighing import problem_of
from rounds.models import Exclusion, Participation, Round, Scenario
from rounds.queries.proposals import next_name, proposal_of


@transaction.atomic
def exclude_pair(
    round: Round,
    scenario: Scenario | None,
    host: Participation,
    challenger: Participation,
    *,
    reason: str = "",
    version: Version = None,
    by: User,
) -> Scenario:
    """This authority does not challenge that host; who did is replaced, moving as few as can be.

    `version` is the mark that was on the page, here and below: raises MatchesChanged when
    somebody has changed the pairs since.
    """
    _of_round(round, host, challenger)
    kept = _to_write_in(round, scenario, version, by)
    row, new = Exclusion.objects.get_or_create(
        scenario=kept, host=host, challenger=challenger, defaults={"reason": reason}
    )
    if not new and row.reason == reason:
        return kept
    row.reason = reason
    row.save(update_fields=["reason"])
    # A pair cannot be fixed and ruled out at once: the officer's last word counts.
    pair = kept.matches.filter(host=host, challenger=challenger)
    stood = pair.update(locked=False, reason="")
    note_change(kept)
    record("scenario.pair_excluded", kept, by=by, **_about(host, challenger))
    return _matched_again(kept, by) if stood else kept


@transaction.atomic
def allow_pair(
    round: Round,
    scenario: Scenario | None,
    host: Participation,
    challenger: Participation,
    *,
    version: Version = None,
    by: User,
) -> Scenario:
    """Take the officer's word back that these two are kept apart; the pairs stay as they are."""
    _of_round(round, host, challenger)
    kept = _to_write_in(round, scenario, version, by)
    gone, _ = kept.exclusions.filter(host=host, challenger=challenger).delete()
    if gone:
        note_change(kept)
        record("scenario.pair_allowed", kept, by=by, **_about(host, challenger))
    return kept


def _to_write_in(round: Round, scenario: Scenario | None, version: Version, by: User) -> Scenario:
    """The scenario itself; the board's proposal is saved first, what was offered is copied."""
    permissions.change_matches(by, round, scenario).require()
    seen = proposal_of(round, scenario)
    kept = save_matches(round, scenario, seen.pairs, version=version, by=by)
    kept.round = round
    return copy_scenario(kept, next_name(round), by=by) if kept.published_at else kept


def _matched_again(scenario: Scenario, by: User) -> Scenario:
    now = proposal_of(scenario.round, scenario)
    settings = replace(now.settings, previous=now.pairs)
    found = suggested(problem_of(now.facts, settings))
    return save_matches(scenario.round, scenario, found.pairs, by=by)


def _of_round(round: Round, *parts: Participation) -> None:
    if {part.round_id for part in parts} != {round.pk} or len(set(parts)) != len(parts):
        no("Choose two different authorities that take part in this round.").require()


def _about(host: Participation, challenger: Participation) -> dict[str, int]:
    return {"round": host.round_id, "host": host.pk, "challenger": challenger.pk}
