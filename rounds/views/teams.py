"""The teams of a round, for its officers: proposed, asked and changed."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rounds import actions, permissions
from rounds.forms.seats import SeatsForm, TeamsParams, VersionForm
from rounds.matching.teams import Unfilled
from rounds.models import Round
from rounds.queries.navigation import round_tabs
from rounds.queries.seating import seating_of
from rounds.queries.seats_asked import (
    about_to_ask,
    proposal_version,
    proposed_offers,
    seats_mark,
)
from rounds.queries.team_sheet import teams_sheet
from rounds.queries.teams import (
    counts_of,
    shown_challenges,
    team_lines,
    unfilled_said,
    used_columns,
)
from rounds.queries.visits import counted
from rounds.views.documents import send_sheet
from rounds.views.rounds import officers_round

PER_PAGE = 16


@require_GET
def round_teams(request: HttpRequest, pk: int) -> HttpResponse:
    """All visits and their seats."""
    return _teams(request, officers_round(request.user, pk))


def _teams(request: HttpRequest, round: Round, unfilled: Sequence[Unfilled] = ()) -> HttpResponse:
    params = TeamsParams.clean_or_default(request.GET)
    seating = seating_of(round)
    challenges = shown_challenges(seating, params["show"])
    page = Paginator(challenges, PER_PAGE).get_page(params["page"] or 1)
    lines = team_lines(seating, page.object_list)
    context = {
        "round": round,
        "seats": used_columns(lines),
        "lines": lines,
        "page": page,
        "show": params["show"],
        "query": f"show={params['show']}&" if params["show"] else "",
        "counts": counts_of(seating),
        "visits": len(seating.challenges),
        "unfilled": unfilled_said(seating, unfilled),
        "may_propose": permissions.propose_teams(request.user, round),
        "sub_navigation": round_tabs(round, "round_teams", request.user),
    }
    return render(request, "rounds/round_teams.html", context)


@require_POST
def round_teams_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """The best teams for all; where seats stay empty, the page that says why."""
    round = officers_round(request.user, pk)
    teams = actions.propose_teams(round, by=request.user)
    found = counted(len(teams.places), "seat")
    if teams.unfilled:
        left = counted(sum(one.count for one in teams.unfilled), "seat")
        messages.info(request, f"Found somebody for {found}. For {left} there is nobody.")
        return _teams(request, round, teams.unfilled)
    if teams.places:
        messages.success(request, f"Found somebody for {found}. Nobody is told yet.")
    else:
        messages.info(request, "No seat is open: there was nobody to find.")
    return redirect("round_teams", pk)


@require_http_methods(["GET", "POST"])
def round_teams_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop before everybody proposed is written to."""
    round = officers_round(request.user, pk)
    if request.method == "POST":
        return _ask(request, round)
    permissions.ask_seats(request.user, round).require()
    offers = proposed_offers(round)
    if not offers:
        messages.info(request, "Nobody is proposed who has not been asked.")
        return redirect("round_teams", pk)
    context = {
        "round": round,
        "asked": about_to_ask(round, offers),
        "version": proposal_version(offers),
    }
    return render(request, "rounds/round_teams_ask.html", context)


def _ask(request: HttpRequest, round: Round) -> HttpResponse:
    version = VersionForm.clean_or_404(request.POST)["version"]
    try:
        asked = actions.ask_seats(round, version=version, by=request.user)
    except actions.ProposalChanged:
        if proposed_offers(round):
            messages.info(request, "The proposals changed since you looked at them. Look again.")
            return redirect("round_teams_ask", round.pk)
        messages.info(request, "They have been asked already: nobody is asked twice.")
        return redirect("round_teams", round.pk)
    people = counted(len({offer.user_id for offer in asked}), "person", "people")
    messages.success(request, f"We are writing to {people}. Their answers show up here.")
    return redirect("round_teams", round.pk)


@require_http_methods(["GET", "POST"])
def round_seats(request: HttpRequest, pk: int) -> HttpResponse:
    """Which seats every team of the round has."""
    round = officers_round(request.user, pk)
    may = permissions.change_seats(request.user, round)
    back = reverse("round_teams", args=[pk])
    seats, mark = round.format.seats, seats_mark(round)
    form = SeatsForm(request.POST or None, seats=seats, seen=mark, cancel_url=back)
    if request.method == "POST":
        may.require()
        if form.is_valid():
            return _save_seats(request, round, form)
    context = {"round": round, "form": form, "may_change": may}
    return render(request, "rounds/round_seats.html", context)


def _save_seats(request: HttpRequest, round: Round, form: SeatsForm) -> HttpResponse:
    seen = form.cleaned_data["seen"]
    try:
        actions.change_seats(round, form.changed(), seen=seen, by=request.user)
    except actions.SeatsChanged:
        messages.info(request, "Somebody changed the seats meanwhile: look again.")
        return redirect("round_seats", round.pk)
    messages.success(request, "The seats are saved.")
    return redirect("round_teams", round.pk)


@require_GET
def round_teams_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    round = officers_round(request.user, pk)
    return send_sheet(round, teams_sheet(seating_of(round)))
