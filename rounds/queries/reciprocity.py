"""The ledger's pages: everybody over the years or in one round, and one authority."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from authorities.models import Authority, Region, Succession
from peerchallenge.shared.charts.pairs import Pair, pairs
from rounds.queries.ledger import CARRIED, Gift, Sums, Turn, gifts_of, sums_by_authority
from rounds.states import RoundState

NOTHING = Sums()
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Line:
    """One authority's sums; `past` says whose past it carries, and until when."""

    pk: int
    name: str
    past: str
    sums: Sums
    # Its days given above its days received, to the scale of the whole table.
    bars: Pair


@dataclass(frozen=True)
class Column:
    """A heading to sort by; `now` is how the table is sorted by it, as ARIA says it."""

    label: str
    query: str
    now: str
    numeric: bool


@dataclass(frozen=True)
class TurnLine:
    """One round: what was given in it by everybody."""

    key: str
    name: str
    first_day: date
    challenges: int
    days: int
    to_come: int
    earlier: bool


@dataclass(frozen=True)
class Ledger:
    """Everybody's lines, and the rounds they are the sums of."""

    lines: list[Line]
    columns: list[Column]
    turns: list[TurnLine]
    everybody: Sums
    # The round whose lines these are; None over all the years.
    chosen: TurnLine | None

    @property
    def caption(self) -> str:
        return self.chosen.name if self.chosen else "Over all rounds"


COLUMNS = {
    "authority": "Authority",
    "given": "Challenges given",
    "received": "Challenges received",
    "days_given": "Days given",
    "days_received": "Days received",
    "balance": "Balance in days",
}
KEYS: dict[str, Callable[[Line], int]] = {
    "authority": lambda line: 0,
    "given": lambda line: line.sums.challenges_given,
    "received": lambda line: line.sums.challenges_received,
    "days_given": lambda line: line.sums.days_given,
    "days_received": lambda line: line.sums.days_received,
    "balance": lambda line: line.sums.balance,
}


def ledger_of(region: Region, *, sort: str, order: str, round: str) -> Ledger:
    """A fixed number of queries; a round that is not in the ledger stands for all of them."""
    gifts = gifts_of(region)
    turns = turns_of(gifts)
    chosen = next((turn for turn in turns if turn.key == round), None)
    counted = [gift for gift in gifts if chosen is None or gift.turn.key == chosen.key]
    lines = lines_of(region, gifts, sums_by_authority(counted))
    lines.sort(key=KEYS[sort], reverse=order == "down")
    if sort == "authority" and order == "down":
        lines.reverse()
    kept = f"&round={chosen.key}" if chosen else ""
    return Ledger(
        lines,
        [_column(key, sort, order, kept) for key in COLUMNS],
        turns,
        sum((line.sums for line in lines), start=NOTHING),
        chosen,
    )


def _column(key: str, sort: str, order: str, kept: str) -> Column:
    numeric = key != "authority"
    now = "none" if key != sort else "ascending" if order == "up" else "descending"
    # Of numbers the largest first: that is what one looks for.
    first, second = ("down", "up") if numeric else ("up", "down")
    other = second if key == sort and order == first else first
    return Column(COLUMNS[key], f"?sort={key}&order={other}{kept}", now, numeric)


def lines_of(region: Region, gifts: Sequence[Gift], sums: dict[int, Sums]) -> list[Line]:
    """Whoever takes part, or did, by name."""
    in_ledger = {place for gift in gifts for place in (gift.giver, gift.host)}
    taking_part = Q(participations__round__region=region) & ~Q(
        participations__round__state=RoundState.CANCELLED
    )
    rows = Authority.objects.filter(taking_part | Q(pk__in=in_ledger)).distinct()
    found = list(rows.order_by("name", "pk"))
    pasts = pasts_of([one.pk for one in found])
    own = [sums.get(one.pk, NOTHING) for one in found]
    bars = pairs([(line.days_given, line.days_received) for line in own])
    return [
        Line(one.pk, one.name, pasts.get(one.pk, ""), line, bar)
        for one, line, bar in zip(found, own, bars, strict=True)
    ]


