"""Hosts that lost their challenger once offers were out, and the least that mends it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from peerchallenge.audit.actions import history_of
from peerchallenge.audit.models import Event
from rounds import matching
from rounds.matching.facts import RoundFacts, Settings
from rounds.matching.places import parted
from rounds.matching.problem import Ids
from rounds.matching.rules import listed
from rounds.matching.solution import IMPOSSIBLE, Solution
from rounds.matching.weighing import problem_of
from rounds.models import Challenge, Participation, Round, Scenario
from rounds.queries.obstacles import pairs_of
from rounds.queries.proposals import parts_in
from rounds.queries.publishing import published_in, standing_offers
from rounds.queries.weighing import facts_of, settings_of
from rounds.states import ChallengeState, ParticipationState

OVER = (ChallengeState.DECLINED, ChallengeState.CANCELLED)
LONGEST_NAME = 60


@dataclass(frozen=True)
class Opening:
    """A host without an offer that stands: what became of its last one, in words.

    `why` is confidential: the officers' alone. `short`: as a scenario is called after it.
    """

    host: Participation
    text: str
    short: str
    why: str = ""
    who: str = ""
    when: datetime | None = None
    # The officer took it back: it is not proposed again.
    taken_back: tuple[Ids, ...] = ()


@dataclass(frozen=True)
class Move:
    """What matching again gives a host, and whom it had."""

    host: str
    was: str
    now: str


@dataclass(frozen=True)
class Repair:
    """The least change around what is open; `cost` and `worst_cost` against no regard for it.

    `obstacles`: why no answer keeps every rule; then there are no moves.
    """

    name: str
    openings: tuple[Opening, ...]
    found: tuple[Move, ...] = ()
    moves: tuple[Move, ...] = ()
    total: int = 0
    free_total: int = 0
    worst: int = 0
    free_worst: int = 0
    free_moves: int = 0
    # What each challenger does, by pair.
    parts: tuple[tuple[Ids, str], ...] = ()
    obstacles: tuple[str, ...] = ()

    @property
    def pairs(self) -> tuple[Ids, ...]:
        return tuple(pair for pair, _ in self.parts)

    @property
    def possible(self) -> bool:
        return not self.obstacles

    @property
    def cost(self) -> int:
        """What stability costs the round: points against leaving everything free."""
        return self.free_total - self.total

    @property
    def worst_cost(self) -> int:
        return self.free_worst - self.worst

    @property
    def price(self) -> str:
        """What the officer reads of it."""
        if self.cost == self.worst_cost == 0:
            return (
                f"Moving the fewest costs nothing: the round comes to {self.total:,} points, "
                "as many as if every offer were free to move."
            )
        offers = "1 offer" if self.free_moves == 1 else f"{self.free_moves} offers"
        free = f"if every offer were free to move, which would change {offers}"
        said = (
            f"Moving the fewest costs {self.cost:,} points: {self.total:,}, not {self.free_total:,}"
        )
        if self.cost <= 0:
            said = f"Moving the fewest comes to {self.total:,} points, and to {self.free_total:,}"
        worst = f" The worst-off host would have {self.worst:,} points, not {self.free_worst:,}."
        return f"{said} {free}.{worst if self.worst_cost else ''}"


def openings_in(round: Round, live: Sequence[Challenge]) -> list[Opening]:
    """None before any offer has gone out; `live`: the offers that stand."""
    matched = {offer.host_id for offer in live}
    alone = [
        one
        for one in round.participations.taking_part()
        .select_related("authority")
        .order_by("authority__name", "pk")
        if one.pk not in matched
    ]
    if not alone:
        return []
    last = {
        offer.host_id: offer
        for offer in round.challenges.filter(state__in=OVER).with_both_sides().order_by("pk")
    }
    if not live and not last:
        return []
    ended = _endings([last[one.pk] for one in alone if one.pk in last])
    return [_opening(one, last.get(one.pk), ended) for one in alone]


def _endings(offers: Iterable[Challenge]) -> dict[int, Event]:
    """By challenge, who ended it and when."""
    events = history_of(*offers).filter(verb__in=["challenge.declined", "challenge.cancelled"])
    return {event.subject_id: event for event in reversed(events)}


def _opening(host: Participation, last: Challenge | None, ended: Mapping[int, Event]) -> Opening:
    name = host.authority.name
    if last is None:
        return Opening(host, f"{name} has no challenger yet", f"{name} came in")
    event = ended.get(last.pk)
    who, when = (event.who, event.at) if event else ("", None)
    left = [
        side.authority.name
        for side in last.sides[1:]
        if side.participation.state == ParticipationState.WITHDRAWN
    ]
    if last.state == ChallengeState.DECLINED:
        said_by = _names(last, event)
        other = last.challengers_said if name in said_by else name
        verb = "to being challenged by" if name in said_by else "to challenging"
        return Opening(
            host,
            f"{listed(said_by)} objected {verb} {other}",
            f"{listed(said_by)}’s objection",
            last.objection,
            who,
            when,
        )
    if left:
        return Opening(
            host,
            f"{listed(left)} left the round, so {name} has no challenger",
            f"{listed(left)} left",
            who=who,
            when=when,
        )
    return Opening(
        host,
        f"The match of {name} with {last.challengers_said} was taken back",
        f"{name}’s match was taken back",
        who=who,
        when=when,
        taken_back=tuple(pairs_of(last)),
    )


def _names(last: Challenge, event: Event | None) -> list[str]:
    """The sides whose director said no."""
    said = set(event.details.get("authorities", [])) if event else set()
    names = [side.authority.name for side in last.sides if side.authority.pk in said]
    return names or ["One side"]


def repair_of(
    round: Round, *, live: Sequence[Challenge] | None = None, facts: RoundFacts | None = None
) -> Repair | None:
    """None where every host has its offer; `live` and `facts` where the caller has read them."""
    live = standing_offers(round) if live is None else live
    openings = openings_in(round, live)
    if not openings:
        return None
    facts = facts or facts_of(round)
    base = published_in(round)
    settings = repair_settings(base, round, facts, openings)
    problem = problem_of(facts, settings)
    least = matching.solve(problem, with_next_best=False)
    name = name_after(openings)
    if least.status == IMPOSSIBLE:
        said = tuple(f"{broken.text}." for broken in least.conflict)
        return Repair(name, tuple(openings), obstacles=said)
    free = matching.solve(problem_of(facts, replace(settings, previous=())), with_next_best=False)
    before = _by_host(pair for offer in live for pair in pairs_of(offer))
    after = _by_host(chosen(least))
    return Repair(
        name,
        tuple(openings),
        found=tuple(
            Move(facts.sides[host].name, "", _said(facts, after[host]))
            for one in openings
            if (host := one.host.authority.dfe_code) in after
        ),
        moves=tuple(
            Move(facts.sides[host].name, _said(facts, was), _said(facts, after[host]))
            for host, was in before.items()
            if host in after and after[host] != was
        ),
        total=least.total or 0,
        free_total=free.total or 0,
        worst=least.worst or 0,
        free_worst=free.worst or 0,
        free_moves=len(set(settings.previous) - set(chosen(free))),
        parts=tuple(sorted(parted(problem, chosen(least), _parts(base)).items())),
    )


def repair_settings(
    base: Scenario | None, round: Round, facts: RoundFacts, openings: Iterable[Opening]
) -> Settings:
    """As the published scenario has them; what was declined or taken back is locked no more."""
    settings = settings_of(base, round)
    barred = {pair for one in openings for pair in one.taken_back}
    return replace(
        settings,
        locked=settings.locked - facts.declined - barred,
        excluded=settings.excluded | barred,
    )


def _parts(base: Scenario | None) -> dict[Ids, str]:
    return dict(parts_in(base)) if base else {}


def chosen(solution: Solution) -> tuple[Ids, ...]:
    return tuple((one.host, one.challenger) for one in solution.pairs)


def name_after(openings: Sequence[Opening]) -> str:
    """“After Devon’s objection”; after several, how many."""
    shorts = sorted({one.short for one in openings})
    name = f"After {' and '.join(shorts)}"
    if len(name) <= LONGEST_NAME:
        return name
    if len(shorts) == 1:
        return f"{name[: LONGEST_NAME - 1]}…"
    return f"After {len(openings)} matches that fell through"


def _by_host(pairs: Iterable[Ids]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for host, challenger in sorted(pairs):
        found[host].append(challenger)
    return {host: tuple(them) for host, them in found.items()}


def _said(facts: RoundFacts, ids: Iterable[str]) -> str:
    return listed([facts.sides[one].name if one in facts.sides else one for one in ids])
