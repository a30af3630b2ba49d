from feedback.queries.composing import (
    fill,
    letter_content,
    missing_from_letter,
    placeholders,
    reference_of,
    template_parts,
)
from feedback.queries.deadlines import reply_due, reply_due_if_sent, reply_overdue
from feedback.queries.findings import findings_page, last_theme, themes_of
from feedback.queries.issuing import (
    letter_of_round,
    progress_of,
    recipients,
    render_effects,
    round_letters,
)
from feedback.queries.reading import content_for, letter_page, recipient_of

__all__ = [
    "content_for",
    "fill",
    "findings_page",
    "last_theme",
    "letter_content",
    "letter_of_round",
    "letter_page",
    "missing_from_letter",
    "placeholders",
    "progress_of",
    "recipient_of",
    "recipients",
    "reference_of",
    "render_effects",
    "reply_due",
    "reply_due_if_sent",
    "reply_overdue",
    "round_letters",
    "template_parts",
    "themes_of",
]
