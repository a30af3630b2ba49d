"""On which days of a round's window each authority can, as the matching asks it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta

from peerchallenge.shared.dates import is_working_day
from rounds.matching.dates import Stay, fit
from rounds.models import Participation, Round, Unavailable


def stays_of(round: Round) -> tuple[Stay, ...]:
    return tuple(
        Stay(phase.id, phase.days, phase.after, phase.gap_least, phase.gap_most)
        for phase in round.format.phases
    )


def free_days_of(round: Round, members: Mapping[str, Participation]) -> dict[str, frozenset[date]]:
    """Working days of the window on which each can; nothing where no visits fit into it at all.

    A window too short for anybody is the calendar's to say: it keeps no two apart.
    """
    working = _working_days(round)
    if not fit(working, stays_of(round)):
        return {}
    away: defaultdict[str, set[date]] = defaultdict(set)
    spans = Unavailable.objects.filter(
        authority__in=[member.authority_id for member in members.values()],
        rather_not=False,
        first_day__lte=round.visits_to,
        last_day__gte=round.visits_from,
    ).values_list("authority__dfe_code", "first_day", "last_day")
    for code, first, last in spans:
        away[code] |= {day for day in working if first <= day <= last}
    return {code: working - away[code] for code in members}


def _working_days(round: Round) -> frozenset[date]:
    length = (round.visits_to - round.visits_from).days + 1
    window = (round.visits_from + timedelta(days=after) for after in range(length))
    return frozenset(day for day in window if is_working_day(day))
