"""Sections given to colleagues: handing them out, saying that they are ready, checking them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from authorities.states import Role
from peerchallenge.shared.answers import Refused
from rounds import actions, permissions
from rounds.forms.giving import CommentForm, GiveForm
from rounds.models import GivenSection, SelfAssessment
from rounds.queries.giving import chapter_of, colleagues_of, sections_with_nobody
from rounds.states import GivenState
from rounds.views.self_assessments import find_whole

CHECKED = "checked"


@require_http_methods(["GET", "POST"])
def self_assessment_give(request: HttpRequest, pk: int) -> HttpResponse:
    """All sections that are with nobody, to be given at one press."""
    found = find_whole(request, pk)
    may_give = permissions.give_sections(request.user, found)
    sections = sections_with_nobody(found)
    if not may_give or not sections:
        if not request.user.holds(Role.DIRECTOR, authority=found.participation.authority_id):
            may_give.require()
        messages.info(request, may_give.reason or "Every section is with somebody already.")
        return redirect("self_assessment", pk)
    form = GiveForm(
        request.POST if request.method == "POST" else None,
        sections=sections,
        people=colleagues_of(found, request.user),
        cancel_url=reverse("self_assessment", args=[pk]),
    )
    if request.method == "POST" and form.is_valid() and _give(request, found, form):
        return redirect("self_assessment", pk)
    context = {"self_assessment": found, "form": form}
    return render(request, "rounds/self_assessment_give.html", context)


def _give(request: HttpRequest, found: SelfAssessment, form: GiveForm) -> bool:
    """Whether they are given; if not, the form says why."""
    try:
        rows = actions.give_sections(found, form.gifts(), by=request.user)
    except Refused as refused:
        form.add_error(None, refused.reason)
        return False
    names = " and ".join(sorted({row.holder_name for row in rows}))
    what = "1 section" if len(rows) == 1 else f"{len(rows)} sections"
    messages.success(request, f"{what} given. We are writing to {names}.")
    return True


@require_http_methods(["GET", "POST"])
def self_assessment_given(request: HttpRequest, pk: int, given: int) -> HttpResponse:
    """One section that a colleague had: read it, then say that it is checked or give it back."""
    found = find_whole(request, pk)
    row = _find(request, pk, given)
    permissions.acts_for(request.user, found.participation).require()
    checks = request.POST.get("act") == CHECKED
    form = CommentForm(None if request.method == "GET" or checks else request.POST)
    if checks or form.is_valid():
        return _settle(request, row, form)
    context = {
        "self_assessment": found,
        "given": row,
        "chapter": chapter_of(row),
        "form": form,
        "may_check": permissions.check_section(request.user, row),
        "may_return": permissions.return_section(request.user, row),
        "may_take_back": permissions.take_back_section(request.user, row),
    }
    return render(request, "rounds/self_assessment_given_section.html", context)


def _settle(request: HttpRequest, row: GivenSection, form: CommentForm) -> HttpResponse:
    try:
        if form.is_bound:
            actions.return_section(row, comment=form.cleaned_data["comment"], by=request.user)
            done = f"Given back to {row.holder_name}; we have written to them."
        else:
            actions.check_section(row, by=request.user)
            done = f"{row.section.title} is checked."
    except Refused as refused:
        messages.info(request, refused.reason)
        return redirect("self_assessment_given", row.self_assessment_id, row.pk)
    messages.success(request, done)
    return redirect("self_assessment", row.self_assessment_id)


@require_POST
def self_assessment_given_ready(request: HttpRequest, pk: int, given: int) -> HttpResponse:
    row = _find(request, pk, given)
    try:
        actions.say_section_ready(row, by=request.user)
    except Refused as refused:
        seen = GivenSection.objects.visible_to(request.user)
        if not seen.held_by(request.user).filter(pk=row.pk).exists():
            raise
        messages.info(request, refused.reason)
    else:
        title, who = row.section.title, row.given_by.name
        messages.success(request, f"{title} is ready: we have written to {who}.")
    return redirect("self_assessment", pk)


@require_POST
def self_assessment_given_end(request: HttpRequest, pk: int, given: int) -> HttpResponse:
    row = _find(request, pk, given)
    try:
        actions.take_back_section(row, by=request.user)
    except Refused as refused:
        if row.state != GivenState.ENDED:
            raise
        messages.info(request, refused.reason)
    else:
        messages.success(
            request,
            f"{row.holder_name} no longer sees {row.section.title}. What they wrote is kept.",
        )
    return redirect("self_assessment", pk)


def _find(request: HttpRequest, pk: int, given: int) -> GivenSection:
    rows = GivenSection.objects.visible_to(request.user).select_related(
        "section",
        "given_by",
        "user",
        "invitation__accepted_by",
        "self_assessment__participation__round",
        "self_assessment__participation__authority",
    )
    return get_object_or_404(rows, pk=given, self_assessment=pk)
