"""The lead answers what the host said of the letter, point by point."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from feedback import actions, permissions, queries
from feedback.forms import PointsForm
from feedback.models import Letter
from feedback.views.reading import posted, seen_letter
from peerchallenge.shared.answers import Refused


@require_http_methods(["GET", "POST"])
def letter_points(request: HttpRequest, pk: int) -> HttpResponse:
    """What the host said and what became of it; the lead answers while the letter is theirs."""
    found = seen_letter(request.user, pk)
    permissions.read_replies(request.user, found).require()
    form = _form(request, found)
    if request.method == "POST" and form.is_valid() and _save(request, found, form):
        left = queries.unanswered_points(found)
        messages.success(
            request,
            "Every point is answered: send the letter on when it is ready."
            if not left
            else f"Your answers are saved. {left} still {'waits' if left == 1 else 'wait'}.",
        )
        return redirect("letter_points", found.pk)
    actions.read_letter(found, by=request.user)
    return _page(request, found, form)


def _form(request: HttpRequest, found: Letter) -> PointsForm:
    threads = queries.accuracy_thread(found, as_host=False)
    points = [said for thread in threads for said in thread.points if said.to_answer]
    return PointsForm(posted(request), points=points)


def _save(request: HttpRequest, found: Letter, form: PointsForm) -> bool:
    answers = {pk: actions.PointAnswer(*answer) for pk, answer in form.answers.items()}
    try:
        actions.answer_points(found, answers, seen=form.seen, by=request.user)
    except actions.AnsweredMeanwhile as meanwhile:
        form.keep_both(meanwhile.theirs, request.user)
    except Refused as refused:
        form.add_error(None, refused.reason)
    else:
        return True
    return False


def _page(request: HttpRequest, found: Letter, form: PointsForm) -> HttpResponse:
    as_host = permissions.as_host_only(request.user, found)
    may_answer = permissions.answer_points(request.user, found)
    threads = queries.accuracy_thread(found, as_host=as_host)
    if may_answer:  # those to be answered stand in the form
        threads = [one for one in threads if not any(said.to_answer for said in one.points)]
    context = {
        "found": found,
        "challenge": found.challenge,
        "form": form,
        "threads": threads,
        "may_answer": may_answer,
        "may_edit": permissions.edit_letter(request.user, found),
        "left": queries.unanswered_points(found),
    }
    return render(
        request, "feedback/letter_points.html", context, status=409 if form.theirs else 200
    )
