from __future__ import annotations

import hashlib
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from feedback.queries.verifying import SHORT, WHOLE
from peerchallenge.shared.forms import GovForm, ParamsForm

MOST_MEGABYTES = 5
BETWEEN = re.compile(r"[\s:.-]+")
DIGITS = re.compile(rf"[0-9a-f]{{{SHORT}}}|[0-9a-f]{{{WHOLE}}}")


class FingerprintParams(ParamsForm):
    """What is asked about; none: the page asks."""

    of = forms.RegexField(DIGITS.pattern.join(("^(", ")$")), required=False)


class VerifyForm(GovForm):
    """A fingerprint that somebody typed, or the file they have."""

    submit_label = "Check the letter"
    fingerprint = forms.CharField(
        label="Fingerprint",
        help_text="The sixteen letters and digits at the foot of each page, such as "
        "0f3a 91bc 22d7 e640. The SHA-256 of the file, with 64 of them, is taken too.",
        required=False,
        max_length=200,
    )
    file = forms.FileField(
        label="Or choose the file",
        help_text=f"The PDF or Word file of the letter, up to {MOST_MEGABYTES} MB. We compare it "
        "with the letters that were issued, and do not keep it.",
        required=False,
        max_length=None,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".pdf,.docx"}),
    )
    look = {
        "fingerprint": {"noun": "the fingerprint", "autocomplete": "off"},
        "file": {"noun": "the file"},
    }

    def clean_fingerprint(self) -> str:
        typed = BETWEEN.sub("", self.cleaned_data["fingerprint"]).lower()
        if typed and not DIGITS.fullmatch(typed):
            raise ValidationError(
                f"The fingerprint must have {SHORT} or {WHOLE} characters: the digits 0 to 9 and "
                "the letters a to f"
            )
        return typed

    def clean_file(self) -> str:
        """The SHA-256 of its content; the file itself is let go."""
        file: UploadedFile | None = self.cleaned_data.get("file")
        if not file:
            return ""
        if (file.size or 0) > MOST_MEGABYTES * 1_000_000 or getattr(file, "not_kept", False):
            raise ValidationError(
                f"The file is larger than {MOST_MEGABYTES} MB, so it is none of our letters"
            )
        digest = hashlib.sha256()
        for block in file.chunks():
            digest.update(block)
        return digest.hexdigest()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("fingerprint") and not cleaned.get("file"):
            self.add_error("fingerprint", "Enter the fingerprint, or choose the file below")
        return cleaned

    @property
    def asked(self) -> str:
        """A file speaks for itself; what was typed beside it does not."""
        return str(self.cleaned_data["file"] or self.cleaned_data["fingerprint"])
