"""Files beside the letter's PDF: for each kind what makes it, and what it is called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.text import slugify

from feedback.documents.host_texts import CALLED, redacted_pdf, summary_docx, thanks_pdf
from feedback.documents.letters import render_large_print
from feedback.documents.word import letter_docx
from feedback.models import Letter, LetterContent, LetterFile
from feedback.states import FileKind

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Made:
    """How a kind of file is made, and how it is handed over."""

    render: Callable[[LetterFile], bytes]
    called: str
    ending: str = "pdf"

    @property
    def media_type(self) -> str:
        return WORD if self.ending == "docx" else PDF


def of_the_letter(render: Callable[[LetterContent], bytes]) -> Callable[[LetterFile], bytes]:
    return lambda file: render(file.letter.frozen_content)


FILES: dict[FileKind, Made] = {
    FileKind.LARGE_PRINT: Made(of_the_letter(render_large_print), "feedback letter large print"),
    FileKind.WORD: Made(of_the_letter(letter_docx), "feedback letter", "docx"),
    # Of the host's own words, frozen when it asked for them.
    FileKind.REDACTED: Made(redacted_pdf, CALLED[FileKind.REDACTED]),
    FileKind.THANKS: Made(thanks_pdf, CALLED[FileKind.THANKS]),
    FileKind.SUMMARY: Made(summary_docx, CALLED[FileKind.SUMMARY], "docx"),
}


def render_file(file: LetterFile) -> bytes:
    return FILES[FileKind(file.kind)].render(file)


def file_name(letter: Letter, kind: FileKind) -> str:
    """What the downloaded file is called: letters, digits and hyphens only."""
    made, content = FILES[kind], letter.frozen_content
    return slugify(f"{content.reference} {content.host} {made.called}") + f".{made.ending}"
