from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peerchallenge.shared.forms import GovForm
from rounds import actions, permissions
from rounds.forms.questionnaires import IntroductionForm, MoveParams, TitleForm
from rounds.forms.samples import SampleForm
from rounds.models import PRESETS, Round
from rounds.queries.navigation import round_tabs
from rounds.queries.questionnaires import (
    Questionnaire,
    introduction_version,
    parts_of,
    questionnaire_of,
    questions_of,
    samples_of,
    section_version,
)
from rounds.queries.rounds import Fact
from rounds.states import RoundState
from rounds.views.rounds import officers_round

STALE = (
    "Somebody changed this while you had the page open. Yours is below and not saved; what is "
    "saved now stands after it. Save again to keep yours"
)


@require_GET
def round_questionnaire(request: HttpRequest, pk: int) -> HttpResponse:
    """Every section and question, and what an officer may do with each."""
    found = officers_round(request.user, pk)
    context = {
        "round": found,
        "parts": parts_of(found),
        "introduction": found.format.introduction,
        "draft": found.state == RoundState.DRAFT,
        "may_edit": permissions.edit_questionnaire(request.user, found),
        "may_rearrange": permissions.rearrange_questionnaire(request.user, found),
        "preset": PRESETS.get(found.format.key),
        "sub_navigation": round_tabs(found, "round_questionnaire", request.user),
    }
    return render(request, "rounds/questionnaire_list.html", context)


@require_GET
def questionnaire_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """As an authority sees it."""
    found = officers_round(request.user, pk)
    context = {
        "round": found,
        "introduction": found.format.introduction,
        "sections": drawn(questionnaire_of(found)),
    }
    return render(request, "rounds/questionnaire_preview.html", context)


def drawn(questionnaire: Questionnaire) -> list[tuple[str, list[SampleForm]]]:
    """By section, each question as a form that cannot be filled in."""
    return [
        (
            section.title,
            [SampleForm(sample, name=f"s{number}q{sample.place}") for sample in section.samples],
        )
        for number, section in enumerate(samples_of(questionnaire), 1)
        if section.samples
    ]


@require_http_methods(["GET", "POST"])
def questionnaire_introduction(request: HttpRequest, pk: int) -> HttpResponse:
    found = editable(request, pk)
    initial = {"text": found.format.introduction, "version": introduction_version(found)}
    form = IntroductionForm(request.POST or None, initial=initial, cancel_url=list_url(found))
    if form.is_valid():
        text, version = form.cleaned_data["text"], form.cleaned_data["version"]
        try:
            actions.change_introduction(found, text, version=version, by=request.user)
        except actions.QuestionnaireChanged:
            found.refresh_from_db()
            renew(form, introduction_version(found))
        else:
            return saved(request, found, "The introduction has been saved.")
    now = [Fact("Introduction", found.format.introduction)]
    return form_page(request, found, form, "Change the introduction", now)


@require_http_methods(["GET", "POST"])
def section_add(request: HttpRequest, pk: int) -> HttpResponse:
    found = editable(request, pk)
    form = TitleForm(request.POST or None, cancel_url=list_url(found))
    if form.is_valid():
        section = actions.add_section(found, form.cleaned_data["title"], by=request.user)
        messages.success(request, f"“{section.title}” has been added. Now add its questions.")
        return redirect("question_add", found.pk, section.pk)
    return form_page(request, found, form, "Add a section")


@require_http_methods(["GET", "POST"])
def section_change(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    found = editable(request, pk)
    row = get_object_or_404(found.sections, pk=section)
    initial = {"title": row.title, "version": section_version(row)}
    form = TitleForm(request.POST or None, initial=initial, cancel_url=list_url(found))
    if form.is_valid():
        title, version = form.cleaned_data["title"], form.cleaned_data["version"]
        try:
            actions.change_section(row, title, version=version, by=request.user)
        except actions.QuestionnaireChanged:
            row.refresh_from_db()
            renew(form, section_version(row))
        else:
            return saved(request, found, "The section has been renamed.")
    now = [Fact("Name", row.title)]
    return form_page(request, found, form, "Rename a section", now)


@require_http_methods(["GET", "POST"])
def section_remove(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    found = editable(request, pk)
    row = found.sections.filter(pk=section).first()
    if row is None:
        messages.info(request, "That section has been removed already.")
        return redirect("round_questionnaire", pk)
    permissions.rearrange_questionnaire(request.user, found).require()
    if request.method == "POST":
        actions.remove_section(row, by=request.user)
        return saved(request, found, f"“{row.title}” has been removed.")
    context = {"round": found, "section": row, "questions": row.questions.all()}
    return render(request, "rounds/questionnaire_remove_section.html", context)


@require_POST
def questionnaire_move(request: HttpRequest, pk: int) -> HttpResponse:
    """One place up or down, by a button; the page comes back where it was."""
    found = officers_round(request.user, pk)
    permissions.rearrange_questionnaire(request.user, found).require()
    pressed = MoveParams.clean_or_404(request.POST)
    if key := pressed["question_up"] or pressed["question_down"]:
        question = get_object_or_404(questions_of(found), pk=key)
        actions.move_question(question, up=bool(pressed["question_up"]), by=request.user)
        return redirect(f"{list_url(found)}#question-{question.pk}")
    key = pressed["section_up"] or pressed["section_down"]
    section = get_object_or_404(found.sections, pk=key)
    actions.move_section(section, up=bool(pressed["section_up"]), by=request.user)
    return redirect(f"{list_url(found)}#section-{section.pk}")


@require_POST
def questionnaire_keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Make it the region's preset."""
    found = officers_round(request.user, pk)
    actions.keep_as_preset(found, by=request.user)
    messages.success(
        request, f"The region’s rounds of “{found.format.name}” now start from this questionnaire."
    )
    return redirect("preset", found.region_id, found.format.key)


def editable(request: HttpRequest, pk: int) -> Round:
    """The round, for an officer, while its questions may change."""
    found = officers_round(request.user, pk)
    permissions.edit_questionnaire(request.user, found).require()
    return found


def list_url(round: Round) -> str:
    return reverse("round_questionnaire", args=[round.pk])


def saved(request: HttpRequest, round: Round, text: str, anchor: str = "") -> HttpResponse:
    messages.success(request, text)
    return redirect(f"{list_url(round)}{anchor}")


def renew(form: GovForm, version: str) -> None:
    """Somebody else saved first: the next press of the button replaces theirs."""
    form.add_error(None, STALE)
    form.data = form.data.copy()
    form.data["version"] = version


def form_page(
    request: HttpRequest,
    round: Round,
    form: GovForm,
    heading: str,
    now: list[Fact] | None = None,
) -> HttpResponse:
    """`now`: what is saved, shown beside what somebody else's page held."""
    context = {
        "round": round,
        "form": form,
        "heading": heading,
        "now": now if form.errors and form.non_field_errors() else None,
        "back": list_url(round),
    }
    return render(request, "rounds/questionnaire_form.html", context)
