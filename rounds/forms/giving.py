from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms

from authorities.models import User
from peerchallenge.shared.fields import LongTextField
from peerchallenge.shared.forms import Field, Fieldset, GovForm
from rounds.models import Section
from rounds.queries.giving import Gift

OURSELVES = "ourselves"


class GiveForm(GovForm):
    """For each section that is with nobody: somebody of the authority, or a newcomer by e-mail.

    One choice at the top gives everything for which nobody is named.
    """

    submit_label = "Give these sections and write to them"

    def __init__(
        self,
        data: Any = None,
        *,
        sections: Sequence[Section],
        people: Sequence[User],
        cancel_url: str,
    ) -> None:
        self.sections, self.cancel_url = list(sections), cancel_url
        self.people = {str(user.pk): user for user in people}
        named = [("", ""), *((key, user.name) for key, user in self.people.items())]
        self.asks_rest = bool(people) and len(self.sections) > 1
        # The form's own fields, not its class's: each self-assessment has other sections.
        self.base_fields = {
            **({"rest": self._rest(named)} if self.asks_rest else {}),
            **{name: field for one in self.sections for name, field in self._asked(one, named)},
        }
        super().__init__(data)
        if self.asks_rest:
            self.ask("rest", empty="We write them ourselves", noun="who writes them")
        empty = "As chosen at the top" if self.asks_rest else "We write it ourselves"
        for section in self.sections:
            self.ask(self._names(section)[0], empty=empty, noun="who writes it")

    @staticmethod
    def _rest(named: list[tuple[str, str]]) -> forms.Field:
        return forms.ChoiceField(
            label="Who writes the sections for which you name nobody below?",
            choices=named,
            required=False,
        )

    def _asked(
        self, section: Section, named: list[tuple[str, str]]
    ) -> list[tuple[str, forms.Field]]:
        if self.asks_rest:
            named = [*named, (OURSELVES, "We write it ourselves")]
        person, name, email = self._names(section)
        off = {"autocomplete": "off"}
        return [
            (person, forms.ChoiceField(label="Who writes it?", choices=named, required=False)),
            (
                name,
                forms.CharField(
                    label="Or somebody new: name",
                    max_length=120,
                    required=False,
                    widget=forms.TextInput(off),
                ),
            ),
            (
                email,
                forms.EmailField(
                    label="Their e-mail address",
                    max_length=254,
                    required=False,
                    widget=forms.EmailInput(off),
                ),
            ),
        ]

    def build_layout(self) -> Layout:
        return Layout(
            *([Field("rest")] if self.asks_rest else []),
            *(self._asks_about(section) for section in self.sections),
            self.build_buttons(),
        )

    def _asks_about(self, section: Section) -> Fieldset:
        person, name, email = self._names(section)
        newcomer = Div(Field(name), Field(email), css_class="app-pairs")
        return Fieldset(section.title, Field(person), newcomer)

    @staticmethod
    def _names(section: Section) -> tuple[str, str, str]:
        return f"person-{section.pk}", f"name-{section.pk}", f"email-{section.pk}"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for section in self.sections:
            self._check(section, cleaned)
        if not self.errors and not self.gifts():
            first = "rest" if self.asks_rest else self._names(self.sections[0])[0]
            self.add_error(first, "Choose somebody for at least one section")
        return cleaned

    def _check(self, section: Section, cleaned: dict[str, Any]) -> None:
        person, name, email = self._names(section)
        if {person, name, email} & set(self.errors):
            return
        if cleaned[person] and (cleaned[name] or cleaned[email]):
            self.add_error(
                person, f"{section.title}: choose a person or write an address, not both"
            )
        elif cleaned[email] and not cleaned[name]:
            self.add_error(name, f"{section.title}: enter their name")
        elif cleaned[name] and not cleaned[email]:
            self.add_error(email, f"{section.title}: enter their e-mail address")

    def gifts(self) -> list[Gift]:
        """What the action is to be given."""
        found = []
        for section in self.sections:
            person, name, email = (self.cleaned_data.get(one, "") for one in self._names(section))
            who = person or ("" if email else self.cleaned_data.get("rest", ""))
            if email or who in self.people:
                found.append(Gift(section, self.people.get(who), email, name))
        return found


class CommentForm(GovForm):
    """What a colleague is told when a section goes back to them."""

    comment = LongTextField(
        label="What is still to be done?",
        help_text="They read this beside the section. The e-mail only tells them that it is back.",
        max_words=300,
        rows=5,
    )
    look = {"comment": {"noun": "what is still to be done", "label_size": "m"}}
