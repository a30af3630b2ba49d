"""What looks like a child's details in a letter: taken out, or confirmed by name."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from feedback import actions, permissions, queries
from feedback.views.reading import posted, seen_letter
from rounds.forms.details import DetailsForm


@require_http_methods(["GET", "POST"])
def letter_details(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_letter(request.user, pk)
    permissions.settle_letter_details(request.user, found).require()
    details = queries.letter_details(found)
    waiting = [one for one in details if one.confirmed is None]
    form = DetailsForm(posted(request), details=waiting)
    if request.method == "POST" and form.is_valid():
        actions.confirm_letter_details(found, form.cleaned_data["confirmed"], by=request.user)
        messages.success(request, "Confirmed in your name.")
        left = len(waiting) > len(form.cleaned_data["confirmed"])
        return redirect("letter_details" if left else _onward(request, found.pk), pk)
    context = {
        "found": found,
        "challenge": found.challenge,
        "form": form,
        "waiting": waiting,
        "confirmed": [one for one in details if one.confirmed],
        "may_edit": permissions.edit_letter(request.user, found),
        "onward": _onward(request, found.pk),
    }
    status = 422 if form.errors else 200
    return render(request, "feedback/letter_details.html", context, status=status)


def _onward(request: HttpRequest, pk: int) -> str:
    """Back to where it was stopped: sending it on, or approving it."""
    found = seen_letter(request.user, pk)
    return "letter_send" if permissions.edit_letter(request.user, found) else "letter"
