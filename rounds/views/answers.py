"""One question of a self-assessment: saved as it is typed, never overwritten unseen."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from peerchallenge.shared.answers import Refused
from rounds import actions, permissions
from rounds.forms.answers import AnswerForm, answer_form
from rounds.forms.boxes import ChoiceOfTexts, Outcome, Written
from rounds.forms.self_assessments import BackParams
from rounds.models import Section, SelfAssessment, WrittenAnswer
from rounds.queries.answering import QuestionPage, question_page
from rounds.queries.giving import sections_seen_by
from rounds.queries.writing import Entry, said_when
from rounds.states import QuestionKind
from rounds.views.boxes import keep, line, warnings
from rounds.views.self_assessments import find


@require_http_methods(["GET", "POST"])
def self_assessment_question(
    request: HttpRequest, pk: int, section: str, place: int
) -> HttpResponse:
    found = find(request, pk)
    within, prefix = own_sections(request, found), _prefix_in(request)
    page = question_page(found, section, place, within=within, prefix=prefix)
    if page is None:
        raise Http404("The questionnaire has no such question")
    if request.method == "POST":
        permissions.has_section(request.user, found, page.chapter.section).require()
        settles = f"{prefix}-mine" in request.POST
        return _settle(request, found, page) if settles else _save(request, found, page)
    if not permissions.write_section(request.user, found, page.chapter.section):
        return redirect("self_assessment", pk)
    return _page(request, found, page, answer_form(page.entry))


def own_sections(request: HttpRequest, found: SelfAssessment) -> QuerySet[Section] | None:
    """The sections of a colleague who was given some; None for whoever reads all of it."""
    if permissions.read_whole(request.user, found):
        return None
    return sections_seen_by(request.user, found)


def _prefix_in(request: HttpRequest) -> str:
    """Which question the fields belong to, as they say themselves."""
    names = (name for name in request.POST if name.endswith("-version"))
    return next(names, "").removesuffix("-version")


def save_entry(
    request: HttpRequest, found: SelfAssessment, entry: Entry, form: AnswerForm
) -> Outcome:
    """What the box holds: sent by a button, or by itself while somebody types."""

    def save(written: Written, version: int) -> WrittenAnswer:
        if entry.answer and entry.says(written.text, written.data, written.leaning):
            return entry.answer
        return _save_written(request, found, entry, written, version)

    return keep(form, entry.answer, save)


def _save_written(
    request: HttpRequest, found: SelfAssessment, entry: Entry, written: Written, version: int
) -> WrittenAnswer:
    return actions.save_answer(
        found,
        entry.question,
        written.text,
        data=written.data,
        leaning=written.leaning,
        version=version,
        by=request.user,
    )


def count_after(entry: Entry, outcome: Outcome) -> str:
    return replace(entry, answer=outcome.saved).count if outcome.saved else ""


def _save(request: HttpRequest, found: SelfAssessment, page: QuestionPage) -> HttpResponse:
    form = answer_form(page.entry, request.POST)
    outcome = save_entry(request, found, page.entry, form)
    if request.htmx:
        return line(request, outcome, count_after(page.entry, outcome))
    if outcome.theirs and page.entry.question.kind == QuestionKind.LONG_TEXT:
        written = form.written()
        return _conflict(request, found, page, written, outcome.theirs)
    if outcome.theirs:
        form.clashed(outcome.theirs, request.user)
    if outcome.status != 200:
        return _page(request, found, page, form, outcome)
    return redirect(_onward(request, found, page))


def _settle(request: HttpRequest, found: SelfAssessment, page: QuestionPage) -> HttpResponse:
    """Of two texts for one answer, somebody says which is kept."""
    theirs, entry = page.entry.answer, page.entry
    if theirs is None:
        return redirect(entry.url)
    form = ChoiceOfTexts(request.POST, prefix=entry.prefix, theirs=theirs, by=request.user)
    if not form.is_valid():
        return _choice(request, found, page, form, theirs, status=422)
    written, version = form.written(), form.cleaned_data["version"]
    if written is None and version == theirs.version:
        return redirect(_onward(request, found, page))
    if written is None:
        return _conflict(request, found, page, form.mine_written(), theirs)
    try:
        _save_written(request, found, entry, written, version)
    except actions.OverwriteRefused as refused:
        return _conflict(request, found, page, written, refused.theirs)
    except Refused as refused:
        form.add_error(None, refused.reason)
        return _choice(request, found, page, form, theirs, status=403)
    return redirect(_onward(request, found, page))


def _onward(request: HttpRequest, found: SelfAssessment, page: QuestionPage) -> str:
    if "more" in request.POST:
        return page.entry.url
    if "later" in request.POST:
        return reverse("self_assessment", args=[found.pk])
    if BackParams.clean_or_default(request.GET)["back"]:
        return reverse("self_assessment_check", args=[found.pk])
    return page.next_url


def _page(
    request: HttpRequest,
    found: SelfAssessment,
    page: QuestionPage,
    form: AnswerForm,
    outcome: Outcome | None = None,
) -> HttpResponse:
    status = outcome.status if outcome else 200
    context = {
        "self_assessment": found,
        "page": page,
        "entry": page.entry,
        "form": form,
        "theirs": outcome.theirs if outcome else None,
        "may_write": permissions.write_answer(request.user, found, page.entry.question),
        "warnings": warnings(page.entry.text),
        "whole": bool(permissions.belongs_to(request.user, found.participation)),
    }
    return render(request, "rounds/self_assessment_question.html", context, status=status)


def _conflict(
    request: HttpRequest,
    found: SelfAssessment,
    page: QuestionPage,
    mine: Written,
    theirs: WrittenAnswer,
) -> HttpResponse:
    """Somebody saved another text since this page was drawn: both are shown, nothing is lost."""
    form = ChoiceOfTexts(
        mine=mine.text,
        leaning=mine.leaning,
        prefix=page.entry.prefix,
        theirs=theirs,
        by=request.user,
    )
    return _choice(request, found, page, form, theirs, status=409)


def _choice(
    request: HttpRequest,
    found: SelfAssessment,
    page: QuestionPage,
    form: ChoiceOfTexts,
    theirs: WrittenAnswer,
    *,
    status: int,
) -> HttpResponse:
    context = {
        "self_assessment": found,
        "page": page,
        "form": form,
        "mine": form["mine"].value(),
        "theirs": theirs,
        "own": theirs.saved_by_id == request.user.pk,
        "when": said_when(theirs.saved_at),
    }
    return render(request, "rounds/self_assessment_conflict.html", context, status=status)
