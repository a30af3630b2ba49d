"""Authorities in intervention; and by round, the officer's word that one may challenge."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from authorities import actions as authorities
from authorities.models import Intervention
from authorities.permissions import end_intervention, see_interventions
from peerchallenge.shared.answers import Refused
from rounds import actions, permissions
from rounds.forms.interventions import EndInterventionForm, InterventionForm, WordForm
from rounds.models import Participation
from rounds.queries.interventions import authorities_to_add, barred_in, spells_for, word_on
from rounds.queries.navigation import conflict_tabs, round_tabs
from rounds.views.rounds import officers_round


@require_GET
def interventions(request: HttpRequest) -> HttpResponse:
    see_interventions(request.user).require()
    may_end = partial(end_intervention, request.user)
    context = {
        "spells": spells_for(request.user, may_end),
        "sub_navigation": conflict_tabs("interventions"),
    }
    return render(request, "rounds/intervention_list.html", context)


@require_http_methods(["GET", "POST"])
def intervention_add(request: HttpRequest) -> HttpResponse:
    see_interventions(request.user).require()
    form = InterventionForm(
        request.POST if request.method == "POST" else None,
        authorities=authorities_to_add(request.user),
        cancel_url=reverse("interventions"),
    )
    if request.method == "POST" and form.is_valid():
        try:
            added = authorities.add_intervention(**form.cleaned_data, by=request.user)
        except Refused as refused:
            form.add_error("authority", refused.reason)
        else:
            messages.success(request, f"Added: {added}. It challenges nobody unless you say so.")
            return redirect("interventions")
    return render(request, "rounds/intervention_add.html", {"form": form})


@require_http_methods(["GET", "POST"])
def intervention_end(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Intervention.objects.visible_to(request.user).select_related("authority")
    found = get_object_or_404(rows, pk=pk)
    if refused := end_intervention(request.user, found).reason:
        messages.info(request, refused)
        return redirect("interventions")
    data = request.POST if request.method == "POST" else None
    form = EndInterventionForm(data, intervention=found, cancel_url=reverse("interventions"))
    if data is not None and form.is_valid():
        day = form.cleaned_data["last_day"]
        try:
            authorities.end_intervention(found, last_day=day, by=request.user)
        except Refused as refusal:
            form.add_error("last_day", refusal.reason)
        else:
            messages.success(request, f"{found.authority}: the last day is {day:%-d %B %Y}.")
            return redirect("interventions")
    return render(request, "rounds/intervention_end.html", {"form": form, "intervention": found})


@require_GET
def round_interventions(request: HttpRequest, pk: int) -> HttpResponse:
    """Who of this round is in intervention, and on whose word it may challenge."""
    found = officers_round(request.user, pk)
    may_change = partial(permissions.allow_despite_intervention, request.user)
    context = {
        "round": found,
        "rows": barred_in(found, may_change),
        "sub_navigation": round_tabs(found, "round_match", request.user),
    }
    return render(request, "rounds/round_interventions.html", context)


@require_http_methods(["GET", "POST"])
def intervention_allow(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    found = officers_round(request.user, pk)
    who = _part(request, found.pk, part)
    back = reverse("round_interventions", args=[pk])
    if word_on(who):
        messages.info(request, f"{who.authority} may challenge in this round already.")
        return redirect(back)
    permissions.allow_despite_intervention(request.user, who).require()
    form = WordForm(request.POST if request.method == "POST" else None, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.allow_despite_intervention(who, reason=reason, by=request.user)
        messages.success(request, f"{who.authority} may challenge in this round.")
        return redirect(back)
    context = {"round": found, "participation": who, "form": form, "back": back}
    return render(request, "rounds/intervention_allow.html", context)


@require_http_methods(["GET", "POST"])
def intervention_withdraw_word(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """Asks first; pressed twice, the second press finds it done."""
    found = officers_round(request.user, pk)
    who = _part(request, found.pk, part)
    back = reverse("round_interventions", args=[pk])
    word = word_on(who)
    if word is None:
        messages.info(request, f"Nobody has said that {who.authority} may challenge.")
        return redirect(back)
    permissions.withdraw_word(request.user, who).require()
    if request.method == "POST":
        try:
            actions.withdraw_word(who, by=request.user)
        except Refused as refused:  # somebody else was quicker
            messages.info(request, refused.reason)
        else:
            done = f"{who.authority} challenges nobody while it is in intervention."
            messages.success(request, done)
        return redirect(back)
    context = {"round": found, "participation": who, "word": word, "back": back}
    return render(request, "rounds/intervention_withdraw_word.html", context)


def _part(request: HttpRequest, round: int, pk: int) -> Participation:
    rows = Participation.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("round__region", "authority"), round=round, pk=pk)
