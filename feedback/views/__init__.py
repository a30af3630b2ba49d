from feedback.views.accuracy import letter_accuracy
from feedback.views.checking import letter_approve, letter_send_back
from feedback.views.concerns import (
    challenge_concern,
    concern,
    concern_acknowledge,
    concern_told,
)
from feedback.views.correcting import letter_correct, letter_give_up
from feedback.views.details import letter_details
from feedback.views.files import letter_docx, letter_large_print
from feedback.views.findings import (
    challenge_findings,
    challenge_findings_words,
    finding_delete,
    finding_edit,
)
from feedback.views.findings_work import (
    challenge_findings_alike,
    challenge_findings_merge,
    challenge_findings_order,
    finding_apart,
    finding_source_remove,
    finding_sources,
)
from feedback.views.host_texts import letter_summary, letter_thanks, letter_thanks_send
from feedback.views.independent import (
    challenge_independent_begin,
    challenge_independent_done,
    challenge_independent_end,
)
from feedback.views.issuing import (
    round_letter_issue,
    round_letters,
    round_letters_issue,
    round_letters_progress,
    round_letters_retry,
)
from feedback.views.letterheads import (
    letterhead,
    letterhead_logo,
    letterhead_signature,
)
from feedback.views.points import letter_points
from feedback.views.published import published_letter, published_letters, published_pdf
from feedback.views.reading import letter, letter_pdf
from feedback.views.redacting import (
    letter_host_file,
    letter_redact,
    letter_redact_back,
    letter_redact_make,
    letter_redact_preview,
    letter_redacted,
)
from feedback.views.sharing import (
    letter_reads,
    letter_share,
    letter_share_with,
    letter_share_withdraw,
    letters_shared,
)
from feedback.views.templates import (
    letter_template,
    letter_template_begin,
    letter_template_discard,
    letter_template_preview,
    letter_template_release,
    letter_templates,
)
from feedback.views.verifying import verify
from feedback.views.writing import (
    letter_beside,
    letter_draft,
    letter_edit,
    letter_hand_over,
    letter_send,
)
