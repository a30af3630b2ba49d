from feedback.actions.carrying import carry_areas_forward
from feedback.actions.findings import (
    FindingChanged,
    change_finding,
    delete_finding,
    record_finding,
)
from feedback.actions.issue import (
    issue_all_letters,
    issue_letter,
    retry_rendering,
    seal_letter,
)
from feedback.actions.letters import (
    OverwriteRefused,
    approve_letter,
    count_silence_as_agreement,
    draft_letter,
    edit_letter,
    hand_letter_over,
    reply_on_accuracy,
    send_letter_back,
    send_letter_to_host,
)
from feedback.actions.reads import read_findings, read_letter
