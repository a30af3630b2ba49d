from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from feedback.models import Letterhead
from feedback.queries.letterheads import PictureChosen, lines_of
from peerchallenge.shared.fields import LongTextField
from peerchallenge.shared.forms import GovForm
from peerchallenge.shared.uploads import UploadRefused
from peerchallenge.shared.uploads.pictures import MOST_KILOBYTES, clean_picture

MOST_LINES, LONGEST_LINE = 4, 90


def _picture(label: str) -> forms.FileField:
    return forms.FileField(
        label=label,
        required=False,
        max_length=None,
        allow_empty_file=True,
        help_text=f"A PNG or JPEG picture, up to {MOST_KILOBYTES} KB.",
        widget=forms.FileInput({"accept": ".png,.jpg,.jpeg"}),
    )


class LetterheadForm(GovForm):
    """The lines of an address, a logo and a signature; `seen` is what the page was drawn from."""

    submit_label = "Save the letterhead"
    address = LongTextField(
        label="Address and how to reach the board (optional)",
        help_text=f"At most {MOST_LINES} lines, below the board’s name.",
        required=False,
        rows=4,
    )
    logo = _picture("Choose a logo (optional)")
    logo_says = forms.CharField(
        label="What the logo shows",
        help_text="For people who do not see it, such as “Logo of the board”.",
        required=False,
        max_length=120,
    )
    logo_off = forms.BooleanField(label="Take the logo off", required=False)
    signature = _picture("Choose a signature (optional)")
    signature_says = forms.CharField(
        label="Whose signature it is",
        help_text="Name and post. They are printed below it, after the lead reviewer’s name.",
        required=False,
        max_length=120,
    )
    signature_off = forms.BooleanField(label="Take the signature off", required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    look = {
        "address": {"label_size": "m"},
        "logo": {"noun": "the logo", "label_size": "m"},
        "signature": {"noun": "the signature", "label_size": "m"},
    }

    def __init__(self, data: Any = None, files: Any = None, *, head: Letterhead, **kwargs: Any):
        self.head = head
        self.cleaned: dict[str, bytes] = {}
        kwargs["initial"] = {
            "address": head.address,
            "logo_says": head.logo_says,
            "signature_says": head.signature_says,
            "seen": head.edits,
        }
        super().__init__(data, files, **kwargs)

    def build_layout(self) -> Any:
        """Nothing can be taken off that is not there."""
        for name in ("logo", "signature"):
            if getattr(self.head, name):
                self.fields[name].label = f"Choose another {name} (optional)"
            else:
                del self.fields[f"{name}_off"]
        return super().build_layout()

    def clean_address(self) -> str:
        lines = [line for line in lines_of(self.cleaned_data["address"]) if line]
        if len(lines) > MOST_LINES:
            raise ValidationError(f"The address must be {MOST_LINES} lines or fewer")
        if any(len(line) > LONGEST_LINE for line in lines):
            raise ValidationError(f"Each line must be {LONGEST_LINE} characters or fewer")
        return "\n".join(lines)

    def clean_logo(self) -> None:
        self._look_into("logo")

    def clean_signature(self) -> None:
        self._look_into("signature")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, missing in (
            ("logo", "Enter what the logo shows, for people who do not see it"),
            ("signature", "Enter whose signature it is"),
        ):
            shown, says = name in self.cleaned or self._stays(name), cleaned.get(f"{name}_says")
            if self.has_error(name):
                continue
            if shown and not says:
                self.add_error(f"{name}_says", missing)
            elif says and not shown and not cleaned.get(f"{name}_off"):
                self.add_error(name, f"Choose the {name} that this is about, or clear what it says")
        if self.errors:
            self._ask_again()
        return cleaned

    def details(self) -> dict[str, Any]:
        """What the action is to be given."""
        return {
            "address": self.cleaned_data["address"],
            "logo": self._chosen("logo"),
            "signature": self._chosen("signature"),
            "seen": self.cleaned_data["seen"],
        }

    def show_theirs(self, head: Letterhead) -> None:
        """What was typed stays; the next press counts as having seen what stands now."""
        self.data = self.data.copy()
        self.data["seen"] = str(head.edits)

    def _stays(self, name: str) -> bool:
        return bool(getattr(self.head, name)) and not self.cleaned_data.get(f"{name}_off")

    def _chosen(self, name: str) -> PictureChosen:
        new = self.cleaned.get(name, b"")
        keep = not new and self._stays(name)
        return PictureChosen(self.cleaned_data[f"{name}_says"], new, keep)

    def _ask_again(self) -> None:
        """No browser sends a file twice, so a good one goes with the page that has a fault."""
        for name in self.cleaned:
            if not self.has_error(name):
                self.add_error(name, f"Choose the {name} again: it is kept once the rest is right")

    def _look_into(self, name: str) -> None:
        file: UploadedFile | None = self.cleaned_data.get(name)
        if not file:
            return
        try:
            self.cleaned[name] = clean_picture(file, getattr(file, "called", "") or file.name or "")
        except UploadRefused as refused:
            raise ValidationError(f"{refused.reason}. Then choose it here again") from refused
