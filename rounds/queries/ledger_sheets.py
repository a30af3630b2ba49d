"""The ledger as a spreadsheet."""

from __future__ import annotations

from authorities.models import Region
from peerchallenge.shared.spreadsheets import Sheet, Value
from rounds.queries.ledger import Gift, Sums, gifts_of, sums_by_authority
from rounds.queries.reciprocity import lines_of, turns_of

SUMS = {"Challenges given": 12, "Challenges received": 12, "Days given": 10, "Days received": 10}
AFTER = {"Balance in days": 10, "In words": 38}
EACH = {
    "First day": 14,
    "Round": 28,
    "Host": 34,
    "Who gave": 34,
    "Challenges": 12,
    "Days": 10,
    "State": 20,
}


def ledger_sheets(region: Region) -> list[Sheet]:
    """Over all rounds, by round, and every challenge."""
    gifts = gifts_of(region)
    lines = lines_of(region, gifts, sums_by_authority(gifts))
    names = {line.pk: line.name for line in lines}
    years = {"Authority": 34, "With": 38, **SUMS, **AFTER}
    rounds = {"Round": 28, "Authority": 34, **SUMS, **AFTER}
    by_round: list[list[Value]] = []
    for turn in turns_of(gifts):
        sums = sums_by_authority(gift for gift in gifts if gift.turn.key == turn.key)
        by_round += [
            [turn.name, line.name, *_cells(sums[line.pk])] for line in lines if line.pk in sums
        ]
    return [
        _sheet("Over all rounds", years, [[x.name, x.past, *_cells(x.sums)] for x in lines]),
        _sheet("By round", rounds, by_round),
        _sheet("Every challenge", EACH, [_each(gift, names) for gift in reversed(gifts)]),
    ]


def _sheet(name: str, columns: dict[str, int], rows: list[list[Value]]) -> Sheet:
    return Sheet(name, list(columns), rows, list(columns.values()))


def _cells(sums: Sums) -> list[Value]:
    return [
        sums.challenges_given,
        sums.challenges_received,
        sums.days_given,
        sums.days_received,
        sums.balance,
        sums.in_words,
    ]


def _each(gift: Gift, names: dict[int, str]) -> list[Value]:
    state = "Agreed, still to come" if gift.to_come else "Held"
    host, giver = names[gift.host], names[gift.giver]
    return [gift.on, gift.turn.name, host, giver, gift.challenges, gift.days, state]
