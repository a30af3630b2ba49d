"""What our templates and the govuk pack ask of Python."""

from __future__ import annotations

import re
from calendar import month_name
from typing import Any, cast

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BaseFormSet, BoundField
from django.forms.utils import flatatt
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from peerchallenge.shared.charts import StageMeter, stage_meter
from peerchallenge.shared.forms.drawing import take_apart
from peerchallenge.shared.forms.look import Look
from peerchallenge.shared.forms.summary import Problem, problems_of

register = template.Library()

DAY_BEFORE_MONTH = re.compile(rf"\b(\d{{1,2}}) (?=(?:{'|'.join(month_name[1:])})\b)")


@register.simple_tag(takes_context=True)
def govuk_field(context: Context, field: BoundField) -> SafeString:
    """One field of a form, as its widget and its look ask."""
    markup = take_apart(
        field,
        cast(Look, context.get("look") or {}),
        errors=bool(context.get("form_show_errors", True)),
        labels=bool(context.get("form_show_labels", True)),
    )
    return render_to_string(f"govuk/fields/{markup.template}.html", {"f": markup})


@register.filter
def attrs(pairs: dict[str, Any]) -> SafeString:
    """Attributes as HTML: True stands alone, False and None are left out, the rest is escaped."""
    return flatatt(pairs)


@register.filter
def problems(form: BaseForm | BaseFormSet[Any]) -> list[Problem]:
    """What the error summary lists for a form or a formset."""
    return problems_of(form)


@register.filter(is_safe=True)
def whole_dates(html: str) -> str:
    """No line ends between a day and its month."""
    return DAY_BEFORE_MONTH.sub("\\1\N{NO-BREAK SPACE}", html)


@register.simple_tag
def tag(text: object, colour: str = "") -> SafeString:
    """A status tag: “Overdue”. Colours are govuk-frontend's; none is the region's own."""
    kind = f" govuk-tag--{colour}" if colour else ""
    return format_html('<strong class="govuk-tag{}">{}</strong>', kind, text)


@register.inclusion_tag("components/stage_meter.html", name="stage_meter")
def draw_stage_meter(done: int, of: int, label: str = "") -> dict[str, StageMeter | str]:
    """A row of boxes, so many of them filled, and the stage in words beside it."""
    return {"meter": stage_meter(done, of, label), "label": label}


@register.simple_tag
def page_numbers(page: Page[Any]) -> list[int | str]:
    """The numbers a pagination shows: both ends, this page and its neighbours."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.simple_block_tag
def scroll(content: str, label: str) -> SafeString:
    """A named region a wide table can scroll in, by finger or by keyboard."""
    return format_html(
        '<div class="app-scroll" role="region" aria-label="{}" tabindex="0">{}</div>',
        label,
        content,
    )


@register.simple_block_tag
def details(content: str, summary: str) -> SafeString:
    """More, for those who want it."""
    return render_to_string("components/details.html", {"summary": summary, "content": content})


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """Text set apart by a line beside it."""
    return format_html('<div class="govuk-inset-text">{}</div>', content)


@register.simple_block_tag
def interruption(content: str, heading: str) -> SafeString:
    """What stands before an act that reaches many people; it holds the page's h1."""
    return render_to_string(
        "components/interruption.html", {"heading": heading, "content": content}
    )


@register.simple_block_tag
def card(content: str, title: str, level: int = 2) -> SafeString:
    """A titled box around something that belongs together."""
    return render_to_string(
        "components/card.html", {"title": title, "level": level, "content": content}
    )
