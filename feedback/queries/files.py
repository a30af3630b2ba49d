"""How far the files beside a letter's PDF are."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models.functions import Length

from feedback.models import Letter, LetterFile
from feedback.states import FileKind
from peerchallenge.outbox.models import Effect, EffectState

MAKE = "feedback.make_file"
BESIDE = (FileKind.LARGE_PRINT, FileKind.WORD)


@dataclass(frozen=True)
class FileBeside:
    """The letter in another shape, as its page offers it; no size until it is made."""

    kind: FileKind
    size: int | None = None

    @property
    def title(self) -> str:
        return TITLES[self.kind]

    @property
    def url_name(self) -> str:
        return "letter_docx" if self.kind == FileKind.WORD else "letter_large_print"

    @property
    def type(self) -> str:
        return "Word" if self.kind == FileKind.WORD else "PDF"


TITLES = {
    FileKind.LARGE_PRINT: "The letter in large print",
    FileKind.WORD: "The letter as a Word document",
}


def files_beside(letter: Letter) -> list[FileBeside]:
    made = LetterFile.objects.made().filter(letter=letter, kind__in=BESIDE).order_by()
    sizes = dict(made.annotate(size=Length("data")).values_list("kind", "size"))
    return [FileBeside(kind, sizes.get(kind)) for kind in BESIDE]


def pdf_size(letter: Letter) -> int:
    """Bytes of the sealed PDF, without fetching it."""
    found = Letter.objects.filter(pk=letter.pk).order_by()
    return found.annotate(size=Length("pdf")).values_list("size", flat=True)[0] or 0


def file_stands(file: LetterFile) -> str:
    """“made”, “failed” after the last try, or “making”."""
    if file.made_at:
        return "made"
    tried = Effect.objects.filter(task=MAKE, argument=file.pk).order_by("-pk").first()
    return "failed" if tried and tried.state == EffectState.FAILED else "making"
