"""Forms that speak the GOV.UK way: what to enter, and what is wrong with what was entered."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.forms.utils import pretty_name

from peerchallenge.shared.fields import TEXT_LIMIT, ThreePartDateField
from peerchallenge.shared.forms.layout import ButtonGroup, Field, Link, Submit
from peerchallenge.shared.forms.look import Look, Size
from peerchallenge.shared.forms.text import scrub
from peerchallenge.shared.forms.wording import word_errors

LINE_LIMIT = 255
# Beyond this a database column overflows, which would be a server error.
NUMBER_LIMIT = 2_147_483_647

if TYPE_CHECKING:
    Base = forms.BaseForm
else:
    Base = object


class GovFormMixin(Base):
    """Looks, limits and wording shared by plain forms and model forms."""

    look: dict[str, Look] = {}
    label_size: ClassVar[Size] = "s"
    submit_label: ClassVar[str] = "Save and continue"
    # With an address, a link beside the button leaves without saving.
    cancel_url: str = ""
    use_required_attribute = False

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        self._spoiled: frozenset[str] = frozenset()
        if data is not None:
            data, self._spoiled = scrub(data)
        super().__init__(data=data, files=files, **kwargs)
        self.look = deepcopy(type(self).look)
        for name, field in self.fields.items():
            _limit(field)
            if field.label is None:
                field.label = pretty_name(name)
            word_errors(field, self.noun(name))
        self.helper = self.build_helper()

    def noun(self, name: str) -> str:
        """How errors name the answer to a field."""
        return self.look.get(name, {}).get("noun", "")

    def build_helper(self) -> FormHelper:
        """The whole form with its button; a form with another layout overrides `build_layout`."""
        helper = FormHelper()
        helper.form_method = "post"
        helper.attrs = {"novalidate": True}
        helper.layout = self.build_layout()
        helper.render_hidden_fields = True
        return helper

    def build_layout(self) -> Layout:
        """Every field in its order, then the button."""
        return Layout(*(Field(name) for name in self.fields), self.build_buttons())

    def build_buttons(self) -> ButtonGroup:
        buttons: list[Any] = [Submit(self.submit_label)]
        if self.cancel_url:
            buttons.append(Link("Cancel", self.cancel_url))
        return ButtonGroup(*buttons)

    def ask(self, name: str, **look: Any) -> None:
        """Change how one field looks, in a form's __init__."""
        self.look[name] = {**self.look.get(name, {}), **look}  # type: ignore[typeddict-item]
        if "noun" in look:
            word_errors(self.fields[name], look["noun"])

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name in self.fields:
            if self._is_spoiled(self.add_prefix(name)):
                self.add_error(
                    name, "Remove the characters that cannot be kept, then check what is left"
                )

    def _is_spoiled(self, html_name: str) -> bool:
        return any(name == html_name or name.startswith(f"{html_name}_") for name in self._spoiled)


class GovForm(GovFormMixin, forms.Form):
    """A form that is not about one record."""


class GovModelForm(GovFormMixin, forms.ModelForm):  # type: ignore[type-arg]
    """A form about one record. It checks; an action saves."""

    def save(self, commit: bool = True) -> Any:
        raise TypeError("Forms check, they do not act: hand `cleaned_data` to an action")


def _limit(field: forms.Field) -> None:
    """Bound what a field takes, so that no column overflows and no page grows without end."""
    if isinstance(field, forms.CharField) and field.max_length is None:
        long = isinstance(field.widget, forms.Textarea)
        field.max_length = TEXT_LIMIT if long else LINE_LIMIT
        field.validators.append(MaxLengthValidator(field.max_length))
    if isinstance(field, forms.IntegerField) and not isinstance(field, ThreePartDateField):
        if field.max_value is None:
            field.validators.append(MaxValueValidator(NUMBER_LIMIT))
        if field.min_value is None:
            field.validators.append(MinValueValidator(-NUMBER_LIMIT))
