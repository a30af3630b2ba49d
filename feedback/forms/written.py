from __future__ import annotations

from typing import Any

from django.core.validators import MaxLengthValidator

from peerchallenge.shared.fields import LongTextField, count_words
from peerchallenge.shared.markup import plain_text

LONGEST = 20_000


class WrittenField(LongTextField):
    """Paragraphs and lists of a letter, as plain text; markup that is pasted in is taken out."""

    def __init__(self, text: str = "", **kwargs: Any) -> None:
        rows = count_words(text) // 11 + text.count("\n") + 1
        super().__init__(
            required=False,
            initial=text,
            rows=max(4, min(16, rows)),
            validators=[MaxLengthValidator(LONGEST)],
            **kwargs,
        )

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return plain_text(text) if isinstance(text, str) and len(text) <= LONGEST else text
