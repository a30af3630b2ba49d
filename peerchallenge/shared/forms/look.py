"""How one field of a form is to look, beyond what its widget says."""

from typing import Literal, TypedDict

Size = Literal["s", "m", "l", "xl", ""]


class Look(TypedDict, total=False):
    """Options of one field; a form keeps them by field name in `look`."""

    noun: str  # how errors name the answer: "the round’s name"
    label_size: Size  # of the label or legend; "" is regular weight
    heading: bool  # the label or legend is the page's h1 (one question a page)
    hide_label: bool  # for screen readers only (a table's cell)
    width: int | str  # of an input: 2, 3, 4, 5, 10, 20, 30 characters, or "full", "one-half" …
    rows: int
    prefix: str
    suffix: str
    inline: bool  # radios beside each other
    small: bool  # small radios or checkboxes
    hints: dict[str, str]  # value of a choice: its hint
    divider: str  # "or", before the last choice
    exclusive: str  # value of the checkbox that unticks the others
    empty: str  # words of a select's empty choice
    described_by: str  # id of something else on the page that explains this field
