from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from feedback import actions, permissions, queries
from feedback.forms import AccuracyForm, SendBackForm
from feedback.states import LetterState
from feedback.views.reading import letter_context, posted, seen_letter
from peerchallenge.shared.answers import Refused


@require_http_methods(["GET", "POST"])
def letter_accuracy(request: HttpRequest, pk: int) -> HttpResponse:
    """The host reads its letter and says whether the facts are right."""
    found = seen_letter(request.user, pk)
    form = AccuracyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            reply = actions.reply_on_accuracy(found, **form.reply(), by=request.user)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, SAID[reply.agrees])
            return redirect("letter_accuracy", found.pk)
    actions.read_letter(found, by=request.user)
    context = letter_context(request.user, found) | {
        "form": form,
        "may_reply": permissions.reply_on_accuracy(request.user, found),
        "due": queries.reply_due(found),
    }
    return render(request, "feedback/letter_accuracy.html", context)


SAID = {
    True: "Thank you. The letter goes to the approver.",
    False: "Thank you. The lead reviewer has been told what is wrong.",
}


@require_POST
def letter_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """A second person signs the letter off."""
    found = seen_letter(request.user, pk)
    if found.state == LetterState.APPROVED and found.approved_by_id == request.user.pk:
        return redirect("letter", found.pk)
    actions.approve_letter(found, by=request.user)
    messages.success(request, "The letter is approved and can be issued.")
    return redirect("letter", found.pk)


@require_http_methods(["GET", "POST"])
def letter_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The approver says what the team should change."""
    found = seen_letter(request.user, pk)
    permissions.send_letter_back(request.user, found).require()
    form = SendBackForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actions.send_letter_back(found, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "The letter is back with the team, and its lead is told why.")
        return redirect("round_letters", found.challenge.round_id)
    context = {"form": form, "found": found, "challenge": found.challenge}
    return render(request, "feedback/letter_send_back.html", context)
