"""What a region's letters begin with: the versions, the one being written, and how it reads."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from authorities.models import Region
from feedback import actions, permissions, queries
from feedback.forms.templates import PressParams, TemplateForm, TryParams
from feedback.models import LetterTemplate
from feedback.queries.templates import (
    Part,
    differences,
    example_from,
    example_of,
    formats_of,
    left_out,
    letters_to_try,
    parts_of,
    places_known,
    rearranged,
)
from feedback.views.reading import posted
from peerchallenge.shared.answers import Refused
from rounds.models import PRESETS


@require_GET
def letter_templates(request: HttpRequest, region: int) -> HttpResponse:
    """Every format, and what its letters begin with."""
    found = _region(request, region)
    context = {
        "region": found,
        "formats": formats_of(found),
        "may_write": permissions.write_letter_templates(request.user, found),
    }
    return render(request, "feedback/letter_templates.html", context)


@require_POST
def letter_template_begin(request: HttpRequest, region: int, key: str) -> HttpResponse:
    """A new version; pressed twice, it is one."""
    found = _region(request, region)
    if key not in PRESETS:
        raise Http404("No format has this key")
    template = actions.begin_letter_template(found, key, by=request.user)
    return redirect("letter_template", template.pk)


@require_http_methods(["GET", "POST"])
def letter_template(request: HttpRequest, pk: int) -> HttpResponse:
    """The parts of a template; each press of a button saves what is in the boxes."""
    found = _template(request, pk)
    may_edit = permissions.edit_letter_template(request.user, found)
    if request.method == "GET" and not may_edit:
        return _preview_page(request, found)
    may_edit.require()
    form = TemplateForm(posted(request), parts=parts_of(found), edits=found.edits)
    if request.method == "POST" and form.is_valid():
        pressed = PressParams.clean_or_404(request.POST)["press"]
        how, _, what = pressed.partition(":")
        parts = rearranged(form.parts, how, what) if what else form.parts
        if _save(request, found, form, parts):
            return redirect(_onward(found, parts, how, what))
        found.refresh_from_db()
    return _edit_page(request, found, form)


@require_GET
def letter_template_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """How a letter that begins with it reads, with made-up words or those of an issued one."""
    return _preview_page(request, _template(request, pk))


@require_http_methods(["GET", "POST"])
def letter_template_release(request: HttpRequest, pk: int) -> HttpResponse:
    """What is missing; then new letters begin with it."""
    found = _template(request, pk)
    if found.released_at and permissions.write_letter_templates(request.user, found.region):
        return redirect("letter_templates", found.region_id)
    permissions.edit_letter_template(request.user, found).require()
    missing = queries.missing_from_template(found)
    if request.method == "POST" and not missing:
        actions.release_letter_template(found, by=request.user)
        messages.success(
            request, f"Version {found.version} is released. New letters begin with it."
        )
        return redirect("letter_templates", found.region_id)
    context = _named(found) | {"missing": missing}
    status = 409 if request.method == "POST" else 200
    return render(request, "feedback/letter_template_release.html", context, status=status)


@require_POST
def letter_template_discard(request: HttpRequest, pk: int) -> HttpResponse:
    found = LetterTemplate.objects.visible_to(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404("There is no such template")
    actions.discard_letter_template(found, by=request.user)
    messages.success(request, "The new version is deleted. What is in use stays in use.")
    return redirect("letter_templates", found.region_id)


def _region(request: HttpRequest, pk: int) -> Region:
    found = get_object_or_404(Region.objects.visible_to(request.user), pk=pk)
    if not permissions.read_letter_templates(request.user, found):
        raise Http404("There is no such region")
    return found


def _template(request: HttpRequest, pk: int) -> LetterTemplate:
    seen = LetterTemplate.objects.visible_to(request.user).select_related("region")
    return get_object_or_404(seen, pk=pk)


def _save(
    request: HttpRequest, found: LetterTemplate, form: TemplateForm, parts: list[Part]
) -> bool:
    try:
        edits = form.cleaned_data["edits"]
        actions.edit_letter_template(found, parts, edits=edits, by=request.user)
    except actions.TemplateChanged as changed:
        form.keep_both(changed.theirs.edits)
    except Refused as refused:
        form.add_error(None, refused.reason)
    else:
        return True
    return False


def _onward(found: LetterTemplate, parts: list[Part], how: str, what: str) -> str:
    if how in ("preview", "release"):
        return reverse(f"letter_template_{how}", args=[found.pk])
    place = {"add": parts[-1].key if parts else "", "up": what, "down": what}.get(how, "")
    return reverse("letter_template", args=[found.pk]) + (f"#part-{place}" if place else "")


def _named(found: LetterTemplate) -> dict[str, object]:
    return {"template": found, "preset": PRESETS[found.format_key], "region": found.region}


def _edit_page(request: HttpRequest, found: LetterTemplate, form: TemplateForm) -> HttpResponse:
    mine = form.parts if form.clashed else []
    context = _named(found) | {
        "form": form,
        "left_out": left_out(form.drawn),
        "places": places_known(found.format_key),
        "missing": queries.missing_from_template(found),
        "differences": differences(mine, parts_of(found)) if mine else [],
    }
    status = 409 if mine else 422 if form.errors else 200
    return render(request, "feedback/letter_template.html", context, status=status)


def _preview_page(request: HttpRequest, found: LetterTemplate) -> HttpResponse:
    letters = letters_to_try(found.region, request.user)
    wanted = TryParams.clean_or_default(request.GET)["letter"]
    tried = next((letter for letter in letters if letter.pk == wanted), None)
    if tried:
        actions.read_letter(tried, by=request.user)
    context = _named(found) | {
        "letters": letters,
        "tried": tried,
        "letter": example_from(found, tried) if tried else example_of(found, found.region),
        "may_edit": permissions.edit_letter_template(request.user, found),
    }
    return render(request, "feedback/letter_template_preview.html", context)
