"""Forms the sign-in library asks for, drawn and worded our way."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.contrib.auth.password_validation import validate_password

from authorities.models import User
from peerchallenge.shared.forms import GovForm
from peerchallenge.shared.forms.base import GovFormMixin

WHAT_IS_GOOD = (
    "At least 12 characters. Three words that have nothing to do with each other are good."
)


class PlainLabels(GovFormMixin):
    """The library repeats each label inside its box, and adds help with markup in it."""

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        for name, label in self.labels.items():
            self.fields[name].label = label
            self.fields[name].help_text = self.hints.get(name, "")
            self.fields[name].widget.attrs.pop("placeholder", None)
            self.ask(name, noun=self.nouns[name])

    labels: dict[str, str] = {}
    nouns: dict[str, str] = {}
    hints: dict[str, str] = {}


class SignInForm(PlainLabels, allauth.LoginForm):  # type: ignore[misc]
    submit_label = "Sign in"
    labels = {"login": "E-mail address", "password": "Password"}
    nouns = {"login": "your e-mail address", "password": "your password"}

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        super().__init__(data, files, **kwargs)
        # What a browser's password keeper looks for beside a password.
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ResetPasswordForm(PlainLabels, allauth.ResetPasswordForm):  # type: ignore[misc]
    submit_label = "Send the link"
    labels = {"email": "E-mail address"}
    nouns = {"email": "your e-mail address"}


class NewPasswordForm(PlainLabels, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    """One box is enough: what is typed can be shown."""

    password2 = None
    submit_label = "Save the new password"
    labels = {"password1": "New password"}
    nouns = {"password1": "a new password"}
    hints = {"password1": WHAT_IS_GOOD}


class ChangePasswordForm(PlainLabels, allauth.ChangePasswordForm):  # type: ignore[misc]
    password2 = None
    submit_label = "Save the new password"
    labels = {"oldpassword": "Current password", "password1": "New password"}
    nouns = {"oldpassword": "your current password", "password1": "a new password"}
    hints = {"password1": WHAT_IS_GOOD}


class ChoosePasswordForm(GovForm):
    """Somebody accepts an invitation and has no account yet."""

    submit_label = "Accept and sign in"
    password = forms.CharField(
        label="Choose a password",
        help_text=WHAT_IS_GOOD,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    look = {"password": {"noun": "a password"}}

    def __init__(self, data: Any = None, *, email: str, name: str) -> None:
        super().__init__(data)
        self.person = User(email=email, name=name)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password
