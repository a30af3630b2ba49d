"""A problem as columns to choose and rows to keep, one model for each part that stands alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from rounds.matching import rules
from rounds.matching.problem import DIRECTED, GROUPS, PAIRS, PANEL, Arc, Ids, Problem
from rounds.matching.rules import Rule

CHALLENGER, READER, MODERATOR = "challenger", "reader", "moderator"
READERS = 2
# A part with more possible groups than this keeps only each authority's best partners.
MOST_GROUPS = 150_000


class Seat(NamedTuple):
    arc: Arc
    role: str
    score: int


# What is chosen or not: one challenger for one host, or a whole pair or group.
Column = tuple[Seat, ...]


class Row(NamedTuple):
    """At least and at most so many of these columns, and the rules that say so."""

    columns: list[int]
    least: int
    most: int
    why_least: Rule | None = None
    why_most: Rule | None = None


@dataclass
class Model:
    """`apart`: two columns of which one at most may be chosen.

    `relaxed_bound` bounds the total where not every column is here; `alone` says that a column
    holds all the challengers of its hosts, `splits` that the chosen ones hold everybody once.
    `counts`: rows that say of whole groups what `rows` say of parts of them as well. Without them
    17 equal authorities in groups of three or four take longer to prove than anybody waits.
    """

    ids: list[str]
    alone: bool
    columns: list[Column] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    counts: list[Row] = field(default_factory=list)
    apart: list[tuple[int, int, Rule | None]] = field(default_factory=list)
    relaxed_bound: int | None = None
    splits: bool = False


def parts(problem: Problem, pairs: Iterable[Ids]) -> list[list[str]]:
    """The authorities, in sets that no usable arc joins; in the order of the ids."""
    leader = {who: who for who in problem.by_id}

    def find(who: str) -> str:
        while leader[who] != who:
            leader[who] = who = leader[leader[who]]
        return who

    for host, challenger in pairs:
        one, other = find(host), find(challenger)
        if one != other:
            leader[max(one, other)] = min(one, other)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for who in problem.by_id:
        found[find(who)].append(who)
    return list(found.values())


def usable_pairs(problem: Problem) -> Iterable[Ids]:
    """Pairs that may be chosen; where challenges are mutual, both ways round or not at all."""
    both = problem.topology in (PAIRS, GROUPS)
    return (
        (host, challenger)
        for host, challenger in problem.by_pair
        if rules.usable(problem, host, challenger)
        and (not both or rules.usable(problem, challenger, host))
    )


def models(problem: Problem, without: frozenset[Rule] = frozenset()) -> list[Model]:
    """One model a part; the rules in `without` are left out."""
    build = {DIRECTED: _directed, PANEL: _panel, PAIRS: _together, GROUPS: _together}
    pairs = list(usable_pairs(problem))
    members = parts(problem, pairs)
    part_of = {who: place for place, ids in enumerate(members) for who in ids}
    arcs_of: list[list[Arc]] = [[] for _ in members]
    for pair in pairs:
        arcs_of[part_of[pair[0]]].append(problem.by_pair[pair])
    return [
        build[problem.topology](problem, ids, arcs, without)
        for ids, arcs in zip(members, arcs_of, strict=True)
    ]


def _directed(problem: Problem, ids: list[str], arcs: list[Arc], without: frozenset[Rule]) -> Model:
    wanted = problem.challengers_per_host
    model = Model(ids, alone=wanted == 1)
    model.columns = [(Seat(arc, CHALLENGER, arc.score),) for arc in arcs]
    places = {(arc.host, arc.challenger): place for place, arc in enumerate(arcs)}
    hosting, giving = _ends(arcs)
    for host in _hosts(problem, ids):
        others = [arcs[place].challenger for place in hosting[host]]
        why = rules.choice(problem, host, others)
        _add(model, without, hosting[host], wanted, wanted, why, rules.once(problem, host))
    _giving(problem, model, giving, without)
    for pair in sorted(problem.locks & places.keys()):
        _add(model, without, [places[pair]], 1, 1, rules.locked(problem, pair))
    if not problem.mutual_allowed:
        for (host, challenger), place in places.items():
            back = places.get((challenger, host)) if host < challenger else None
            if back is not None and (why := rules.mutual(host, challenger)) not in without:
                model.apart.append((place, back, why))
    return model


def _panel(problem: Problem, ids: list[str], arcs: list[Arc], without: frozenset[Rule]) -> Model:
    """Each arc twice: as a reader, at the even places, and as the moderator after it."""
    model = Model(ids, alone=False)
    for arc in arcs:
        presides = arc.score if arc.moderator_score is None else arc.moderator_score
        model.columns += [(Seat(arc, READER, arc.score),), (Seat(arc, MODERATOR, presides),)]
    hosting, giving = _ends(arcs)
    for host in _hosts(problem, ids):
        others = [arcs[place].challenger for place in hosting[host]]
        why, most = rules.choice(problem, host, others), rules.once(problem, host)
        readers = [2 * place for place in hosting[host]]
        _add(model, without, readers, READERS, READERS, why, most)
        _add(model, without, [place + 1 for place in readers], 1, 1, why, most)
    both = {
        who: [column for place in of for column in (2 * place, 2 * place + 1)]
        for who, of in giving.items()
    }
    _giving(problem, model, both, without)
    for place, arc in enumerate(arcs):
        model.apart.append((2 * place, 2 * place + 1, None))
        if (pair := (arc.host, arc.challenger)) in problem.locks:
            columns = [2 * place, 2 * place + 1]
            _add(model, without, columns, 1, 1, rules.locked(problem, pair))
    return model


def _together(problem: Problem, ids: list[str], arcs: list[Arc], without: frozenset[Rule]) -> Model:
    """Pairs and groups: a column for every set in which all may challenge all."""
    model = Model(ids, alone=True, splits=True)
    sizes = (2,) if problem.topology == PAIRS else tuple(sorted(problem.group_sizes))
    between = {(arc.host, arc.challenger): arc for arc in arcs}
    sets, whole = _sets(problem, ids, between, sizes)
    holding: defaultdict[str, list[int]] = defaultdict(list)
    locking: defaultdict[Ids, list[int]] = defaultdict(list)
    locks = sorted(pair for pair in problem.locks if pair[0] < pair[1] and pair in between)
    for place, members in enumerate(sets):
        pairs = [(a, b) for a in members for b in members if a != b]
        model.columns.append(tuple(Seat(between[p], CHALLENGER, between[p].score) for p in pairs))
        for who in members:
            holding[who].append(place)
        for pair in locks:
            if pair[0] in members and pair[1] in members:
                locking[pair].append(place)
    partners, _ = _ends(arcs)
    for who in ids:
        others = [arcs[place].challenger for place in partners[who]]
        _add(model, without, holding[who], 1, 1, rules.choice(problem, who, others))
    for pair in locks:
        _add(model, without, locking[pair], 1, 1, rules.locked(problem, pair))
    for size, (fewest, most) in ({} if without else _counts(len(ids), sizes)).items():
        of_size = [place for place, members in enumerate(sets) if len(members) == size]
        model.counts.append(Row(of_size, fewest, most))
    if not whole:
        model.relaxed_bound = _loose_bound(ids, between, max(sizes))
    return model


def _counts(everybody: int, sizes: tuple[int, ...]) -> dict[int, tuple[int, int]]:
    """How many groups of each size there are, fewest and most; nothing where none come out even."""
    found = {}
    for size in sizes:
        rest = {0}
        for count in range(1, everybody + 1):
            if any(count - other in rest for other in sizes if other != size):
                rest.add(count)
        fits = [count for count in range(everybody // size + 1) if everybody - count * size in rest]
        if not fits:
            return {}
        found[size] = (fits[0], fits[-1])
    return found


def _sets(
    problem: Problem, ids: list[str], between: dict[Ids, Arc], sizes: tuple[int, ...]
) -> tuple[list[tuple[str, ...]], bool]:
    """Every set of those sizes, in the order of the ids, and whether none was left out."""
    worth = {pair: arc.score + between[pair[::-1]].score for pair, arc in between.items()}
    ranked: defaultdict[str, list[str]] = defaultdict(list)
    for one, other in sorted(worth, key=lambda pair: (-worth[pair], pair)):
        ranked[one].append(other)
    kept = len(ids)
    while True:
        best = {(one, other) for one in ids for other in ranked[one][:kept]}
        best |= problem.locks & between.keys()
        later = {
            one: {two for two in ranked[one] if two > one and {(one, two), (two, one)} & best}
            for one in ids
        }
        found: list[tuple[str, ...]] = []
        growing: list[tuple[tuple[str, ...], set[str]]] = [((one,), later[one]) for one in ids]
        while growing and len(found) <= MOST_GROUPS:
            members, candidates = growing.pop()
            if len(members) in sizes:
                found.append(members)
            if len(members) < sizes[-1]:
                growing += [((*members, one), candidates & later[one]) for one in candidates]
        if len(found) <= MOST_GROUPS or kept <= sizes[-1]:
            return sorted(found), kept == len(ids) and not growing
        kept = kept * 2 // 3


def _loose_bound(ids: list[str], between: dict[Ids, Arc], size: int) -> int:
    """Half of everybody's best partners: no answer has a greater total."""
    worth: defaultdict[str, list[int]] = defaultdict(list)
    for (one, other), arc in between.items():
        worth[one].append(arc.score + between[other, one].score)
    return sum(sum(sorted(worth[who])[-(size - 1) :]) for who in ids) // 2


