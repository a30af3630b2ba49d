"""What leaves as a file."""

from feedback.documents.files import FILES, file_name, render_file
from feedback.documents.host_texts import published_name
from feedback.documents.letters import letter_filename, render_large_print, render_letter_pdf
from feedback.documents.word import letter_docx
