"""Several challengers of one host, as one challenge."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from rounds.matching.challenges import Given, Hosted, challenges_from


def group(*members: str) -> list[Given[str]]:
    return [Given(host, one) for host, one in permutations(members, 2)]


def test_one_challenger_is_the_first_and_has_no_fellows() -> None:
    assert challenges_from([Given("b", "c"), Given("a", "b")]) == [
        Hosted("a", "b"),
        Hosted("b", "c"),
    ]


def test_in_a_group_each_is_first_for_the_one_before_it() -> None:
    found = challenges_from(group("a", "b", "c", "d"))
    assert {one.host: one.first for one in found} == {"a": "b", "b": "c", "c": "d", "d": "a"}
    assert found[0].fellows == (("c", "challenger"), ("d", "challenger"))


def test_in_a_panel_a_reader_is_first_and_the_moderator_last() -> None:
    found = challenges_from(
        [Given(4, 1, "moderator"), Given(4, 3, "reader"), Given(4, 2, "reader")]
    )
    assert found == [Hosted(4, 2, ((3, "reader"), (1, "moderator")))]


def test_where_one_must_lead_for_two_hosts_it_does() -> None:
    found = challenges_from([Given("a", "c"), Given("b", "c")])
    assert [one.first for one in found] == ["c", "c"]
    again = challenges_from([Given("a", "c"), Given("b", "c")], {"b": "gone"})
    assert [one.first for one in again] == ["c", "c"]


def test_a_first_who_still_challenges_stays_first() -> None:
    found = challenges_from(group("a", "b", "c"), {"a": "c", "b": "x"})
    assert {one.host: one.first for one in found} == {"a": "c", "b": "a", "c": "b"}


def test_someone_gives_way_so_that_all_have_another() -> None:
    pairs = [Given("a", "x"), Given("a", "y"), Given("b", "x")]
    assert {one.host: one.first for one in challenges_from(pairs)} == {"a": "y", "b": "x"}


hosts = st.dictionaries(
    st.integers(0, 6),
    st.dictionaries(
        st.integers(10, 18), st.sampled_from(["reader", "moderator", "challenger"]), min_size=1
    ),
    max_size=6,
)


@given(hosts, st.randoms())
def test_everybody_keeps_its_part_and_the_order_does_not_matter(
    parts: dict[int, dict[int, str]], random: object
) -> None:
    pairs = [Given(host, one, part) for host, row in parts.items() for one, part in row.items()]
    found = challenges_from(pairs)
    random.shuffle(pairs)  # type: ignore[attr-defined]
    assert challenges_from(pairs) == found
    assert {one.host: {one.first, *dict(one.fellows)} for one in found} == {
        host: set(row) for host, row in parts.items()
    }
    for one in found:
        row = parts[one.host]
        assert row[one.first] != "moderator" or set(row.values()) == {"moderator"}
        assert all(row[fellow] == part for fellow, part in one.fellows)
