from __future__ import annotations

from peerchallenge.shared.fields import LongTextField
from peerchallenge.shared.forms import GovForm


class CommentForm(GovForm):
    """What a colleague is told when a section goes back to them."""

    comment = LongTextField(
        label="What is still to be done?",
        help_text="They read this beside the section. The e-mail only tells them that it is back.",
        max_words=300,
        rows=5,
    )
    look = {"comment": {"noun": "what is still to be done", "label_size": "m"}}
