from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from feedback import actions, permissions, queries
from feedback.forms import ReadParams, SendBackForm
from feedback.states import LetterState
from feedback.views.reading import posted, seen_letter


@require_POST
def letter_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """A second person signs the letter off."""
    found = seen_letter(request.user, pk)
    if found.state == LetterState.APPROVED and found.approved_by_id == request.user.pk:
        return redirect("letter", found.pk)
    if permissions.approve_letter(request.user, found) and queries.letter_details_to_settle(found):
        return redirect("letter_details", found.pk)
    seen = ReadParams.clean_or_default(request.POST)["seen"] or None
    try:
        actions.approve_letter(found, seen=seen, by=request.user)
    except actions.ChangedMeanwhile:
        messages.error(request, "The letter has changed since you read it: read it again first.")
    else:
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
