from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from authorities.models import User
from feedback import actions, permissions, queries
from feedback.forms import ConcernForm, ToldForm
from feedback.models import ImmediateConcern
from feedback.views.reading import posted
from peerchallenge.shared.answers import Refused
from rounds.models import Challenge
from rounds.permissions import speaks_for_host


@require_http_methods(["GET", "POST"])
def challenge_concern(request: HttpRequest, pk: int) -> HttpResponse:
    """What to do now; then, once it is confirmed, the director is told and the time kept."""
    seen = Challenge.objects.visible_to(request.user).with_both_sides()
    challenge = get_object_or_404(seen, pk=pk)
    permissions.raise_concern(request.user, challenge).require()
    form = ConcernForm(posted(request))
    page = "feedback/concern_raise.html"
    if request.method == "POST" and form.is_valid():
        if "confirmed" in request.POST:
            concern = actions.raise_concern(challenge, **form.concern(), by=request.user)
            return redirect("concern", concern.pk)
        page = "feedback/concern_confirm.html"
    context = {
        "challenge": challenge,
        "form": form,
        "directors": queries.directors_of_host(challenge),
        "open": challenge.concerns.visible_to(request.user).open(),
    }
    return render(request, page, context)


@require_GET
def concern(request: HttpRequest, pk: int) -> HttpResponse:
    """When it was raised, told in person and acknowledged, for the three who may know."""
    return _shown(request, _seen(request.user, pk), ToldForm())


@require_POST
def concern_acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """The director's one press."""
    found = _seen(request.user, pk)
    actions.acknowledge_concern(found, by=request.user)
    messages.success(request, "Thank you. Whoever raised it, and the lead reviewer, are told.")
    return redirect("concern", found.pk)


@require_POST
def concern_told(request: HttpRequest, pk: int) -> HttpResponse:
    """The host has been spoken to since."""
    found = _seen(request.user, pk)
    form = ToldForm(request.POST)
    if form.is_valid():
        try:
            actions.say_concern_told(found, spoken_at=form.cleaned_data["told_at"], by=request.user)
        except Refused as refused:
            if found.spoken_at is None:
                raise
            messages.info(request, refused.reason)
        else:
            messages.success(request, "The time is kept.")
        return redirect("concern", found.pk)
    permissions.say_concern_told(request.user, found).require()
    return _shown(request, found, form)


def _seen(user: User, pk: int) -> ImmediateConcern:
    return get_object_or_404(ImmediateConcern.objects.visible_to(user).with_challenge(), pk=pk)


def _shown(request: HttpRequest, found: ImmediateConcern, form: ToldForm) -> HttpResponse:
    user = request.user
    context: dict[str, Any] = {
        "concern": found,
        "challenge": found.challenge,
        "form": form,
        "may_acknowledge": permissions.acknowledge_concern(user, found),
        "may_say_told": permissions.say_concern_told(user, found),
        "directs": speaks_for_host(user, found.challenge),
        "directors": queries.directors_of_host(found.challenge),
        "open_for": queries.open_for(found),
        "lead": queries.lead_of(found.challenge),
    }
    return render(request, "feedback/concern.html", context)
