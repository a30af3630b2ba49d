"""Findings and letters: each verb of the record and each promise, in words."""

from __future__ import annotations

VERBS_OF_LETTERS: dict[str, str] = {
    "finding.recorded": "recorded a finding for {about}",
    "finding.changed": "changed a finding for {about}",
    "finding.deleted": "deleted a finding for {about}",
    "findings.read": "read the findings for {about}",
    "letter.drafted": "began the letter to {about}",
    "letter.edited": "wrote in the letter to {about}",
    "letter.sent_to_host": "sent the letter to {about} for a check of its facts",
    "letter.accuracy_replied": "replied on the facts of the letter to {about}",
    "letter.handed_over": "passed the letter to {about} on for approval",
    "letter.approved": "approved the letter to {about}",
    "letter.sent_back": "sent the letter to {about} back to its team",
    "letter.issue_requested": "had the letter to {about} issued",
    "letter.rendering_retried": "had the PDF of the letter to {about} made again",
    "letter.issued": "made and sealed the PDF of the letter to {about}",
    "letter.read": "read the letter to {about}",
    "letter.downloaded": "downloaded the letter to {about}",
}
MESSAGES_OF_LETTERS: dict[str, tuple[str, str]] = {
    "feedback.ask_host_for_accuracy": (
        "letter",
        "Request to check the letter for accuracy, to {host}",
    ),
    "feedback.tell_lead_of_reply": ("letter", "{host} has replied, to the lead reviewer"),
    "feedback.ask_for_approval": ("letter", "Request to approve the letter to {host}"),
    "feedback.tell_officers_approved": (
        "letter",
        "The letter to {host} is approved, to the board’s officers",
    ),
    "feedback.tell_lead_sent_back": (
        "letter",
        "The letter to {host} is sent back, to the lead reviewer",
    ),
    "feedback.render_letter": ("letter", "The PDF of the letter to {host}"),
    "feedback.tell_host_issued": ("letter", "The letter is issued, to {host}"),
    "feedback.tell_team_issued": ("letter", "The letter to {host} is issued, to its team"),
}
