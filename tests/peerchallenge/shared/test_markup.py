import pytest

from peerchallenge.shared.markup import plain_text


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("<p>One&nbsp;team.</p><p>Two &amp; three.</p>", "One team.\nTwo & three."),
        (
            "We saw:<ul><li>help <b>early</b></li><li>a rota</li></ul>",
            "We saw:\n- help early\n- a rota",
        ),
        ('<a href="javascript:x()">Here</a><script>alert(1)</script>', "Here"),
        ('<img src=x onerror="alert(1)"><div style="x">Words</div>', "Words"),
        ("<table><tr><td>12</td><td>visits</td></tr></table>", "12 visits"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("- typed\n- here\n<p>Pasted <b>words</b></p>", "- typed\n- here\nPasted words"),
    ],
)
def test_what_is_pasted_as_markup_is_kept_as_its_words(pasted: str, kept: str) -> None:
    assert plain_text(pasted) == kept


@pytest.mark.parametrize(
    "prose",
    [
        "fewer than <5 visits",
        "a < b > c",
        "- one\n- two\n\nThree.",
        "x <- y -> z",
        "- One\n- Two <b>",
        "",
    ],
)
def test_prose_stays_to_the_letter(prose: str) -> None:
    assert plain_text(prose) == prose
