import pytest

from peerchallenge.shared.answers import YES, Refused, no, yes_if


def test_yes_is_true_and_requires_nothing() -> None:
    YES.require()
    assert (bool(YES), YES.reason) == (True, "")


def test_no_is_false_and_refuses_with_its_sentence() -> None:
    with pytest.raises(Refused, match="Not today"):
        no("Not today.").require()
    assert not no("Not today.")


def test_a_refusal_without_a_sentence_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="sentence"):
        no("")


def test_both_must_say_yes_and_the_first_no_is_told() -> None:
    first, second = no("First."), no("Second.")
    assert [(a & b).reason for a in (YES, first) for b in (YES, second)] == [
        "",
        "Second.",
        "First.",
        "First.",
    ]


def test_one_yes_of_two_is_enough() -> None:
    assert [bool(a | b) for a in (YES, no("A.")) for b in (YES, no("B."))] == [
        True,
        True,
        True,
        False,
    ]


def test_yes_if_asks_the_condition() -> None:
    assert (bool(yes_if(True, "No.")), yes_if(False, "No.").reason) == (True, "No.")  # noqa: FBT003
