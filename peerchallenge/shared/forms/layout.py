"""What a form's layout is built of. Words given here are text: they are escaped, never run."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import LayoutObject
from crispy_forms.utils import TEMPLATE_PACK, render_field
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString


class Field(LayoutObject):
    """One field, drawn with other options than the form's `look` gives it."""

    def __init__(self, name: str, **look: Any) -> None:
        self.fields = [name]
        self.look = look

    def render(
        self, form: Any, context: Context, template_pack: str = TEMPLATE_PACK, **kwargs: Any
    ) -> SafeString:
        drawn: SafeString = render_field(
            self.fields[0],
            form,
            context,
            template_pack=template_pack,
            extra_context={"look": self.look},
            **kwargs,
        )
        return drawn


class Group(LayoutObject):
    """Layout objects inside one element."""

    template = ""

    def __init__(self, *fields: Any) -> None:
        self.fields = list(fields)

    def render(
        self, form: Any, context: Context, template_pack: str = TEMPLATE_PACK, **kwargs: Any
    ) -> SafeString:
        inner = self.get_rendered_fields(form, context, template_pack, **kwargs)
        return render_to_string(self.template, {"group": self, "inner": inner})


class Fieldset(Group):
    """Fields that answer one question together, under its legend."""

    template = "govuk/layout/fieldset.html"

    def __init__(
        self,
        legend: str,
        *fields: Any,
        size: str = "m",
        heading: bool = False,
        described_by: str = "",
    ) -> None:
        super().__init__(*fields)
        self.legend = legend
        self.size = size
        self.heading = heading
        self.described_by = described_by


class ButtonGroup(Group):
    """Buttons and links in one row."""

    template = "govuk/layout/button_group.html"


class Leaf:
    """A layout object that holds no fields."""

    template = ""

    def render(
        self, form: Any, context: Context, template_pack: str = TEMPLATE_PACK, **kwargs: Any
    ) -> SafeString:
        return render_to_string(self.template, {"leaf": self})


class Button(Leaf):
    """A button. `kind` is "", "secondary", "warning" or "inverse"."""

    template = "govuk/layout/button.html"
    type = "button"

    def __init__(
        self,
        text: str,
        *,
        name: str = "",
        value: str = "",
        kind: str = "",
        attrs: dict[str, str] | None = None,
    ) -> None:
        self.text = text
        self.name = name
        self.value = value
        self.kind = kind
        self.attrs = attrs or {}


class Submit(Button):
    """The button that sends the form; it ignores a second press."""

    type = "submit"


class Link(Leaf):
    """A link beside the buttons: cancel, or another way."""

    template = "govuk/layout/link.html"

    def __init__(self, text: str, href: str) -> None:
        self.text = text
        self.href = href


class Paragraph(Leaf):
    """A sentence between fields."""

    template = "govuk/layout/paragraph.html"

    def __init__(self, text: str) -> None:
        self.text = text


class Hint(Paragraph):
    """What helps to answer, below a legend; a fieldset names its id in `described_by`."""

    template = "govuk/layout/hint.html"

    def __init__(self, text: str, hint_id: str) -> None:
        super().__init__(text)
        self.hint_id = hint_id