def _ends(arcs: list[Arc]) -> tuple[defaultdict[str, list[int]], defaultdict[str, list[int]]]:
    hosting: defaultdict[str, list[int]] = defaultdict(list)
    giving: defaultdict[str, list[int]] = defaultdict(list)
    for place, arc in enumerate(arcs):
        hosting[arc.host].append(place)
        giving[arc.challenger].append(place)
    return hosting, giving


def _hosts(problem: Problem, ids: list[str]) -> list[str]:
    return [who for who in ids if problem.by_id[who].hosts]


def _giving(
    problem: Problem, model: Model, giving: dict[str, list[int]], without: frozenset[Rule]
) -> None:
    for who in model.ids:
        one, columns = problem.by_id[who], giving.get(who, [])
        fewest, most = rules.least(problem, who), rules.capacity(problem, who)
        _add(model, without, columns, one.gives_least, one.gives_most, fewest, most)


def _add(
    model: Model,
    without: frozenset[Rule],
    columns: list[int],
    least: int,
    most: int,
    why_least: Rule | None = None,
    why_most: Rule | None = None,
) -> None:
    """A row, unless it cannot bind; a rule to be left out binds no more."""
    least = 0 if why_least in without else least
    most = len(columns) if why_most in without else most
    if least > 0 or most < len(columns):
        model.rows.append(Row(columns, least, most, why_least, why_most))
