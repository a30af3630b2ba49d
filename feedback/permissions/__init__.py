"""Who may write, check, approve and issue, when, and what we tell them if not."""

from feedback.permissions.accuracy import answer_points, note_point, read_check
from feedback.permissions.concerns import (
    acknowledge_concern,
    know_of_concerns,
    raise_concern,
    say_concern_told,
)
from feedback.permissions.correction import begin_correction, drop_correction
from feedback.permissions.details import (
    details_settled,
    host_text_details_settled,
    noted_details_settled,
    settle_letter_details,
)
from feedback.permissions.findings import (
    begin_independent_phase,
    change_finding,
    end_independent_phase,
    give_source,
    merge_findings,
    move_finding,
    read_findings,
    record_another,
    record_finding,
    say_done,
    take_finding_apart,
    team_agrees,
)
from feedback.permissions.letterheads import change_letterhead
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
    read_beside,
    read_draft,
    read_replies,
    reply_on_accuracy,
    retry_rendering,
    send_letter_back,
    send_letter_to_host,
)
from feedback.permissions.sharing import (
    decide_sharing,
    make_redacted_version,
    read_thanks,
    redact_letter,
    see_reads,
    see_sharing,
    send_thanks,
    share_letter,
    withdraw_share,
    write_summary,
    write_thanks,
)
from feedback.permissions.templates import (
    edit_letter_template,
    read_letter_templates,
    write_letter_templates,
)
