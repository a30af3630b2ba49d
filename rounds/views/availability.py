"""Days on which somebody cannot visit or be visited."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from authorities.models import Venue
from peerchallenge.shared.answers import Refused
from rounds import actions, permissions
from rounds.forms.availability import (
    SaidParams,
    TakeBackParams,
    UnavailableForm,
    WhoseParams,
    owners_of,
)
from rounds.models import Round, Unavailable
from rounds.queries.availability import span
from rounds.queries.own_days import also_otherwise, owners_for


@require_http_methods(["GET", "POST"])
def availability(request: HttpRequest) -> HttpResponse:
    """One's authorities' days, their venues' and one's own, and a form for more."""
    permissions.open_availability(request.user).require()
    whose = WhoseParams.clean_or_default(request.GET)["whose"]
    form = UnavailableForm(request.POST or None, user=request.user, whose=whose)
    if form.is_valid():
        try:
            row = actions.say_unavailable(form.owner(), **form.days(), by=request.user)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            said = span(row.first_day, row.last_day)
            messages.success(request, f"Saved: {said}{_with_those_there(form, row)}.")
            return _back(form.cleaned_data.get("whose", ""))
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
    seen = Unavailable.objects.visible_to(request.user).select_related("venue", "authority")
    row = seen.filter(pk=key).first()
    if row is None or not actions.take_back_unavailable(row, by=request.user):
        messages.info(request, "These days have been removed already.")
    else:
        messages.success(request, f"Removed: {span(row.first_day, row.last_day)}.")
    return redirect("availability")


@require_POST
def availability_said(request: HttpRequest) -> HttpResponse:
    """One press: these are all the days, or none are."""
    permissions.open_availability(request.user).require()
    asked = SaidParams.clean_or_default(request.POST)
    owners = owners_of(request.user)
    authority = owners.get(asked["whose"])
    round = Round.objects.visible_to(request.user).filter(pk=asked["round"]).first()
    if round is None or asked["whose"] not in owners or isinstance(authority, Venue):
        messages.info(request, "Nothing has been asked of you there.")
        return redirect("availability")
    try:
        actions.answer_availability(round, authority, by=request.user)
    except Refused as refused:
        messages.info(request, refused.reason)
    else:
        said = "You can add or remove days as long as dates are looked for."
        messages.success(request, f"Thank you. {said}")
    return redirect("availability")


def _back(whose: str) -> HttpResponse:
    """To the form again, with the same owner: days often come several at a time."""
    return redirect(f"{reverse('availability')}{f'?whose={whose}' if whose else ''}")
