"""What members did before this round; a merged authority has the past of all it came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from authorities.models import Authority, Succession
from rounds.matching.facts import Earlier
from rounds.matching.problem import Ids
from rounds.models import Round
from rounds.queries.ledger import Gift, gifts_of, key_of

# By authority, past or present, which members carry it on; a member carries on itself.
Heirs = Mapping[str, frozenset[str]]


def heirs_of(members: Iterable[str]) -> Heirs:
    """Through every succession, of a part as well as of the whole."""
    there = frozenset(members)
    after = defaultdict(set)
    for before, one in Succession.objects.values_list("before__dfe_code", "after__dfe_code"):
        after[before].add(one)
    heirs = {}
    for start in {*there, *after}:
        found, ahead = {start}, [start]
        while ahead:
            ahead = [one for now in ahead for one in after[now] - found]
            found.update(ahead)
        heirs[start] = there & found
    return {past: now for past, now in heirs.items() if now}


def of_one_past(heirs: Heirs) -> frozenset[Ids]:
    """Members of which one was a part of the other, both ways round."""
    return frozenset(
        pair
        for past, now in heirs.items()
        if past in now
        for one in now - {past}
        for pair in ((past, one), (one, past))
    )


def gifts_before(round: Round) -> list[Gift]:
    """Challenges of the region's earlier rounds, held here or entered by its officers."""
    return [
        gift
        for gift in gifts_of(round.region)
        if gift.turn.first_day < round.visits_from and gift.turn.key != key_of(round)
    ]


def earlier_of(gifts: Iterable[Gift], heirs: Heirs) -> tuple[dict[Ids, Earlier], int]:
    """The last time each two met, counted in rounds, and how many rounds are known."""
    met = [gift for gift in gifts if gift.challenges]
    turns = sorted({gift.turn for gift in met}, reverse=True)
    ago = {turn: place for place, turn in enumerate(turns, start=1)}
    past = {gift.host for gift in met} | {gift.giver for gift in met}
    codes = dict(Authority.objects.filter(pk__in=past).values_list("pk", "dfe_code"))
    found: dict[Ids, Earlier] = {}
    for gift in sorted(met, key=lambda gift: -ago[gift.turn]):
        for host in heirs.get(codes[gift.host], ()):
            for challenger in heirs.get(codes[gift.giver], frozenset()) - {host}:
                found[host, challenger] = Earlier(ago[gift.turn], gift.turn.name)
    return found, len(turns)
