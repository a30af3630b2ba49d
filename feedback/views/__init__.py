from feedback.views.checking import letter_accuracy, letter_approve, letter_send_back
from feedback.views.findings import challenge_findings, finding_delete, finding_edit
from feedback.views.issuing import (
    round_letter_issue,
    round_letters,
    round_letters_issue,
    round_letters_progress,
)
from feedback.views.reading import letter, letter_pdf
from feedback.views.writing import letter_draft, letter_edit, letter_hand_over, letter_send
