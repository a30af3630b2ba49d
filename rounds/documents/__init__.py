"""What leaves as a file: a self-assessment as PDF, as Word and in the officers' spreadsheets."""

from rounds.documents.naming import self_assessment_filename
from rounds.documents.pdf import render_self_assessment_pdf
from rounds.documents.word import WORD_TYPE, self_assessment_docx

__all__ = [
    "WORD_TYPE",
    "render_self_assessment_pdf",
    "self_assessment_docx",
    "self_assessment_filename",
]
