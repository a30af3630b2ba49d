from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from peerchallenge.shared.fields import ThreePartDateField
from peerchallenge.shared.forms import GovForm, ParamsForm
from peerchallenge.shared.uploads import MOST_MEGABYTES, Upload, UploadRefused, look

ENDINGS = ".pdf,.docx,.xlsx,.pptx,.png,.jpg,.jpeg"
NOT_KEPT = (
    "The file could not be kept, because our store is full or does not answer. "
    "Try again later; what you typed is still here"
)


class QuestionParams(ParamsForm):
    """The question that a document is attached to; none is the section."""

    question = forms.IntegerField(required=False, min_value=1, max_value=2**53)


class AboutEvidenceForm(GovForm):
    """What a document is called, and of when it is."""

    title = forms.CharField(label="What is it?", max_length=160)
    document_date = ThreePartDateField(
        label="Date of the document",
        help_text="The date on the document itself. Today’s date is kept beside it.",
    )
    submit_label = "Save"
    look = {
        "title": {"noun": "what the document is"},
        "document_date": {"noun": "the date of the document"},
    }

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        self.fields["document_date"].latest = timezone.localdate()


class ChangeEvidenceForm(AboutEvidenceForm):
    """`seen` is the mark of what stood there when the page was drawn."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    def __init__(self, data: Any = None, *, cancel_url: str, **kwargs: Any) -> None:
        self.cancel_url = cancel_url
        super().__init__(data, **kwargs)
        self.fields["document_date"].help_text = "The date on the document itself."

    def show_theirs(self, seen: str) -> None:
        """What was typed stays; the next press counts as having seen what stands now."""
        self.data = self.data.copy()
        self.data["seen"] = seen


class FileOrLinkForm(GovForm):
    """A document or, where it is public already, its address."""

    file = forms.FileField(
        label="Choose the document",
        required=False,
        max_length=None,
        allow_empty_file=True,
        help_text="PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx) or a picture (.png, .jpg), "
        f"up to {MOST_MEGABYTES} MB. No child’s name or number may be in it.",
        widget=forms.FileInput({"accept": ENDINGS}),
    )
    link = forms.URLField(
        label="Or the address of a document that is public already",
        help_text="It starts with https://",
        required=False,
        max_length=500,
        assume_scheme="https",
    )
    look = {"file": {"noun": "the document"}, "link": {"noun": "the address"}}

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        self.upload: Upload | None = None

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data.get("file")
        if not file:
            return None
        if getattr(file, "not_kept", False):
            raise ValidationError(NOT_KEPT)
        try:
            self.upload = look(file, getattr(file, "called", "") or file.name or "")
        except UploadRefused as refused:
            raise ValidationError(f"{refused.reason}. Then choose it here again") from refused
        return file

    def clean_link(self) -> str:
        link: str = self.cleaned_data.get("link") or ""
        if link and (urlsplit(link).scheme != "https" or "@" in urlsplit(link).netloc):
            raise ValidationError("Enter an address that starts with https://")
        return link

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if {"file", "link"} & set(self.errors):
            return cleaned
        if cleaned.get("file") and cleaned.get("link"):
            self.add_error("link", "Choose a document or enter an address, not both")
        elif not cleaned.get("file") and not cleaned.get("link"):
            self.add_error("file", "Choose the document, or enter its address below")
        return cleaned

    def details(self) -> dict[str, Any]:
        """What the action is to be given."""
        cleaned = self.cleaned_data
        return {
            "title": cleaned["title"],
            "link": cleaned["link"],
            "file": cleaned["file"],
            "upload": self.upload,
        }


class EvidenceForm(FileOrLinkForm, AboutEvidenceForm):
    """What bears out an answer, and of when it is."""

    submit_label = "Attach it"
    look = {**AboutEvidenceForm.look, **FileOrLinkForm.look}

    def details(self) -> dict[str, Any]:
        return {**super().details(), "document_date": self.cleaned_data["document_date"]}
