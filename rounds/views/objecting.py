"""A side says that it cannot on the days it was sent; an officer moves the visit, or settles it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from peerchallenge.shared.answers import Refused
from rounds import actions, permissions
from rounds.forms.objecting import DaysObjectionForm, DaysStayForm
from rounds.models import Challenge, DateObjection
from rounds.queries.away import on_site
from rounds.queries.objecting import sent_days
from rounds.queries.visits import days_said


@require_http_methods(["GET", "POST"])
def challenge_days_object(request: HttpRequest, pk: int) -> HttpResponse:
    """A side cannot on the days sent: it says why, to the officers."""
    seen = Challenge.objects.visible_to(request.user).with_both_sides()
    challenge = get_object_or_404(seen.prefetch_related("days"), pk=pk)
    may = permissions.object_to_days(request.user, challenge)
    sides = permissions.objecting_for(request.user, challenge)
    if request.method == "POST" or not sides:
        may.require()
    form = DaysObjectionForm(request.POST or None, sides=sides)
    if request.method == "POST" and form.is_valid():
        reason, side = form.cleaned_data["reason"], form.side
        objection = actions.object_to_days(challenge, reason, side=side, by=request.user)
        messages.success(request, "The board’s officers have been told that you cannot.")
        return redirect("date_objection", objection.pk)
    context = {
        "challenge": challenge,
        "form": form,
        "may": may,
        "days": days_said(on_site(challenge)),
        "open": challenge.date_objections.open().filter(participation__in=sides).first(),
    }
    return render(request, "rounds/challenge_days_object.html", context)


@require_http_methods(["GET", "POST"])
def date_objection(request: HttpRequest, pk: int) -> HttpResponse:
    """Why a side cannot, and what came of it."""
    seen = DateObjection.objects.visible_to(request.user).with_places()
    objection = get_object_or_404(seen.distinct(), pk=pk)
    may_settle = permissions.settle_date_objection(request.user, objection)
    form = DaysStayForm(request.POST or None)
    if request.method == "POST":
        permissions.run_round(request.user, objection.challenge.round.region).require()
        if may_settle and form.is_valid() and _settle(request, objection, form):
            return redirect("round_visits", objection.challenge.round_id)
    context = {
        "objection": objection,
        "challenge": objection.challenge,
        "sent": sent_days(objection),
        "now": days_said(on_site(objection.challenge)),
        "officer": permissions.run_round(request.user, objection.challenge.round.region),
        "may_settle": may_settle,
        "form": form,
    }
    return render(request, "rounds/date_objection.html", context)


def _settle(request: HttpRequest, objection: DateObjection, form: DaysStayForm) -> bool:
    try:
        actions.settle_date_objection(objection, form.cleaned_data["answer"], by=request.user)
    except Refused as refused:  # somebody else was quicker
        form.add_error(None, refused.reason.removesuffix("."))
        return False
    side = objection.participation.authority
    messages.success(request, f"The days stay. {side} is being told why.")
    return True
