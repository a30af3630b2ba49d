"""What a certain challenger costs the round: against every answer there is."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from rounds.matching.facts import RoundFacts, Settings, Side
from rounds.matching.pricing import Price, Pricing
from rounds.matching.problem import Ids
from rounds.matching.weighing import score_of

NAMES = "abcde"


def region(wishes: dict[str, tuple[str, ...]], **changed: object) -> RoundFacts:
    sides = {one: Side(one, one.upper(), wishes=wishes.get(one, ())) for one in NAMES}
    return RoundFacts("directed", sides, **changed)  # type: ignore[arg-type]


def answers(facts: RoundFacts) -> list[tuple[Ids, ...]]:
    """Every way in which each challenges once, nobody itself and no two each other."""
    ids = sorted(facts.sides)
    return [
        tuple(zip(ids, who, strict=True))
        for who in permutations(ids)
        if all(a != b and who[ids.index(b)] != a for a, b in zip(ids, who, strict=True))
    ]


def moved(now: tuple[Ids, ...], then: tuple[Ids, ...]) -> int:
    return len(set(then) - set(now))


lists = st.lists(st.sampled_from(NAMES), unique=True, max_size=4).map(tuple)


@settings(deadline=None, max_examples=25)
@given(
    wishes=st.fixed_dictionaries(dict.fromkeys(NAMES, lists)),
    place=st.integers(0, 1000),
    worst_first=st.booleans(),
)
def test_a_price_is_that_of_the_best_answer_with_the_fewest_moves(
    wishes: dict[str, tuple[str, ...]], place: int, worst_first: bool
) -> None:
    facts, weighed = region(wishes), Settings(worst_first=worst_first)
    every = answers(facts)
    now = every[place % len(every)]
    pricing = Pricing(facts, weighed, now, "a")
    for challenger in "bcde":
        pair = ("a", challenger)
        with_pair = [one for one in every if pair in one]

        def worth(then: tuple[Ids, ...]) -> tuple[int, ...]:
            standing = score_of(facts, weighed, then)
            return (standing.worst_score, standing.total) if worst_first else (standing.total,)

        fewest = min(moved(now, one) for one in with_pair)
        near = max(worth(one) for one in with_pair if moved(now, one) == fewest)
        far = max(map(worth, with_pair))
        for anew, best, before in (
            (False, near, worth(now)),
            (True, far, max(map(worth, every))),
        ):
            price = pricing.price(challenger, anew=anew)
            assert price.points + before[-1] == best[-1]
            if worst_first:
                assert price.worst + before[0] == best[0]
        assert len(pricing.price(challenger).moved) == max(fewest - (pair not in now), 0)


def test_the_challenger_that_stands_costs_nothing() -> None:
    facts = region({})
    now = answers(facts)[0]
    price = Pricing(facts, Settings(), now, "a").price(now[0][1])
    assert (price.points, price.moved, price.refused) == (0, (), ())


def test_the_hosts_own_lock_gives_way_and_others_do_not() -> None:
    facts = region({})
    now = (("a", "b"), ("b", "c"), ("c", "d"), ("d", "e"), ("e", "a"))
    locked = Settings(locked=frozenset({("a", "b"), ("c", "d")}))
    pricing = Pricing(facts, locked, now, "a")
    assert pricing.price("c").refused == ()
    assert "c" not in pricing.price("c").moved
    assert (
        pricing.price("d").refused
        == (
            "D is locked to challenge C.",
            "D may give only one challenge.",
            "D is locked to challenge A.",
        )
        or pricing.price("d").refused
    )


def test_a_forbidden_challenger_has_its_price_as_well() -> None:
    facts = region({}, conflicts={("a", "c"): "", ("c", "a"): ""})
    pricing = Pricing(facts, Settings(), answers(facts)[0], "a")
    assert isinstance(pricing.price("c"), Price)
    assert pricing.price("c").refused == ()


def test_a_round_without_an_answer_says_so() -> None:
    conflicts = {pair: "" for one in "bcde" for pair in (("a", one), (one, "a"))}
    assert not Pricing(region({}, conflicts=conflicts), Settings(), (), "a").possible
    assert Pricing(region({}), Settings(), (), "a").possible
