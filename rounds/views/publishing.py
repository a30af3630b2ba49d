"""From the board to the offers: published, confirmed, taken back, matched again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from peerchallenge.shared.answers import Refused
from rounds import actions, permissions
from rounds.forms.publishing import ConfirmForm, PublishForm
from rounds.models import Round, Scenario
from rounds.queries.confirming import Confirming, confirming_of
from rounds.queries.proposals import proposal_of
from rounds.queries.visits import counted
from rounds.views.rounds import officers_round

CHANGED = "The matches changed since you looked at them. Look again."


@require_POST
def round_match_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish what is on the board, and go on to the page that asks before anybody is told."""
    round = officers_round(request.user, pk)
    sent = PublishForm.clean_or_404(request.POST)
    try:
        scenario, version = _on_board(request, round, sent["scenario"], sent["version"])
        actions.publish_scenario(scenario, version=version, by=request.user)
    except actions.MatchesChanged:
        messages.info(request, CHANGED)
        return _board(round, sent["scenario"])
    except Refused as refused:
        permissions.match(request.user, round).require()
        messages.info(request, refused.reason)
        return _board(round, sent["scenario"])
    return redirect("round_match_confirm", round.pk)


def _on_board(
    request: HttpRequest, round: Round, pk: int | None, version: str
) -> tuple[Scenario, int | None]:
    """The scenario that the board showed; one that was only proposed is saved first."""
    if pk:
        seen = Scenario.objects.visible_to(request.user).filter(round=round)
        return get_object_or_404(seen, pk=pk), int(version) if version.isdecimal() else -1
    pairs = proposal_of(round, None).pairs
    return actions.save_matches(round, None, pairs, version=version, by=request.user), None


def _board(round: Round, scenario: int | None) -> HttpResponse:
    query = f"?scenario={scenario}" if scenario else ""
    return redirect(reverse("round_match", args=[round.pk]) + query)


@require_POST
def round_match_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the published scenario again, before anybody has been told."""
    round = officers_round(request.user, pk)
    published = Scenario.objects.visible_to(request.user).filter(
        round=round, published_at__isnull=False
    )
    scenario = published.first()
    if scenario is None:
        messages.info(request, "Nothing is published: the matches can be changed.")
        return redirect("round_match", round.pk)
    try:
        actions.take_back_scenario(scenario, by=request.user)
    except Refused as refused:
        messages.info(request, refused.reason)
    else:
        done = f"“{scenario.name}” is taken back: it can be changed again, and nobody was told."
        messages.success(request, done)
    return _board(round, scenario.pk)


@require_http_methods(["GET", "POST"])
def round_match_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop before directors are told who challenges them."""
    round = officers_round(request.user, pk)
    if request.method == "POST":
        return _confirm(request, round)
    found = confirming_of(round)
    if not found or found.obstacles:
        for obstacle in found.obstacles if found else ():
            messages.info(request, obstacle)
        return redirect("round_match", round.pk)
    context = {"round": round, "confirming": found, "heading": _heading(found)}
    return render(request, "rounds/round_match_confirm.html", context)


def _heading(found: Confirming) -> str:
    team = counted(found.team_members, "team member") if found.team_members else ""
    everybody = f"{counted(found.directors, 'director')}{f' and {team}' if team else ''}"
    return f"You are about to e-mail {everybody}"


def _confirm(request: HttpRequest, round: Round) -> HttpResponse:
    version = ConfirmForm.clean_or_404(request.POST)["version"]
    try:
        offered = actions.confirm_matches(round, version=version, by=request.user)
    except actions.MatchesChanged:
        found = confirming_of(round)
        if found is not None and not found:
            messages.info(request, "These matches were confirmed already: nobody is told twice.")
            return redirect("round_visits", round.pk)
        messages.info(request, CHANGED)
        return redirect("round_match_confirm" if found else "round_match", round.pk)
    except Refused as refused:
        permissions.match(request.user, round).require()
        messages.info(request, refused.reason)
        return redirect("round_match", round.pk)
    pairs = counted(len(offered), "match", "matches")
    messages.success(request, f"Confirmed: {pairs}. The directors of both sides are being told.")
    return redirect("round_visits", round.pk)


@require_POST
def round_match_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Match again around what fell through, moving the fewest of the offers that stand."""
    round = officers_round(request.user, pk)
    try:
        scenario = actions.match_again(round, by=request.user)
    except Refused as refused:
        permissions.match(request.user, round).require()
        messages.info(request, refused.reason)
        return redirect("round_match", round.pk)
    messages.success(
        request, f"“{scenario.name}” is below. Nobody is told until you publish and confirm it."
    )
    return _board(round, scenario.pk)
