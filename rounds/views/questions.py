from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from peerchallenge.shared.answers import Refused
from rounds import actions, permissions
from rounds.forms.questionnaires import CorrectionForm, QuestionForm
from rounds.models import Question, Round
from rounds.queries.questionnaires import objections_to, questions_of
from rounds.queries.rounds import Fact
from rounds.queries.wording import differences
from rounds.states import RoundState
from rounds.views.questionnaires import editable, form_page, list_url, renew, saved

CHANGE = "Change a question"
CORRECTED = {
    "round": "The question has been corrected in this round.",
    "preset": "The question has been corrected in the region’s preset; this round asks as before.",
    "both": "The question has been corrected in this round and in the region’s preset.",
}


@require_http_methods(["GET", "POST"])
def question_add(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    found = editable(request, pk)
    row = get_object_or_404(found.sections, pk=section)
    form = QuestionForm(request.POST or None, state=found.state, cancel_url=list_url(found))
    if form.is_valid():
        question = actions.add_question(row, form.asked(), by=request.user)
        text = f"The question has been added to “{row.title}”."
        return saved(request, found, text, _anchor(question))
    return form_page(request, found, form, f"Add a question to “{row.title}”")


@require_http_methods(["GET", "POST"])
def question_change(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    """In a draft saved at once; in an open round first shown as a difference."""
    found = editable(request, pk)
    row = get_object_or_404(questions_of(found), pk=question)
    permissions.change_question(request.user, row).require()
    form = QuestionForm(
        request.POST or None, question=row, state=found.state, cancel_url=list_url(found)
    )
    if form.is_valid():
        return _difference(request, found, row, form) if form.open else _save(request, row, form)
    return form_page(request, found, form, CHANGE)


def _save(request: HttpRequest, question: Question, form: QuestionForm) -> HttpResponse:
    round = question.section.round
    version = form.cleaned_data["version"]
    try:
        actions.change_question(question, form.asked(), version=version, by=request.user)
    except actions.QuestionnaireChanged:
        question.refresh_from_db()
        renew(form, question.asks.version)
        now = [Fact("Question", question.text), Fact("Guidance", question.guidance)]
        return form_page(request, round, form, CHANGE, now)
    return saved(request, round, "The question has been changed.", _anchor(question))


def _difference(
    request: HttpRequest, round: Round, question: Question, form: QuestionForm
) -> HttpResponse:
    """Old and new word by word, before it counts anywhere."""
    objections = objections_to(question, form.asked())
    for objection in objections:
        form.add_error(None, objection.removesuffix("."))
    if objections:
        return form_page(request, round, form, CHANGE)
    correction = CorrectionForm(question=question, state=round.state)
    correction.initial.update(form.cleaned_data)
    return _show_difference(request, question, form, correction)


@require_POST
def question_correct(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    """Make the correction that was shown."""
    found = editable(request, pk)
    row = get_object_or_404(questions_of(found), pk=question)
    form = CorrectionForm(request.POST, question=row, state=found.state)
    if not form.is_valid():
        return _show_difference(request, row, form, form)
    places, version = form.places(), form.cleaned_data["version"]
    try:
        actions.change_question(
            row, form.asked(), version=version, applies_to=places, by=request.user
        )
    except actions.QuestionnaireChanged:
        row.refresh_from_db()
        renew(form, row.asks.version)
    except Refused as refused:
        form.add_error(None, refused.reason.removesuffix("."))
    else:
        text = CORRECTED[form.cleaned_data["applies_to"]]
        return saved(request, found, text, _anchor(row))
    return _show_difference(request, row, form, form)


def _show_difference(
    request: HttpRequest, question: Question, form: QuestionForm, correction: CorrectionForm
) -> HttpResponse:
    whole = set(QuestionForm.base_fields) & set(form.errors) == set()
    context = {
        "round": question.section.round,
        "question": question,
        "changes": differences(question.asks, form.asked()) if whole else [],
        "answers": question.answers.exclude(text="").count(),
        "form": correction,
        "back": list_url(question.section.round),
    }
    return render(request, "rounds/questionnaire_difference.html", context)


@require_http_methods(["GET", "POST"])
def question_remove(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    found = editable(request, pk)
    row = questions_of(found).filter(pk=question).first()
    if row is None or row.withdrawn_at:
        messages.info(request, "That question has been taken out already.")
        return redirect("round_questionnaire", pk)
    if request.method == "POST":
        actions.remove_question(row, by=request.user)
        return saved(request, found, "The question has been taken out.")
    context = {
        "round": found,
        "question": row,
        "draft": found.state == RoundState.DRAFT,
        "answers": row.answers.exclude(text="").count(),
        "back": list_url(found),
    }
    return render(request, "rounds/questionnaire_remove.html", context)


@require_POST
def question_restore(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    found = editable(request, pk)
    row = get_object_or_404(questions_of(found), pk=question)
    actions.restore_question(row, by=request.user)
    return saved(request, found, "The question is asked again, as an optional one.", _anchor(row))


def _anchor(question: Question) -> str:
    return f"#question-{question.pk}"
