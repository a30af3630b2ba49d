"""Removing an answer from everywhere: asked for by one person, done by another."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from peerchallenge.shared.answers import Refused
from rounds import actions, permissions
from rounds.forms.purges import PurgeForm
from rounds.models import Purge
from rounds.queries.purges import answered_questions, reach_of
from rounds.views.self_assessments import find_whole


@require_http_methods(["GET", "POST"])
def self_assessment_purge(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_whole(request, pk)
    permissions.ask_for_purge(request.user, found).require()
    form = PurgeForm(request.POST or None, questions=answered_questions(found))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.ask_for_purge(found, form.chosen(), reason=reason, by=request.user)
        except Refused as refused:
            form.add_error("question", refused.reason)
        else:
            messages.success(request, "Asked. A system administrator has been told.")
            return redirect("self_assessment", pk)
    context = {"self_assessment": found, "form": form}
    return render(request, "rounds/purge_ask.html", context)


@require_GET
def purges(request: HttpRequest) -> HttpResponse:
    permissions.see_purges(request.user).require()
    rows = Purge.objects.visible_to(request.user).with_places()
    return render(request, "rounds/purge_list.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def purge(request: HttpRequest, pk: int) -> HttpResponse:
    """What would go, counted, and the press that removes it."""
    found = get_object_or_404(Purge.objects.visible_to(request.user).with_places(), pk=pk)
    may = permissions.purge_answer(request.user, found)
    if request.method == "POST":
        if found.done_at is None:
            actions.purge_answer(found, by=request.user)
            messages.success(request, "Purged. Whoever asked for it has been told.")
        return redirect("purges")
    context = {"purge": found, "may": may, "reach": reach_of(found) if may else None}
    return render(request, "rounds/purge.html", context)
