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
from feedback.queries.places import Place, places_of
from feedback.queries.reading import content_for, letter_page, recipient_of
