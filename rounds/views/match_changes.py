from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rounds import permissions
from rounds.forms.matches import BoardParams, ChangesParams
from rounds.queries.board import match_board
from rounds.queries.board_sheet import board_sheet
from rounds.queries.changes import changes_of
from rounds.queries.navigation import round_tabs
from rounds.queries.proposals import scenario_on_board
from rounds.views.documents import send_sheet
from rounds.views.rounds import officers_round


@require_GET
def round_match_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that officers changed in a scenario, or in all; each can be taken back."""
    round = officers_round(request.user, pk)
    asked = ChangesParams.clean_or_404(request.GET)
    scenario = scenario_on_board(round, asked["scenario"]) if asked["scenario"] else None
    context = {
        "round": round,
        "scenario": scenario,
        "page": changes_of(round, scenario, asked["page"] or 1),
        "query": f"scenario={scenario.pk}&" if scenario else "",
        "may_change": permissions.change_matches(request.user, round, scenario),
        "sub_navigation": round_tabs(round, "round_match", request.user),
    }
    return render(request, "rounds/round_match_changes.html", context)


@require_GET
def round_match_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """The board as a table to take away."""
    round = officers_round(request.user, pk)
    asked = BoardParams.clean_or_default(request.GET)
    board = match_board(round, scenario_on_board(round, asked["scenario"]))
    return send_sheet(round, board_sheet(board))
