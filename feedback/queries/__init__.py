from feedback.queries.accuracy import (
    Check,
    Row,
    ThreadPoint,
    accuracy_check,
    accuracy_thread,
    is_open,
    place_in,
    seen_of,
    unanswered_points,
)
from feedback.queries.beside import changes_since_saved, findings_beside
from feedback.queries.clock import (
    Due,
    Reminding,
    due_said,
    dues_of,
    letter_reminders_to_come,
    to_remind,
    with_letters_to_come,
)
from feedback.queries.composing import letter_content, missing_from_letter, reference_of
from feedback.queries.concerns import (
    concern_counts,
    concerns_of_round,
    concerns_to_chase,
    directors_of_host,
    is_open_long,
    is_to_be_chased,
    lead_of,
    open_for,
    own_open_concerns,
)
from feedback.queries.deadlines import reply_due, reply_due_if_sent, reply_overdue
from feedback.queries.details import (
    host_text_details_to_settle,
    letter_details,
    letter_details_to_settle,
    noted_details_to_settle,
)
from feedback.queries.files import file_stands, files_of
from feedback.queries.findings import (
    Shown,
    child_data_warnings,
    findings_page,
    group_of,
    last_noted,
    themes_of,
)
from feedback.queries.findings_work import (
    alike_in,
    alone_in,
    ordered_in,
    sessions_to_name,
    sources_of,
)
from feedback.queries.issuing import (
    letter_of_round,
    recipients,
    render_effects,
    round_letters,
)
from feedback.queries.letterheads import letterhead_of, letterhead_words, pictures_of
from feedback.queries.places import Place, places_of
from feedback.queries.progress import progress_of
from feedback.queries.reading import content_for, letter_page, read_before, recipient_of
from feedback.queries.templates import missing_from_template
from feedback.queries.verifying import Standing, standing_of
from feedback.queries.versions import (
    predecessor_of,
    successor_of,
    versions_of,
)
from feedback.queries.wording import (
    fill,
    parts_of_format,
    placeholders,
    template_in_use,
    template_parts,
)
