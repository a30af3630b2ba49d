"""Who may write, check, approve and issue, when, and what we tell them if not."""

from feedback.permissions.findings import change_finding, read_findings, record_finding
from feedback.permissions.letters import (
    approve_letter,
    as_host_only,
    download_letter,
    draft_letter,
    edit_letter,
    follow_letters,
    hand_letter_over,
    issue_letter,
    issue_letters,
    read_draft,
    read_replies,
    reply_on_accuracy,
    retry_rendering,
    send_letter_back,
    send_letter_to_host,
)
