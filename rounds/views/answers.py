"""One question of a self-assessment: saved as it is typed, never overwritten unseen."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from peerchallenge.shared.answers import Refused
from rounds import actions, permissions
from rounds.forms.self_assessments import AnswerForm, BackParams, ChoiceOfTexts
from rounds.models import SelfAssessment, WrittenAnswer
from rounds.queries.self_assessments import QuestionPage, question_page
from rounds.queries.writing import said_when
from rounds.views.self_assessments import find


@require_http_methods(["GET", "POST"])
def self_assessment_question(
    request: HttpRequest, pk: int, section: str, place: int
) -> HttpResponse:
    found = find(request, pk)
    page = question_page(found, section, place)
    if page is None:
        raise Http404("The questionnaire has no such question")
    if request.method == "POST":
        permissions.acts_for(request.user, found.participation).require()
        return (
            _settle(request, found, page) if "mine" in request.POST else _save(request, found, page)
        )
    if not permissions.write_self_assessment(request.user, found):
        return redirect("self_assessment", pk)
    return _page(request, found, page, AnswerForm(entry=page.entry))


def _save(request: HttpRequest, found: SelfAssessment, page: QuestionPage) -> HttpResponse:
    """What the box holds: sent by the button, or by itself while somebody types."""
    form = AnswerForm(request.POST, entry=page.entry)
    if not form.is_valid():
        return _page(request, found, page, form, status=422)
    text, version = form.cleaned_data["text"], form.cleaned_data["version"]
    try:
        answer = actions.save_answer(
            found, page.entry.question, text, version=version, by=request.user
        )
    except actions.OverwriteRefused as refused:
        return _conflict(request, found, page, text, refused.theirs)
    except Refused as refused:
        form.add_error(None, refused.reason)
        return _page(request, found, page, form, status=403)
    if request.htmx:
        return _saved(request, page, answer)
    return redirect(_onward(request, found, page))


def _settle(request: HttpRequest, found: SelfAssessment, page: QuestionPage) -> HttpResponse:
    """Of two texts for one answer, somebody says which is kept."""
    theirs = page.entry.answer
    if theirs is None:
        return redirect(page.entry.url)
    form = ChoiceOfTexts(request.POST, mine="", theirs=theirs, by=request.user)
    if not form.is_valid():
        return _choice(request, found, page, form, theirs, status=422)
    text, version = form.text_kept(), form.cleaned_data["version"]
    if text is None and version == theirs.version:
        return redirect(_onward(request, found, page))
    if text is None:
        return _conflict(request, found, page, form.cleaned_data["mine"], theirs)
    try:
        actions.save_answer(found, page.entry.question, text, version=version, by=request.user)
    except actions.OverwriteRefused as refused:
        return _conflict(request, found, page, text, refused.theirs)
    except Refused as refused:
        form.add_error(None, refused.reason)
        return _choice(request, found, page, form, theirs, status=403)
    return redirect(_onward(request, found, page))


def _onward(request: HttpRequest, found: SelfAssessment, page: QuestionPage) -> str:
    if "later" in request.POST:
        return reverse("self_assessment", args=[found.pk])
    if BackParams.clean_or_default(request.GET)["back"]:
        return reverse("self_assessment_check", args=[found.pk])
    return page.next_url


def _saved(request: HttpRequest, page: QuestionPage, answer: WrittenAnswer) -> HttpResponse:
    now = replace(page.entry, answer=answer)
    moment = timezone.localtime(answer.saved_at) if answer.version else None
    line = f"Saved at {moment:%H:%M}. {now.count}" if moment else "Nothing to save yet."
    return _line(request, line, version=answer.version)


def _line(
    request: HttpRequest, line: str, *, version: int | None = None, status: int = 200
) -> HttpResponse:
    """The status line beside the box, and the version the next save starts from."""
    context = {"line": line, "version": version}
    return render(request, "rounds/self_assessment_saved.html", context, status=status)


def _page(
    request: HttpRequest,
    found: SelfAssessment,
    page: QuestionPage,
    form: AnswerForm,
    *,
    status: int = 200,
) -> HttpResponse:
    if request.htmx:
        why = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return _line(request, f"Not saved. {why} Your text is still in this page.", status=422)
    context = {"self_assessment": found, "page": page, "form": form}
    return render(request, "rounds/self_assessment_question.html", context, status=status)


def _conflict(
    request: HttpRequest,
    found: SelfAssessment,
    page: QuestionPage,
    mine: str,
    theirs: WrittenAnswer,
) -> HttpResponse:
    """Somebody saved another text since this page was drawn: both are shown, nothing is lost."""
    if request.htmx:
        who = "You" if theirs.saved_by == request.user else str(theirs.saved_by)
        where = " in another window" if who == "You" else ""
        line = (
            f"Not saved. {who} saved another text here {said_when(theirs.saved_at)}{where}. "
            "Yours is still in this page: choose “Save and continue” to see both."
        )
        return _line(request, line, status=409)
    form = ChoiceOfTexts(mine=mine, theirs=theirs, by=request.user)
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
        "own": theirs.saved_by == request.user,
        "when": said_when(theirs.saved_at),
    }
    return render(request, "rounds/self_assessment_conflict.html", context, status=status)
