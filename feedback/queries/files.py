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
class FileToTake:
    """The letter in one shape, as its page offers it; no size until it is made."""

    title: str
    type: str
    url_name: str
    size: int | None = None


def files_of(letter: Letter) -> list[FileToTake]:
    """The sealed PDF, and what there is beside it; the bytes are not fetched."""
    if not letter.is_sealed:
        return []
    sealed = Letter.objects.filter(pk=letter.pk).order_by().annotate(size=Length("pdf"))
    made = LetterFile.objects.made().filter(letter=letter, kind__in=BESIDE).order_by()
    sizes = dict(made.annotate(size=Length("data")).values_list("kind", "size"))
    large, word = (sizes.get(kind) for kind in BESIDE)
    return [
        FileToTake("The letter", "PDF", "letter_pdf", sealed.values_list("size", flat=True)[0]),
        FileToTake("In large print", "PDF", "letter_large_print", large),
        FileToTake("For your own papers", "Word", "letter_docx", word),
    ]


def file_stands(file: LetterFile | None) -> str:
    """“made”, “failed” after the last try, or “making”; nothing where none was asked for."""
    if file is None:
        return ""
    if file.made_at:
        return "made"
    tried = Effect.objects.filter(task=MAKE, argument=file.pk).order_by("-pk").first()
    return "failed" if tried and tried.state == EffectState.FAILED else "making"
