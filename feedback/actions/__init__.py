from feedback.actions.findings import change_finding, delete_finding, record_finding
from feedback.actions.issue import issue_all_letters, issue_letter, seal_letter
from feedback.actions.letters import (
    approve_letter,
    draft_letter,
    edit_letter,
    reply_on_accuracy,
    send_letter_back,
    send_letter_to_host,
)
from feedback.actions.reads import read_letter

__all__ = [
    "approve_letter",
    "change_finding",
    "delete_finding",
    "draft_letter",
    "edit_letter",
    "issue_all_letters",
    "issue_letter",
    "read_letter",
    "record_finding",
    "reply_on_accuracy",
    "seal_letter",
    "send_letter_back",
    "send_letter_to_host",
]
