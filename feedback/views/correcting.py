"""An issued letter never changes: a new one takes its place."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from feedback import actions, permissions
from feedback.forms import CorrectionForm
from feedback.models import Letter
from feedback.views.reading import posted, seen_letter


@require_http_methods(["GET", "POST"])
def letter_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Why the letter is replaced; then its correction is written. Pressed twice, it is one."""
    found = seen_letter(request.user, pk)
    begun = Letter.objects.visible_to(request.user).filter(supersedes=found).first()
    if begun:
        return redirect("letter", begun.pk)
    permissions.begin_correction(request.user, found).require()
    form = CorrectionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        correction = actions.begin_correction(found, reason=reason, by=request.user)
        messages.success(request, "The corrected letter begins with the words of the issued one.")
        return redirect("letter_edit", correction.pk)
    context = {"form": form, "found": found, "challenge": found.challenge}
    return render(request, "feedback/letter_correct.html", context)


@require_http_methods(["GET", "POST"])
def letter_give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """The correction is not needed: the issued letter stands."""
    found = seen_letter(request.user, pk)
    permissions.drop_correction(request.user, found).require()
    if request.method == "POST":
        actions.drop_correction(found, by=request.user)
        messages.success(request, "The correction is given up: the issued letter stands.")
        return redirect("letter", found.supersedes_id)
    context = {"found": found, "challenge": found.challenge}
    return render(request, "feedback/letter_give_up.html", context)
