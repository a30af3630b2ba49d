import pytest

from peerchallenge.shared.personal_data import find, fingerprint


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("943 476 5919 and 943 476 5918", [("nhs_number", "943 476 5919")]),
        ("NHS number: 9434765918", [("nhs_number", "9434765918")]),
        ("H801200001001, not J801200001001", [("pupil_number", "H801200001001")]),
        ("ab123456c but not BG123456C", [("national_insurance", "ab123456c")]),
        ("born on 3 May 2012, seen on 4 May 2012", [("date_of_birth", "3 May 2012")]),
        (
            "Child A’s brother, Young Person B",
            [("lettered_child", "Child A"), ("lettered_child", "Young Person B")],
        ),
        ("Mia (aged 7); children aged 7 to 11", [("name_and_age", "Mia (aged 7")]),
        ("EX1 1AA, and all of EX1", [("postcode", "EX1 1AA")]),
        ("ring 01632 960417, code 01632 960418", [("phone_number", "01632 960417")]),
        ("Case number: 204417", [("case_number", "204417")]),
        ("", []),
    ],
)
def test_each_kind_is_found_beside_what_looks_like_it(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert [(one.kind, one.text) for one in find(text)] == found


def test_what_is_found_stands_where_it_says() -> None:
    text = "We met Mia, 7, at EX1 1AA."
    assert [text[one.start : one.end] for one in find(text)] == ["Mia, 7", "EX1 1AA"]


def test_a_number_spaced_otherwise_has_the_same_fingerprint_and_another_number_has_not() -> None:
    plain, spaced, other = (
        fingerprint(find(text)[0]) for text in ("9434765919", "943 476 5919", "401 023 2137")
    )
    assert plain == spaced != other
