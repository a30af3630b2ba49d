from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from rounds.matching import filled, problems, swapped, unmatched

NAMES = {number: f"Authority {number}" for number in range(1, 40)}
NUMBERS = st.integers(min_value=1, max_value=9)
PAIRS = st.lists(st.tuples(NUMBERS, NUMBERS), max_size=12)


def rules(pairs: list[tuple[int, int]], **allowed: bool) -> list[str]:
    return [problem.rule for problem in problems(pairs, NAMES, **allowed)]


def test_a_ring_of_three_breaks_no_rule() -> None:
    assert problems([(1, 2), (2, 3), (3, 1)], NAMES) == []


def test_nobody_challenges_itself() -> None:
    [problem] = problems([(1, 1), (2, 3)], NAMES)
    assert problem.text == "Authority 1 cannot challenge itself."
    assert problem.hosts == {1}


def test_nobody_challenges_twice() -> None:
    [problem] = problems([(1, 3), (2, 3)], NAMES)
    assert problem.text == "Authority 3 is to challenge 2 authorities: it may give one challenge."
    assert problem.hosts == {1, 2}


def test_nobody_is_challenged_twice() -> None:
    [problem] = problems([(1, 2), (1, 3)], NAMES)
    assert problem.text == "Authority 1 is to be challenged 2 times."


def test_no_two_challenge_each_other() -> None:
    [problem] = problems([(1, 2), (2, 1)], NAMES)
    assert problem.text == "Authority 1 and Authority 2 would challenge each other."
    assert problem.hosts == {1, 2}


def test_two_may_challenge_each_other_where_the_format_says_so() -> None:
    assert rules([(1, 2), (2, 1)], mutual_allowed=True) == []


@given(PAIRS)
def test_what_the_rules_find_is_what_counting_finds(pairs: list[tuple[int, int]]) -> None:
    """The oracle: each rule again, in the plainest words there are."""
    hosts, challengers = [h for h, _ in pairs], [c for _, c in pairs]
    expected = ["oneself" for h, c in pairs if h == c]
    expected += ["capacity" for one in set(challengers) if challengers.count(one) > 1]
    expected += ["host_once" for one in set(hosts) if hosts.count(one) > 1]
    both = {frozenset(p) for p in pairs if p[0] != p[1] and (p[1], p[0]) in pairs}
    expected += ["mutual" for _ in both]
    assert sorted(rules(pairs)) == sorted(expected)


@given(PAIRS)
def test_every_problem_names_hosts_of_the_draft(pairs: list[tuple[int, int]]) -> None:
    hosts = {host for host, _ in pairs}
    for problem in problems(pairs, NAMES):
        assert problem.hosts
        assert problem.hosts <= hosts
        assert problem.text.endswith(".")


@given(PAIRS, st.lists(NUMBERS, unique=True))
def test_whoever_has_no_challenger_is_unmatched(
    pairs: list[tuple[int, int]], everybody: list[int]
) -> None:
    alone = unmatched(pairs, everybody)
    assert alone == [one for one in everybody if one not in dict(pairs)]


@st.composite
def drafts(draw: st.DrawFn) -> dict[int, int | None]:
    """Some hosts matched by hand, well or badly; the others empty."""
    everybody = list(range(1, draw(st.integers(1, 9)) + 1))
    choice = st.one_of(st.none(), st.sampled_from(everybody))
    return {host: draw(choice) for host in everybody}


@given(drafts())
def test_swapping_twice_changes_nothing(draft: dict[int, int | None]) -> None:
    one, other = min(draft), max(draft)
    once = swapped(draft, one, other)
    assert (once[one], once[other]) == (draft[other], draft[one])
    assert swapped(once, one, other) == draft


@given(drafts())
def test_filling_keeps_what_is_there_and_breaks_no_rule_of_its_own(
    draft: dict[int, int | None],
) -> None:
    after = filled(draft)
    assert list(after) == list(draft)
    assert {h: c for h, c in draft.items() if c}.items() <= after.items()
    new = [host for host in draft if draft[host] is None and after[host] is not None]
    for host in new:
        challenger = after[host]
        assert challenger != host
        assert list(after.values()).count(challenger) == 1
        assert after[challenger] != host


@given(st.integers(min_value=3, max_value=30))
def test_an_empty_draft_becomes_one_ring(count: int) -> None:
    after = filled(dict.fromkeys(range(1, count + 1)))
    assert after == {host: host % count + 1 for host in range(1, count + 1)}
    assert problems(list(after.items()), NAMES) == []


@given(drafts())
def test_filling_finds_a_full_answer_whenever_there_is_one(draft: dict[int, int | None]) -> None:
    """Every way to fill the empty ones, tried one by one."""
    empty = [host for host, challenger in draft.items() if challenger is None]
    if len(draft) > 6 or not empty:
        return
    free = [one for one in draft if one not in draft.values()]
    possible = any(
        stands(draft, dict(zip(empty, order, strict=True))) for order in orders(free, len(empty))
    )
    assert (None not in filled(draft).values()) == possible


def orders(free: list[int], count: int) -> list[tuple[int, ...]]:
    return list(permutations(free, count))


def stands(draft: dict[int, int | None], new: dict[int, int]) -> bool:
    after = {**draft, **new}
    return all(host != one and after.get(one) != host for host, one in new.items())


def test_two_alone_are_not_made_to_challenge_each_other() -> None:
    assert filled({1: None, 2: None}) == {1: 2, 2: None}
    assert filled({1: None, 2: None}, mutual_allowed=True) == {1: 2, 2: 1}


def test_one_alone_stays_empty() -> None:
    assert filled({1: None}) == {1: None}


def test_a_draft_without_an_answer_is_given_up_in_time() -> None:
    hopeless = {**dict.fromkeys(range(1, 31)), 31: 1, 32: 1, 33: 34, 34: None}
    after = filled(hopeless)
    assert list(after) == list(hopeless)
