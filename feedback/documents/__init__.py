"""What leaves as a file."""

from feedback.documents.letters import letter_filename, render_letter_pdf
