from dataclasses import replace

from bench.sample_letters import sample_letter
from feedback.models.content import Activity, LetterContent, LetterPart, LineAnswered, ThemeFindings
from feedback.queries import places_of

BARE = LetterContent("SW-2027-009", "Dorset", "Swindon", "adoption", "The board", "2026-27")
TEXT = "Thank you.\n- one\n- two\nGoodbye."
THEMES = (
    ThemeFindings("Early help", ("Warm.",), ("Slow.", "Thin."), ("A rota.",)),
    ThemeFindings("Early  help!", (), ("Again.",)),
)


def said(content: LetterContent) -> list[tuple[str, str]]:
    return [(found.place, found.text) for found in places_of(content)]


def test_every_paragraph_item_and_finding_of_an_earlier_letter_has_its_place() -> None:
    content = replace(
        BARE,
        opening=(LetterPart("Opening", TEXT),),
        themes=THEMES,
        closing=(LetterPart("Opening", "Twice the heading."),),
    )
    assert said(content) == [
        ("face:title", "Peer challenge feedback: adoption"),
        ("face:salutation", "Dear Director"),
        ("part:opening:1", "Thank you."),
        ("part:opening:2:1", "one"),
        ("part:opening:2:2", "two"),
        ("part:opening:3", "Goodbye."),
        ("finding:early-help:strength:1", "Warm."),
        ("finding:early-help:area:1", "Slow."),
        ("finding:early-help:area:2", "Thin."),
        ("finding:early-help:good:1", "A rota."),
        ("finding:early-help-2:area:1", "Again."),
        ("part:opening-2:1", "Twice the heading."),
    ]


def test_in_a_whole_letter_what_flows_in_stands_in_the_order_of_its_parts() -> None:
    content = replace(
        BARE,
        parts=(
            LetterPart("Good practice", "To share:", "good_practice"),
            LetterPart("", "", "findings"),
            LetterPart("What we did", "", "activity"),
            LetterPart("Your questions", "", "lines"),
        ),
        themes=THEMES[:1],
        activity=(Activity("interviews", 12),),
        lines=(LineAnswered("Is help early?", ("For whom?",), areas=("Not yet.",)),),
    )
    assert said(content)[2:] == [
        ("part:good-practice:1", "To share:"),
        ("finding:early-help:good:1", "A rota."),
        ("finding:early-help:strength:1", "Warm."),
        ("finding:early-help:area:1", "Slow."),
        ("finding:early-help:area:2", "Thin."),
        ("activity:1", "12 interviews"),
        ("line:1:question", "Is help early?"),
        ("line:1:limb:1", "For whom?"),
        ("line:1:area:1", "Not yet."),
    ]


def test_no_two_paragraphs_of_a_long_letter_share_a_place_that_fits_its_column() -> None:
    named = [found.place for found in places_of(sample_letter(3))]
    long = replace(BARE, themes=(ThemeFindings("Ärger " * 60, areas=("x",) * 200),))
    named_long = [found.place for found in places_of(long)]
    assert len(set(named)) == len(named) > 20
    assert len(set(named_long)) == 202
    assert max(map(len, [*named, *named_long])) <= 80
