"""The time in which each of a team notes on their own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from feedback import actions, permissions, queries
from feedback.views.findings import readable_challenge


@require_http_methods(["GET", "POST"])
def challenge_independent_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Says first what it means."""
    challenge = readable_challenge(request.user, pk)
    permissions.begin_independent_phase(request.user, challenge).require()
    if request.method == "POST":
        actions.begin_independent_phase(challenge, by=request.user)
        messages.success(request, "Each of the team now sees only what they note themselves.")
        return redirect("challenge_findings", challenge.pk)
    return render(request, "feedback/challenge_independent_begin.html", {"challenge": challenge})


@require_POST
def challenge_independent_done(request: HttpRequest, pk: int) -> HttpResponse:
    challenge = readable_challenge(request.user, pk)
    phase = actions.say_done(challenge, by=request.user)
    if phase.ended_at:
        messages.success(request, "All of the team are done: everybody sees all findings.")
    else:
        messages.success(request, "You are done. You can still add to what you noted.")
    return redirect("challenge_findings", challenge.pk)


@require_http_methods(["GET", "POST"])
def challenge_independent_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Names those who are not done yet, then asks."""
    challenge = readable_challenge(request.user, pk)
    permissions.end_independent_phase(request.user, challenge).require()
    if request.method == "POST":
        actions.end_independent_phase(challenge, by=request.user)
        messages.success(request, "Everybody on the team sees all findings now.")
        return redirect("challenge_findings", challenge.pk)
    context = {"challenge": challenge, "alone": queries.alone_in(challenge, request.user)}
    return render(request, "feedback/challenge_independent_end.html", context)
