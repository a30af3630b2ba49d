"""Moments at which little is otherwise than at others: everybody asks for these pages, and no more.

Their rows stand in `after_issue.csv`, `alone.csv` and `postponed.csv`.
"""

from __future__ import annotations

AFTER_ISSUE = (
    *("home", "challenge", "letter", "letter_pdf", "letter_docx", "letter_points", "letter_share"),
    *("share_with", "share_withdraw", "letter_reads", "letter_redact", "letter_redact_preview"),
    *("letter_redacted", "letter_correct", "letters_shared", "published_letters"),
    *("published_letter", "published_pdf"),
)
FOCUSED = {
    "postponed": (
        *("home", "challenge", "challenge_postpone", "challenge_dates", "challenge_dates_choose"),
        *("challenge_dates_again", "challenge_days_object", "challenge_replace"),
        *("challenge_cancel", "challenge_findings", "challenge_concern", "self_assessment"),
    ),
    "alone": (
        *("home", "challenge", "challenge_findings", "challenge_findings_words"),
        *("challenge_findings_alike", "challenge_findings_merge", "challenge_findings_order"),
        *("challenge_independent_begin", "challenge_independent_done"),
        *("challenge_independent_end", "finding_edit", "finding_delete", "finding_sources"),
        "letter_draft",
    ),
    "letter_published": AFTER_ISSUE,
    "letter_correcting": (
        *("home", "challenge", "letter", "letter_edit", "letter_beside", "letter_points"),
        *("letter_accuracy", "letter_send", "letter_hand_over", "letter_approve", "letter_details"),
        *("letter_correct", "letter_give_up", "letter_pdf", "letter_docx", "letter_share"),
        *("letter_redacted", "letters_shared", "finding_edit", "finding_delete"),
        "challenge_findings_merge",
    ),
    "letter_corrected": AFTER_ISSUE,
}
# What must be seen on these pages by all who may.
SHOWN = {
    "postponed": {"tokpostponed"},
    "alone": {"tokfinding", "tokalone"},
    "letter_published": {"tokwording", "tokletter"},
    "letter_correcting": {"tokcorrected", "tokwhycorrected"},
    "letter_corrected": {"tokwording"},
}
