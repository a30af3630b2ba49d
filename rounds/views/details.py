"""What looks like a child's details, before it is sent: taken out, or confirmed by name."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from rounds import actions, permissions
from rounds.forms.details import DetailsForm
from rounds.queries.details import details_of
from rounds.states import SENT
from rounds.views.self_assessments import find_whole


@require_http_methods(["GET", "POST"])
def self_assessment_details(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_whole(request, pk)
    may_settle = permissions.settle_details(request.user, found)
    if request.method == "GET" and found.state in SENT and not may_settle:
        return redirect("self_assessment", pk)
    may_settle.require()
    details = details_of(found)
    waiting = [one for one in details if one.confirmed is None]
    form = DetailsForm(request.POST if request.method == "POST" else None, details=waiting)
    if request.method == "POST" and form.is_valid():
        actions.confirm_details(found, form.cleaned_data["confirmed"], by=request.user)
        left = len(waiting) - len(form.cleaned_data["confirmed"])
        messages.success(request, "Confirmed in your name.")
        return redirect("self_assessment_details" if left else "self_assessment_check", pk)
    context = {
        "self_assessment": found,
        "form": form,
        "waiting": waiting,
        "confirmed": [one for one in details if one.confirmed],
    }
    status = 422 if form.errors else 200
    return render(request, "rounds/self_assessment_details.html", context, status=status)
