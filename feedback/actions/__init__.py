from feedback.actions.accuracy import (
    AnsweredMeanwhile,
    NotedMeanwhile,
    PointAnswer,
    answer_points,
    count_silence_as_agreement,
    note_point,
    reply_on_accuracy,
)
from feedback.actions.carrying import carry_areas_forward
from feedback.actions.concerns import (
    acknowledge_concern,
    chase_concern,
    raise_concern,
    say_concern_told,
)
from feedback.actions.correction import begin_correction, drop_correction
from feedback.actions.details import confirm_letter_details, confirm_noted_details
from feedback.actions.files import download_file, keep_file, want_file, want_file_of
from feedback.actions.findings import (
    FindingChanged,
    change_finding,
    delete_finding,
    record_finding,
)
from feedback.actions.host_texts import (
    HostTextChanged,
    confirm_host_text_details,
    make_summary,
    save_host_text,
    send_thanks,
)
from feedback.actions.independent import (
    begin_independent_phase,
    end_independent_phase,
    say_done,
)
from feedback.actions.issue import (
    issue_all_letters,
    issue_letter,
    retry_all_renderings,
    retry_rendering,
    seal_letter,
)
from feedback.actions.letterheads import LetterheadChanged, change_letterhead
from feedback.actions.letters import (
    ChangedMeanwhile,
    OverwriteRefused,
    approve_letter,
    draft_letter,
    edit_letter,
    hand_letter_over,
    send_letter_back,
    send_letter_to_host,
)
from feedback.actions.merging import merge_findings, take_finding_apart
from feedback.actions.ordering import move_finding
from feedback.actions.reads import read_findings, read_letter
from feedback.actions.reminding import remind_of_letter
from feedback.actions.sharing import (
    count_public_read,
    leave_passages_out,
    make_redacted_version,
    put_passage_back,
    read_host_file,
    read_redacted,
    share_letter,
    withdraw_share,
)
from feedback.actions.sources import give_source, take_source_back
from feedback.actions.templates import (
    TemplateChanged,
    begin_letter_template,
    discard_letter_template,
    edit_letter_template,
    release_letter_template,
)
