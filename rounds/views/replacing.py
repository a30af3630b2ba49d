from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from peerchallenge.shared.answers import Refused
from rounds import actions, permissions
from rounds.forms.replacing import CancelForm, ReplaceForm
from rounds.models import Challenge
from rounds.queries.postponing import consequences_of
from rounds.queries.replacing import substitutes_for
from rounds.states import ChallengeState
from rounds.views.challenges import find


@require_http_methods(["GET", "POST"])
def challenge_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one challenge back, with a reason; all sides are told."""
    found = find(request, pk)
    permissions.run_round(request.user, found.round.region).require()
    if found.state == ChallengeState.CANCELLED:
        messages.info(request, "This match was taken back already: nobody is told twice.")
        return redirect("round_match", found.round_id)
    may_cancel = permissions.cancel_challenge(request.user, found)
    form = CancelForm(request.POST or None)
    if request.method == "POST":
        may_cancel.require()
        if form.is_valid():
            actions.cancel_challenge(found, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, f"Taken back: {found}. All sides are being told.")
            return redirect("round_match", found.round_id)
    context = {
        "challenge": found,
        "form": form,
        "may_cancel": may_cancel,
        "does": consequences_of(found),
    }
    return render(request, "rounds/challenge_cancel.html", context)


@require_http_methods(["GET", "POST"])
def challenge_replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the place of a challenger that falls out to the next best, in one act."""
    found = find(request, pk)
    permissions.run_round(request.user, found.round.region).require()
    if found.state == ChallengeState.CANCELLED:
        messages.info(request, "This challenge is over: see below what takes its place.")
        return redirect("challenge", pk)
    permissions.replace_challenger(request.user, found).require()
    others = substitutes_for(found)
    form = ReplaceForm(request.POST or None, challenge=found, possible=others.possible)
    if request.method == "POST" and form.is_valid() and (made := _replace(request, found, form)):
        return redirect("challenge", made.pk)
    context = {
        "challenge": found,
        "form": form,
        "others": others,
        "does": consequences_of(found),
    }
    return render(request, "rounds/challenge_replace.html", context)


def _replace(request: HttpRequest, found: Challenge, form: ReplaceForm) -> Challenge | None:
    """The new challenge; if there is none, the form says why."""
    gone, new = form.chosen()
    reason = form.cleaned_data["reason"]
    try:
        made = actions.replace_challenger(found, gone, new, reason=reason, by=request.user)
    except Refused as refused:
        form.add_error("new", refused.reason.removesuffix("."))
        return None
    messages.success(request, f"{new.authority} is being asked, and {found.host_authority} told.")
    return made
