from hypothesis import given
from hypothesis import strategies as st

from feedback.queries.alike import likely_pairs

SAID = {
    1: "The duty desk rings referrers back within the hour, and they told us so.",
    2: "Referrers said that the duty desk is ringing them back within an hour.",
    3: "Supervision is monthly; most records do not show what was decided in it.",
    4: "Records of supervision rarely show decisions, though it happens monthly.",
    5: "Foster carers feel listened to by the fostering team.",
    6: "Care leavers are proud of the new hub in the market square.",
}


def test_texts_that_say_the_same_in_other_words_are_suggested_and_no_others() -> None:
    pairs = likely_pairs(SAID)
    assert {(pair.first, pair.second) for pair in pairs} == {(1, 2), (3, 4)}
    assert {"duty", "desk"} <= set(next(p for p in pairs if p.first == 1).shared)


def test_the_same_text_twice_is_as_alike_as_can_be() -> None:
    (pair,) = (pair for pair in likely_pairs({**SAID, 7: SAID[5]}) if pair.second == 7)
    assert (pair.first, pair.score) == (5, 1.0)


def test_words_that_every_text_holds_count_for_little() -> None:
    opening = "The team saw that social workers in this council"
    said = {
        1: f"{opening} visit weekly",
        2: f"{opening} carry laptops everywhere",
        3: f"{opening} trust their managers",
        4: f"{opening} know thresholds",
    }
    assert likely_pairs(said) == []


def test_long_texts_that_all_say_the_same_are_looked_at_in_no_time() -> None:
    letters = "bcdfghjkmnpq"
    words = " ".join(
        f"{one}{two}{three}word" for one in letters for two in letters for three in letters
    )
    assert likely_pairs(dict.fromkeys(range(600), words)) == []
    assert likely_pairs({1: words, 2: words})


@given(st.dictionaries(st.integers(1, 99), st.text(max_size=80), max_size=8))
def test_any_texts_give_each_pair_once_with_a_score_up_to_one(said: dict[int, str]) -> None:
    pairs = likely_pairs(said, at_least=0)
    keys = [(pair.first, pair.second) for pair in pairs]
    assert len(keys) == len(set(keys))
    assert all(first < second for first, second in keys)
    assert all(0 <= pair.score <= 1 for pair in pairs)
