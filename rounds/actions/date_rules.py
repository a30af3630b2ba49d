"""What the days of a round's visits keep to, changed once its authorities are invited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from authorities.models import User
from peerchallenge.audit.actions import record
from rounds import permissions
from rounds.models import Round
from rounds.queries.date_rules import rules_mark


class RulesChanged(Exception):
    """Somebody changed them since this person's page was drawn."""


@transaction.atomic
def change_date_rules(
    round: Round,
    *,
    visits_from: date,
    visits_to: date,
    a_week_most: int | None,
    gaps: Mapping[str, tuple[int, int]],
    seen: str,
    by: User,
) -> Round:
    """Days that are set stay, whatever the rules are from now on.

    `gaps`: phase id to the fewest and the most calendar days since the phase before it.
    """
    round = Round.objects.select_for_update().get(pk=round.pk)
    permissions.change_date_rules(by, round).require()
    if seen != rules_mark(round):
        raise RulesChanged
    round.visits_from, round.visits_to = visits_from, visits_to
    data = round.format_data
    data["rules"]["visits_a_week_most"] = a_week_most
    for phase in data["phases"]:
        if phase["id"] in gaps:
            phase["gap_least"], phase["gap_most"] = gaps[phase["id"]]
    round.save(update_fields=["visits_from", "visits_to", "format_data"])
    record(
        "round.date_rules_changed",
        round,
        by=by,
        visits=[visits_from.isoformat(), visits_to.isoformat()],
        a_week_most=a_week_most,
        gaps={phase: list(days) for phase, days in gaps.items()},
    )
    return round
