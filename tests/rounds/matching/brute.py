"""Every answer of a small round, in the plainest words there are: what the solver is held to."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from hypothesis import strategies as st

from rounds.matching import Arc, Authority, Problem

# (host, challenger, role)
Chosen = frozenset[tuple[str, str, str]]


def answers(problem: Problem) -> Iterator[Chosen]:
    """All that keep every rule."""
    ids = [one.id for one in problem.authorities]
    both = [*problem.locked]
    if problem.topology in ("pairs", "groups"):
        both += [(b, a) for a, b in problem.locked]
    arcs = {
        (arc.host, arc.challenger): arc
        for arc in problem.arcs
        if arc.host != arc.challenger and (not arc.blocked_by or (arc.host, arc.challenger) in both)
    }
    every = {"directed": _directed, "panel": _panel, "pairs": _sets, "groups": _sets}
    for chosen in every[problem.topology](problem, ids, set(arcs)):
        if {pair[:2] for pair in chosen} >= set(both):
            yield chosen


def _hosted(
    problem: Problem, options: list[list[Chosen]], most: dict[str, int]
) -> Iterator[Chosen]:
    """One option for each host, while nobody gives more than it may."""
    if not options:
        yield frozenset()
        return
    for option in options[0]:
        left = dict(most)
        for _, challenger, _ in option:
            left[challenger] -= 1
        if min(left.values()) >= 0:
            for rest in _hosted(problem, options[1:], left):
                yield option | rest


def _lawful(problem: Problem, options: list[list[Chosen]]) -> Iterator[Chosen]:
    for chosen in _hosted(
        problem, options, {one.id: one.gives_most for one in problem.authorities}
    ):
        given = [challenger for _, challenger, _ in chosen]
        pairs = {pair[:2] for pair in chosen}
        mutual = any((b, a) in pairs for a, b in pairs)
        if all(given.count(one.id) >= one.gives_least for one in problem.authorities) and not (
            problem.topology == "directed" and mutual and not problem.mutual_allowed
        ):
            yield chosen


def _directed(problem: Problem, ids: list[str], arcs: set[tuple[str, str]]) -> Iterator[Chosen]:
    options = [
        [
            frozenset((host, one, "challenger") for one in those)
            for those in combinations(
                [c for c in ids if (host, c) in arcs], problem.challengers_per_host
            )
        ]
        for host in (one.id for one in problem.authorities if one.hosts)
    ]
    return _lawful(problem, options)


def _panel(problem: Problem, ids: list[str], arcs: set[tuple[str, str]]) -> Iterator[Chosen]:
    options: list[list[Chosen]] = []
    for host in (one.id for one in problem.authorities if one.hosts):
        able = [c for c in ids if (host, c) in arcs]
        options.append(
            [
                frozenset({(host, a, "reader"), (host, b, "reader"), (host, m, "moderator")})
                for a, b in combinations(able, 2)
                for m in able
                if m not in (a, b)
            ]
        )
    return _lawful(problem, options)


def _sets(problem: Problem, ids: list[str], arcs: set[tuple[str, str]]) -> Iterator[Chosen]:
    sizes = (2,) if problem.topology == "pairs" else problem.group_sizes

    def split(left: list[str]) -> Iterator[list[tuple[str, ...]]]:
        if not left:
            yield []
            return
        for size in sizes:
            for others in combinations(left[1:], size - 1):
                members = (left[0], *others)
                if all((a, b) in arcs for a in members for b in members if a != b):
                    for rest in split([one for one in left if one not in members]):
                        yield [members, *rest]

    for groups in split(ids):
        yield frozenset(
            (a, b, "challenger") for members in groups for a in members for b in members if a != b
        )


def aims(problem: Problem, chosen: Chosen) -> dict[str, int]:
    """What an answer comes to, greater is better; `moved` is the previous pairs that stand."""
    arcs = {(arc.host, arc.challenger): arc for arc in problem.arcs}
    sums: dict[str, int] = {}
    for host, challenger, role in chosen:
        arc = arcs[host, challenger]
        presides = role == "moderator" and arc.moderator_score is not None
        sums[host] = sums.get(host, 0) + (arc.moderator_score if presides else arc.score)
    return {
        "moved": len({pair[:2] for pair in chosen} & set(problem.previous)),
        "worst": min(sums.values(), default=0),
        "total": sum(sums.values()),
    }


def rank(problem: Problem, chosen: Chosen) -> tuple[int, ...]:
    found = aims(problem, chosen)
    return tuple(found[aim] for aim in problem.objective)


def next_best(
    problem: Problem, every: list[Chosen], best: Chosen, pair: tuple[str, str]
) -> Chosen | None:
    """The best of all answers in which the host has somebody new instead of this challenger."""
    host, challenger = pair
    before = of(best, host)
    others = [one for one in every if challenger not in of(one, host) and of(one, host) - before]
    return max(others, key=lambda one: rank(problem, one), default=None)


def of(chosen: Chosen, host: str) -> set[str]:
    return {challenger for to, challenger, _ in chosen if to == host}


@st.composite
def small_problems(draw: st.DrawFn, topology: str, objective: tuple[str, ...]) -> Problem:
    """Rounds of two to seven, with gaps, blocks, locks, capacities and equal scores."""
    panel = topology == "panel"
    count = draw(st.integers(4 if panel else 2, 7))
    wanted = draw(st.sampled_from([1, 1, 1, 2])) if topology == "directed" and count < 6 else 1
    scores = draw(st.sampled_from([st.integers(0, 1000), st.integers(0, 3)]))
    ids = [f"a{number}" for number in range(count)]
    authorities = []
    for number, one in enumerate(ids):
        # A panel takes so many from everybody that few hosts are enough, for us and for counting.
        gives_most = wanted + draw(st.sampled_from([0, 0, 1, 2] if panel else [0, 0, 0, 1, -1]))
        gives_least = draw(st.sampled_from([0, 0, 0, 0, 0, gives_most]))
        hosts = number < 2 if panel else draw(st.sampled_from([True, True, True, True, False]))
        authorities.append(Authority(one, "", hosts, gives_least, gives_most))
    arcs = []
    sparse = draw(st.sampled_from([0, 0, 0, 1, 3]))
    for host, challenger in product(ids, ids):
        if (host == challenger and draw(st.booleans())) or draw(st.integers(0, 9)) < sparse:
            continue
        blocked = draw(st.sampled_from([(), (), (), (), (), (), (), ("conflict",)]))
        presides = draw(st.none() | scores) if topology == "panel" else None
        arcs.append(Arc(host, challenger, draw(scores), presides, blocked))
    pairs = st.sampled_from([(a, b) for a in ids for b in ids if a != b])
    locked = draw(st.lists(pairs, max_size=1, unique=True))
    previous = draw(st.lists(pairs, max_size=5, unique=True))
    return Problem(
        topology,
        tuple(draw(st.permutations(authorities))),
        tuple(draw(st.permutations(arcs))),
        challengers_per_host=wanted,
        group_sizes=draw(st.sampled_from([(2, 3), (3,), (3, 4), (4,)])),
        mutual_allowed=draw(st.sampled_from([False, False, False, True])),
        objective=objective,
        locked=tuple(locked),
        previous=tuple(previous),
    )
