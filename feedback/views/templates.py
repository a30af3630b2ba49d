"""What a region's letters begin with: the versions, the one being written, and how it reads."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from authorities.models import Region
from feedback import actions, permissions, queries
from feedback.forms.templates import EditsParams, PressParams, TemplateForm, TryParams
from feedback.models import LetterTemplate
from feedback.queries.templates import (
    Part,
    begun_from,
    differences,
    example_from,
    example_of,
    formats_of,
    kinds_left,
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
    # Whose version was released meanwhile keeps what they typed, and is told why.
    permissions.write_letter_templates(request.user, found.region).require()
    form = TemplateForm(posted(request), parts=parts_of(found), edits=found.edits)
    if request.method == "POST" and form.is_valid():
        pressed = PressParams.clean_or_404(request.POST)["press"]
        how, _, what = pressed.partition(":")
        before = begun_from(found) if how == "back" else ()
        parts = rearranged(form.parts, how, what, before) if what else form.parts
        if _save(request, found, form, parts):
            if not how:
                messages.success(request, "The template is saved.")
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
        messages.info(request, f"Version {found.version} is released already.")
        return redirect("letter_templates", found.region_id)
    permissions.edit_letter_template(request.user, found).require()
    missing = queries.missing_from_template(found)
    if request.method == "POST" and not missing:
        return _release(request, found)
    context = _named(found) | {"missing": missing}
    status = 409 if request.method == "POST" else 200
    return render(request, "feedback/letter_template_release.html", context, status=status)


def _release(request: HttpRequest, found: LetterTemplate) -> HttpResponse:
    read = EditsParams.clean_or_default(request.POST)["edits"]
    try:
        actions.release_letter_template(found, edits=read, by=request.user)
    except actions.TemplateChanged:
        messages.info(request, "It was saved once more meanwhile. Read it before you release it.")
        return redirect("letter_template_preview", found.pk)
    messages.success(request, f"Version {found.version} is released. New letters begin with it.")
    return redirect("letter_templates", found.region_id)


@require_http_methods(["GET", "POST"])
def letter_template_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """What is lost with it; then it is deleted."""
    found = _template(request, pk)
    permissions.edit_letter_template(request.user, found).require()
    if request.method == "POST":
        actions.discard_letter_template(found, by=request.user)
        messages.success(request, "The new version is deleted. What is in use stays in use.")
        return redirect("letter_templates", found.region_id)
    return render(request, "feedback/letter_template_discard.html", _named(found))


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
    last = parts[-1].key if parts else ""
    place = {"add": last, "back": last, "up": what, "down": what}.get(how, "")
    return reverse("letter_template", args=[found.pk]) + (f"#part-{place}" if place else "")


def _named(found: LetterTemplate) -> dict[str, object]:
    return {"template": found, "preset": PRESETS[found.format_key], "region": found.region}


def _edit_page(request: HttpRequest, found: LetterTemplate, form: TemplateForm) -> HttpResponse:
    mine, before = form.parts if form.clashed else [], begun_from(found)
    context = _named(found) | {
        "form": form,
        "left_out": left_out(form.drawn, before),
        "kinds_left": kinds_left([*form.drawn, *before]),
        "places": places_known(found.format_key),
        "missing": queries.missing_from_template(found),
        "differences": differences(mine, parts_of(found)) if mine else [],
    }
    status = 409 if mine or found.released_at else 422 if form.errors else 200
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
