"""What our templates and the govuk pack ask of Python."""

from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.forms.utils import flatatt
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from peerchallenge.shared.forms.markup import take_apart
from peerchallenge.shared.forms.summary import Problem, problems_of

register = template.Library()


@register.simple_tag(takes_context=True)
def govuk_field(context: Context, field: BoundField) -> SafeString:
    """One field of a form, as its widget and its look ask."""
    markup = take_apart(
        field,
        context.get("look") or {},
        errors=context.get("form_show_errors", True),
        labels=context.get("form_show_labels", True),
    )
    return render_to_string(f"govuk/fields/{markup.template}.html", {"f": markup})


@register.filter
def attrs(pairs: dict[str, Any]) -> SafeString:
    """Attributes as HTML: True stands alone, False and None are left out, the rest is escaped."""
    return flatatt(pairs)


@register.filter
def problems(form: BaseForm) -> list[Problem]:
    """What the error summary lists for one form."""
    return problems_of(form)
