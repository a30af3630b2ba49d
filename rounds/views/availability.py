"""Days on which somebody cannot visit or be visited."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from peerchallenge.shared.answers import Refused
from rounds import actions, permissions
from rounds.forms.availability import TakeBackParams, UnavailableForm
from rounds.models import Unavailable
from rounds.queries.availability import also_otherwise, owners_for, span


@require_http_methods(["GET", "POST"])
def availability(request: HttpRequest) -> HttpResponse:
    """The days of the authorities one acts for and one's own, and a form for more."""
    permissions.open_availability(request.user).require()
    form = UnavailableForm(request.POST or None, user=request.user)
    if form.is_valid():
        try:
            row = actions.say_unavailable(form.authority(), **form.days(), by=request.user)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            said = span(row.first_day, row.last_day)
            messages.success(request, f"Saved: {said}{_with_those_there(form, row)}.")
            return redirect("availability")
    context = {"form": form, "owners": owners_for(request.user)}
    return render(request, "rounds/availability.html", context)


def _with_those_there(form: UnavailableForm, row: Unavailable) -> str:
    """Said where days that were there already become one with the new ones, or differ."""
    asked = form.days()
    grown = (row.first_day, row.last_day) != (asked["first_day"], asked["last_day"])
    said = ", together with the days that were there already" if grown else ""
    if also_otherwise(row):
        said += ". On days said to be both, “cannot” counts"
    return said


@require_POST
def availability_remove(request: HttpRequest) -> HttpResponse:
    permissions.open_availability(request.user).require()
    key = TakeBackParams.clean_or_default(request.POST)["days"]
    row = Unavailable.objects.visible_to(request.user).filter(pk=key).first()
    if row is None or not actions.take_back_unavailable(row, by=request.user):
        messages.info(request, "These days have been removed already.")
    else:
        messages.success(request, f"Removed: {span(row.first_day, row.last_day)}.")
    return redirect("availability")