def pasts_of(authorities: Sequence[int]) -> dict[int, str]:
    """“with Bournemouth and Poole until 2019”, by whoever carries on their past."""
    before: defaultdict[tuple[int, date], list[str]] = defaultdict(list)
    rows = Succession.objects.filter(after__in=authorities, event__in=CARRIED)
    for row in rows.select_related("before", "after").order_by("on", "before__name"):
        same = row.before.name == row.after.name
        name = row.before.official_name if same else row.before.short_name
        before[row.after_id, row.on - DAY].append(name)
    said: dict[int, str] = {}
    for (after, last), names in before.items():
        listed = " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
        started = said.get(after)
        said[after] = f"{f'{started}, ' if started else ''}with {listed} until {last.year}"
    return said


def turns_of(gifts: Sequence[Gift]) -> list[TurnLine]:
    """The newest first."""
    by_turn: defaultdict[str, list[Gift]] = defaultdict(list)
    for gift in gifts:
        by_turn[gift.turn.key].append(gift)
    found = [_turn_line(group[0].turn, group) for group in by_turn.values()]
    return sorted(found, key=lambda turn: (turn.first_day, turn.key), reverse=True)


def _turn_line(turn: Turn, gifts: Sequence[Gift]) -> TurnLine:
    return TurnLine(
        turn.key,
        turn.name,
        turn.first_day,
        sum(gift.challenges for gift in gifts),
        sum(gift.days for gift in gifts),
        sum(gift.days for gift in gifts if gift.to_come),
        turn.key.startswith("earlier-"),
    )


@dataclass(frozen=True)
class Given:
    """One challenge, from the side of one authority."""

    on: date
    round: str
    # “Challenged Dorset”, “Was challenged by Dorset”, “Sent people to Poole”.
    said: str
    days_given: int
    days_received: int
    to_come: bool


@dataclass(frozen=True)
class Account:
    """What one authority gave and received, round by round and one by one."""

    authority: Authority
    past: str
    # Where its own past is counted, when it became part of another.
    moved: str
    sums: Sums
    rounds: list[tuple[str, Sums]]
    each: list[Given]


def account_of(authority: Authority) -> Account:
    own = [gift for gift in gifts_of(authority.region) if authority.pk in (gift.giver, gift.host)]
    own.reverse()
    names = dict(
        Authority.objects.filter(
            pk__in={place for gift in own for place in (gift.giver, gift.host)}
        ).values_list("pk", "name")
    )
    turns = {gift.turn.key: gift.turn.name for gift in own}
    return Account(
        authority,
        pasts_of([authority.pk]).get(authority.pk, ""),
        _moved(authority),
        sums_by_authority(own).get(authority.pk, NOTHING),
        [
            (
                name,
                sums_by_authority(gift for gift in own if gift.turn.key == key)[authority.pk],
            )
            for key, name in turns.items()
        ],
        [_given(gift, authority.pk, names) for gift in own],
    )


def _moved(authority: Authority) -> str:
    heir = authority.successions.filter(event__in=CARRIED).select_related("after").first()
    if heir is None:
        return ""
    return f"What it did until {heir.on - DAY:%-d %B %Y} is counted with {heir.after}."


def _given(gift: Gift, own: int, names: dict[int, str]) -> Given:
    gave = gift.giver == own
    if gave and gift.host == own:
        said = "One part of it challenged another"
    elif gave:
        said = f"{'Challenged' if gift.challenges else 'Sent people to'} {names[gift.host]}"
    else:
        verb = "Was challenged by" if gift.challenges else "Had people on the team from"
        said = f"{verb} {names[gift.giver]}"
    return Given(
        gift.on,
        gift.turn.name,
        said,
        gift.days if gave else 0,
        gift.days if gift.host == own else 0,
        gift.to_come,
    )
