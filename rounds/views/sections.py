"""A whole section on one page, and what came of the last letter: box by box, each on its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from peerchallenge.shared.answers import YES, Answer
from rounds import actions, permissions
from rounds.forms.answers import answer_form
from rounds.forms.boxes import Box, BoxForm, Outcome, ProgressForm, Written
from rounds.models import ProgressSince, SelfAssessment
from rounds.queries.answering import SectionPage, section_page
from rounds.queries.writing import Entry, progress_count, progress_saved
from rounds.states import AnsweredBy
from rounds.views.answers import count_after, own_sections, save_entry
from rounds.views.boxes import keep, line, warnings
from rounds.views.self_assessments import find, find_whole


@require_http_methods(["GET", "POST"])
def self_assessment_section(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    found = find(request, pk)
    page = section_page(found, section, within=own_sections(request, found))
    if page is None:
        raise Http404("The questionnaire has no such section")
    if request.method == "GET":
        if not permissions.write_section(request.user, found, page.chapter.section):
            return redirect("self_assessment", pk)
        return _section(request, found, page, {})
    permissions.has_section(request.user, found, page.chapter.section).require()
    outcomes = {
        entry.prefix: save_entry(
            request, found, entry, answer_form(entry, request.POST, alone=False)
        )
        for entry in page.chapter.entries
        if f"{entry.prefix}-version" in request.POST
    }
    if request.htmx:
        return _line_of_entry(request, page, outcomes)
    if _all_kept(outcomes):
        return redirect(_onward(request, found, page))
    again = section_page(found, section, within=own_sections(request, found)) or page
    return _section(request, found, again, outcomes)


def _line_of_entry(
    request: HttpRequest, page: SectionPage, outcomes: dict[str, Outcome]
) -> HttpResponse:
    """A box that saves itself sends only its own fields."""
    for entry in page.chapter.entries:
        if entry.prefix in outcomes:
            outcome = outcomes[entry.prefix]
            return line(request, outcome, count_after(entry, outcome))
    return _nothing_there(request)


def _nothing_there(request: HttpRequest) -> HttpResponse:
    """The page is older than the questionnaire."""
    text = "Not saved: this question is no longer asked. Your text is still in this page."
    return render(request, "rounds/self_assessment_saved.html", {"line": text}, status=422)


def _all_kept(outcomes: dict[str, Outcome]) -> bool:
    return all(outcome.status == 200 for outcome in outcomes.values()) and bool(outcomes)


def _section(
    request: HttpRequest, found: SelfAssessment, page: SectionPage, outcomes: dict[str, Outcome]
) -> HttpResponse:
    boxes = [
        Box(
            form=_form(request, entry, outcomes.get(entry.prefix)),
            status=entry.status,
            there=entry.answer,
            entry=entry,
            may_write=_may_write(request, found, entry),
            outcome=outcomes.get(entry.prefix),
            warnings=warnings(entry.text),
        )
        for entry in page.chapter.entries
    ]
    context = {"self_assessment": found, "page": page, **_drawn(boxes, outcomes)}
    template = "rounds/self_assessment_section.html"
    return render(request, template, context, status=_worst(outcomes))


def _may_write(request: HttpRequest, found: SelfAssessment, entry: Entry) -> Answer:
    """Whoever may write in the section may answer all of it but what is the director's."""
    if entry.question.answered_by != AnsweredBy.DIRECTOR:
        return YES
    return permissions.write_answer(request.user, found, entry.question)


def _form(request: HttpRequest, entry: Entry, outcome: Outcome | None) -> BoxForm:
    """Afresh once it is kept; else with what was written, and what is wrong with it."""
    if outcome is None or outcome.status == 200:
        return answer_form(entry, alone=False)
    if outcome.theirs:
        outcome.form.clashed(outcome.theirs, request.user)
    return outcome.form


def _drawn(boxes: Sequence[Box], outcomes: dict[str, Outcome]) -> dict[str, Any]:
    kept = sum(outcome.status == 200 for outcome in outcomes.values())
    return {
        "boxes": boxes,
        "wrong": [box.form for box in boxes if box.outcome and box.outcome.status != 200],
        "kept": kept,
    }


def _worst(outcomes: dict[str, Outcome]) -> int:
    return max((outcome.status for outcome in outcomes.values()), default=200)


def _onward(request: HttpRequest, found: SelfAssessment, page: SectionPage) -> str:
    if more := request.POST.get("more"):
        known = {entry.prefix for entry in page.chapter.entries}
        return page.chapter.url + (f"#{more}" if more in known else "")
    if "later" in request.POST:
        return reverse("self_assessment", args=[found.pk])
    return page.next_url


@require_http_methods(["GET", "POST"])
def self_assessment_progress(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_whole(request, pk)
    rows = list(found.progress.select_related("saved_by"))
    if not rows:
        raise Http404("No letter came before this self-assessment")
    if request.method == "GET":
        if not permissions.write_self_assessment(request.user, found):
            return redirect("self_assessment", pk)
        return _progress(request, found, rows, {})
    permissions.acts_for(request.user, found.participation).require()
    outcomes = {f"p{row.pk}": _save_progress(request, row) for row in rows if _sent(request, row)}
    if request.htmx:
        for outcome in outcomes.values():
            return line(request, outcome, progress_count(outcome.saved))
        return _nothing_there(request)
    if _all_kept(outcomes):
        return redirect("self_assessment", pk)
    again = list(found.progress.select_related("saved_by"))
    return _progress(request, found, again, outcomes)


def _sent(request: HttpRequest, row: ProgressSince) -> bool:
    return f"p{row.pk}-version" in request.POST


def _save_progress(request: HttpRequest, row: ProgressSince) -> Outcome:
    def save(written: Written, version: int) -> ProgressSince:
        return actions.save_progress(row, written.text, version=version, by=request.user)

    return keep(ProgressForm(request.POST, row=row), row, save)


def _progress(
    request: HttpRequest,
    found: SelfAssessment,
    rows: list[ProgressSince],
    outcomes: dict[str, Outcome],
) -> HttpResponse:
    boxes = []
    for row in rows:
        outcome = outcomes.get(f"p{row.pk}")
        form: BoxForm = ProgressForm(row=row)
        if outcome and outcome.status != 200:
            form = outcome.form
        if outcome and outcome.theirs:
            form.clashed(outcome.theirs, request.user)
        boxes.append(
            Box(form, progress_saved(row), row, outcome=outcome, warnings=warnings(row.text))
        )
    context = {"self_assessment": found, **_drawn(boxes, outcomes)}
    template = "rounds/self_assessment_progress.html"
    return render(request, template, context, status=_worst(outcomes))
