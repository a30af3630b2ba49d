"""What the days of a round's visits keep to."""

from __future__ import annotations

from peerchallenge.shared.marks import mark_of
from rounds.models import Round
from rounds.models.format import Phase


def phases_with_gaps(round: Round) -> list[Phase]:
    return [phase for phase in round.format.phases if phase.after]


def rules_mark(round: Round) -> str:
    """It differs once anybody changes one of the rules."""
    gaps = [(phase.id, phase.gap_least, phase.gap_most) for phase in phases_with_gaps(round)]
    return mark_of(round.visits_from, round.visits_to, round.format.visits_a_week_most, gaps)
