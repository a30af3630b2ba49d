"""Two places exchanged, in every topology; and who does which part in a panel."""

from collections import Counter
from itertools import permutations

import pytest

from rounds.matching.challenges import MODERATOR, READER
from rounds.matching.places import NotSwapped, Parts, Seat, groups_of, parted, swapped, together
from rounds.matching.problem import DIRECTED, GROUPS, PAIRS, PANEL, Arc, Authority, Problem


def problem(topology: str, ids: str, **more: object) -> Problem:
    return Problem(
        topology,
        tuple(Authority(one, one.upper()) for one in ids),
        tuple(Arc(a, b, 1) for a, b in permutations(ids, 2)),
        **more,  # type: ignore[arg-type]
    )


RING: Parts = {("a", "b"): "challenger", ("b", "c"): "challenger", ("c", "a"): "challenger"}
FOURS = problem(GROUPS, "abcdefgh", group_sizes=(3, 4))


def groups(*members: str) -> Parts:
    return together(members)


def test_two_challengers_change_hosts() -> None:
    ring = {**RING, ("d", "e"): "challenger"}
    found = swapped(problem(DIRECTED, "abcde"), ring, Seat("a", "b"), Seat("d", "e"))
    assert set(found) == {("a", "e"), ("b", "c"), ("c", "a"), ("d", "b")}


def test_into_an_empty_place_one_moves() -> None:
    found = swapped(problem(DIRECTED, "abcd"), RING, Seat("a", "b"), Seat("d", None))
    assert set(found) == {("b", "c"), ("c", "a"), ("d", "b")}
    found = swapped(problem(DIRECTED, "abcd"), RING, Seat(None, "d"), Seat("a", "b"))
    assert set(found) == {("a", "d"), ("b", "c"), ("c", "a")}


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (Seat("a", "b"), Seat("b", "c"), "would challenge itself"),
        (Seat("a", None), Seat("b", None), "nobody sits on either place"),
        (Seat(None, "a"), Seat(None, "b"), "neither challenges anybody yet"),
        (Seat("a", "b"), Seat("a", None), ""),
    ],
)
def test_what_makes_no_sense_is_refused(one: Seat, other: Seat, why: str) -> None:
    if not why:
        assert swapped(problem(DIRECTED, "abc"), RING, one, other) == RING
        return
    with pytest.raises(NotSwapped, match=why):
        swapped(problem(DIRECTED, "abc"), RING, one, other)


def test_nobody_challenges_one_host_twice() -> None:
    two = {("a", "b"): "challenger", ("a", "c"): "challenger", ("d", "b"): "challenger"}
    with pytest.raises(NotSwapped, match=r"Not swapped: B challenges A already\."):
        swapped(
            problem(DIRECTED, "abcd", challengers_per_host=2), two, Seat("a", "c"), Seat("d", "b")
        )


PANELLED: Parts = {
    ("a", "b"): READER,
    ("a", "c"): READER,
    ("a", "d"): MODERATOR,
    ("e", "f"): READER,
    ("e", "g"): READER,
    ("e", "h"): MODERATOR,
}


def test_in_a_panel_the_part_stays_with_the_place() -> None:
    panel = problem(PANEL, "abcdefgh")
    found = swapped(panel, PANELLED, Seat("a", "b"), Seat("e", "h"))
    assert found["a", "h"] == READER
    assert found["e", "b"] == MODERATOR
    assert len(found) == 6
    own = swapped(panel, PANELLED, Seat("a", "b"), Seat("a", "d"))
    assert (own["a", "b"], own["a", "d"]) == (MODERATOR, READER)


def test_in_a_panel_an_empty_place_is_a_readers_first() -> None:
    panel = problem(PANEL, "abcdefgh")
    short = {pair: part for pair, part in PANELLED.items() if pair != ("a", "c")}
    found = swapped(panel, short, Seat("a", None), Seat(None, "h"))
    assert found["a", "h"] == READER
    last = swapped(
        panel,
        {pair: part for pair, part in PANELLED.items() if pair != ("a", "d")},
        Seat("a", None),
        Seat(None, "h"),
    )
    assert last["a", "h"] == MODERATOR


def test_two_pairs_exchange_partners() -> None:
    found = swapped(problem(PAIRS, "abcd"), groups("ab", "cd"), Seat("a", "b"), Seat("c", "d"))
    assert groups_of(found) == [("a", "d"), ("b", "c")]
    assert len(found) == 4


def test_whoever_is_alone_takes_a_partners_place() -> None:
    found = swapped(problem(PAIRS, "abc"), groups("ab"), Seat(None, "c"), Seat("a", "b"))
    assert groups_of(found) == [("a", "c")]


def test_two_members_change_groups_of_uneven_sizes() -> None:
    found = swapped(FOURS, groups("abcd", "efg"), Seat("a", "d"), Seat("e", "g"))
    assert groups_of(found) == [("a", "b", "c", "g"), ("d", "e", "f")]


def test_a_member_moves_to_a_group_with_a_place_more() -> None:
    found = swapped(FOURS, groups("abcd", "efg"), Seat("e", None), Seat("a", "d"))
    assert groups_of(found) == [("a", "b", "c"), ("d", "e", "f", "g")]


def test_whoever_is_in_no_group_joins_one() -> None:
    found = swapped(FOURS, groups("abcd", "efg"), Seat(None, "h"), Seat("e", None))
    assert groups_of(found) == [("a", "b", "c", "d"), ("e", "f", "g", "h")]


def test_two_of_one_group_are_together_already() -> None:
    with pytest.raises(NotSwapped, match="A, B, C and D are together already"):
        swapped(FOURS, groups("abcd", "efg"), Seat("a", "d"), Seat("a", "b"))
    with pytest.raises(NotSwapped, match="together already"):
        swapped(FOURS, groups("abc", "efg"), Seat("a", None), Seat("e", None))


def test_each_moderates_once_where_that_can_be() -> None:
    panel = problem(PANEL, "abcd")
    found = parted(panel, permutations("abcd", 2))
    assert Counter(found.values()) == {READER: 8, MODERATOR: 4}
    assert Counter(one for (_, one), part in found.items() if part == MODERATOR) == Counter("abcd")
    assert Counter(host for (host, _), part in found.items() if part == MODERATOR) == Counter(
        "abcd"
    )


def test_parts_stay_with_those_who_stay() -> None:
    panel = problem(PANEL, "abcdefgh")
    found = parted(panel, [("a", "b"), ("a", "h"), ("a", "d")], PANELLED)
    assert found == {("a", "b"): READER, ("a", "d"): MODERATOR, ("a", "h"): READER}
    found = parted(panel, [("a", "b"), ("a", "c"), ("a", "h")], PANELLED)
    assert found["a", "h"] == MODERATOR


def test_outside_a_panel_everybody_just_challenges() -> None:
    assert parted(problem(DIRECTED, "abc"), RING) == RING
    assert set(together(["abc"])) == set(permutations("abc", 2))
