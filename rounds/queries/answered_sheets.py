"""Who has said on which days of a round they cannot: in numbers, and as a spreadsheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse

from peerchallenge.shared.spreadsheets import Sheet, Value
from rounds.models import Round, Unavailable
from rounds.queries.answered_days import Asked, asked_in
from rounds.queries.availability import span
from rounds.queries.chasing import Tile

COLUMNS = {
    "Who": 34,
    "Asked as": 26,
    "E-mailed": 34,
    "Answered on": 14,
    "Answered by": 28,
    "Working days they cannot": 14,
    "Working days they would rather not": 14,
    "Working days of the round": 14,
    "Cannot": 60,
    "Would rather not": 60,
}


def answered_tiles(round: Round, rows: Sequence[Asked]) -> list[Tile]:
    """A number each, which leads to those it counts."""
    url = reverse("round_availability", args=[round.pk])
    answered = sum(row.answered_on is not None for row in rows)
    return [
        Tile(answered, "have answered", url),
        Tile(sum(row.waited_for for row in rows), "have not answered yet", f"{url}?show=missing"),
    ]


def answered_sheet(round: Round) -> Sheet:
    """All rows with their days; never why."""
    rows = asked_in(round)
    days = _days(round, rows)
    table: list[list[Value]] = [
        [
            row.name,
            row.seat or "Authority",
            row.to,
            row.answered_on,
            row.answered_by,
            row.cannot,
            row.free.rather_not,
            row.free.working,
            "\n".join(days[row.is_authority, row.who.pk, False]),
            "\n".join(days[row.is_authority, row.who.pk, True]),
        ]
        for row in rows
    ]
    return Sheet("When they cannot", list(COLUMNS), table, list(COLUMNS.values()))


def _days(round: Round, rows: Sequence[Asked]) -> dict[tuple[bool, int, bool], list[str]]:
    """By whose they are and of which kind; one query, without the reasons."""
    authorities = [row.who.pk for row in rows if row.is_authority]
    people = [row.who.pk for row in rows if not row.is_authority]
    found: dict[tuple[bool, int, bool], list[str]] = defaultdict(list)
    spans = Unavailable.objects.filter(
        Q(authority__in=authorities) | Q(user__in=people),
        first_day__lte=round.visits_to,
        last_day__gte=round.visits_from,
    ).values_list("authority", "user", "rather_not", "first_day", "last_day")
    for authority, user, rather_not, first, last in spans:
        key = (user is None, user or authority or 0, rather_not)
        found[key].append(span(first, last))
    return found
