"""What leaves as a file: a self-assessment as PDF and as Word, a visit as calendar entries."""

from peerchallenge.shared.word import WORD_TYPE
from rounds.documents.feeds import calendar_feed
from rounds.documents.naming import self_assessment_filename
from rounds.documents.pdf import render_self_assessment_pdf
from rounds.documents.timetables import render_timetable_pdf, timetable_filename
from rounds.documents.visits import no_files, visit_files
from rounds.documents.word import self_assessment_docx

__all__ = [
    "WORD_TYPE",
    "calendar_feed",
    "no_files",
    "render_self_assessment_pdf",
    "render_timetable_pdf",
    "self_assessment_docx",
    "self_assessment_filename",
    "timetable_filename",
    "visit_files",
]
