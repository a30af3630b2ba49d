"""What members did before this round; a merged authority has the past of all it came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from authorities.models import Succession
from rounds.matching.facts import Earlier
from rounds.matching.problem import Ids
from rounds.models import Challenge, EarlierChallenge, Round
from rounds.states import LIVE, ChallengeState, RoundState

# Both sides had said yes.
AGREED = tuple(state for state in LIVE if state != ChallengeState.OFFERED)
# By authority, past or present, which members are its heirs.
Heirs = dict[str, set[str]]


class Meeting(NamedTuple):
    """A challenge of an earlier round, by the dfe codes of the time."""

    host: str
    challenger: str
    held: date
    when: str
    days: int


def heirs_of(members: Iterable[str]) -> Heirs:
    """By authority, past or present, which members are its heirs: a member is its own."""
    after = defaultdict(set)
    for before, one in Succession.objects.values_list("before__dfe_code", "after__dfe_code"):
        after[before].add(one)
    heirs: Heirs = {}
    for start in {*members, *after}:
        found, ahead = {start}, [start]
        while ahead:
            ahead = [one for now in ahead for one in after[now] if one not in found]
            found.update(ahead)
        heirs[start] = found & set(members)
    return {past: now for past, now in heirs.items() if now}


def meetings_of(round: Round) -> Iterator[Meeting]:
    """Challenges of the region's earlier rounds, held here or entered by its officers."""
    before = Challenge.objects.filter(
        round__region=round.region_id,
        round__visits_from__lt=round.visits_from,
        state__in=AGREED,
    ).exclude(round__state=RoundState.CANCELLED)
    codes = ("host__authority__dfe_code", "challenger__authority__dfe_code")
    told = ("round__visits_from", "round__name", "round__format_data__phases")
    rows = [*before.values_list(*codes, *told)]
    fellow = ("host__authority__dfe_code", "fellows__participation__authority__dfe_code")
    rows += before.filter(fellows__isnull=False).values_list(*fellow, *told)
    for host, challenger, held, when, phases in rows:
        yield Meeting(host, challenger, held, when, sum(phase["days"] for phase in phases))
    entered = EarlierChallenge.objects.filter(
        region=round.region_id, held_on__lt=round.visits_from
    ).values_list("host__dfe_code", "challenger__dfe_code", "held_on", "round_name", "days")
    for host, challenger, held, when, days in entered:
        yield Meeting(host, challenger, held, when or f"{held.year}", days)


def earlier_of(meetings: Iterable[Meeting], heirs: Heirs) -> dict[Ids, Earlier]:
    """The last time each two met, counted in rounds; heirs have their pasts' meetings."""
    meetings = list(meetings)
    first: dict[str, date] = {}
    for one in meetings:
        first[one.when] = min(one.held, first.get(one.when, one.held))
    newest_first = sorted(first, key=lambda when: (first[when], when), reverse=True)
    ago = {when: place for place, when in enumerate(newest_first, start=1)}
    found: dict[Ids, Earlier] = {}
    for one in sorted(meetings, key=lambda one: -ago[one.when]):
        for host in heirs.get(one.host, ()):
            for challenger in heirs.get(one.challenger, ()):
                if host != challenger:
                    found[host, challenger] = Earlier(ago[one.when], one.when)
    return found


def days_of(
    meetings: Iterable[Meeting], heirs: Heirs
) -> tuple[defaultdict[str, int], defaultdict[str, int]]:
    """Days given and received over the years, by member."""
    given: defaultdict[str, int] = defaultdict(int)
    received: defaultdict[str, int] = defaultdict(int)
    for one in meetings:
        for challenger in heirs.get(one.challenger, ()):
            given[challenger] += one.days
        for host in heirs.get(one.host, ()):
            received[host] += one.days
    return given, received
