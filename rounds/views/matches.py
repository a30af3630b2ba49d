from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from peerchallenge.shared.answers import Refused
from rounds import actions, matching, permissions
from rounds.forms.matches import MatchForm, PressForm, VersionForm
from rounds.models import Challenge, Round
from rounds.queries.matches import (
    Board,
    draft_of,
    match_board,
    offers_to_make,
    who_proposed_last,
)
from rounds.queries.navigation import round_tabs
from rounds.queries.visits import counted
from rounds.states import ChallengeState
from rounds.views.rounds import officers_round


@require_http_methods(["GET", "POST"])
def round_match(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose who challenges whom; the rules are checked at every change."""
    round = officers_round(request.user, pk)
    if request.method == "POST":
        return _change(request, round)
    chosen = PressForm.clean_or_default(request.GET)["chosen"]
    return _board(request, round, match_board(round), chosen=chosen)


def _change(request: HttpRequest, round: Round) -> HttpResponse:
    board = match_board(round)
    form = MatchForm(request.POST, board=board)
    press = PressForm.clean_or_default(request.POST)
    if not form.is_valid():
        return _board(request, round, match_board(round, form.draft()), form=form)
    draft, notice = _pressed(round, {**draft_of(round), **form.draft()}, press)
    try:
        _save(request, round, draft, form.cleaned_data["version"])
    except actions.MatchesChanged:
        return _conflict(request, round, draft)
    chosen = press["swap"] if press["swap"] and not press["chosen"] else None
    if press["confirm"]:
        return _ready_to_confirm(request, round)
    if request.htmx:
        return _board(request, round, match_board(round), chosen=chosen, notice=notice)
    if notice:
        messages.info(request, notice)
    chosen_first = f"?chosen={chosen}" if chosen else ""
    return redirect(reverse("round_match", args=[round.pk]) + chosen_first)


def _pressed(
    round: Round, draft: dict[int, int | None], press: dict[str, int | None]
) -> tuple[dict[int, int | None], str]:
    """The draft once the pressed button has done its work, and what to say of it."""
    one, other = press["chosen"], press["swap"]
    if press["fill"]:
        return matching.filled(draft, mutual_allowed=round.format.mutual_allowed), ""
    if one not in draft or other not in draft or one == other:
        return draft, ""
    swapped = matching.swapped(draft, one, other)
    if swapped[one] == one or swapped[other] == other:
        return draft, "Not swapped: one of the two would challenge itself. Choose another."
    return swapped, "Swapped."


def _save(request: HttpRequest, round: Round, draft: matching.Draft, version: str) -> None:
    members = round.participations.in_bulk()
    challengers = {
        members[host]: members.get(challenger or 0) for host, challenger in draft.items()
    }
    actions.propose_matches(round, challengers, version=version, by=request.user)


def _conflict(request: HttpRequest, round: Round, draft: matching.Draft) -> HttpResponse:
    """Somebody else saved first: show both, and let the next save decide."""
    return _board(
        request,
        round,
        match_board(round, draft),
        notice=(
            f"{who_proposed_last(round)} changed the matches while you had this page open. "
            "Your choices are below and are not saved yet; where the saved ones differ, "
            "the row says so. Save to keep yours."
        ),
        conflict=True,
    )


def _ready_to_confirm(request: HttpRequest, round: Round) -> HttpResponse:
    board = match_board(round)
    if board.legal:
        return redirect("round_match_confirm", round.pk)
    values = {f"challenger_{row.host}": row.challenger or "" for row in board.rows}
    form = MatchForm({**values, "version": board.version}, board=board)
    form.is_valid()
    form.refuse()
    return _board(request, round, board, form=form)


def _board(
    request: HttpRequest,
    round: Round,
    board: Board,
    *,
    form: MatchForm | None = None,
    chosen: int | None = None,
    notice: str = "",
    conflict: bool = False,
) -> HttpResponse:
    """The page, or the part of it that a change redraws."""
    context = {
        "round": round,
        "board": board,
        "form": form or MatchForm(board=board),
        "chosen": next((row for row in board.rows if row.host == chosen and not row.offer), None),
        "notice": notice,
        "here": request.path,
        "conflict": conflict,
        "may_match": permissions.match(request.user, round),
        "sub_navigation": round_tabs(round, "round_match", request.user),
    }
    part = "_board" if request.htmx else ""
    return render(request, f"rounds/round_match{part}.html", context)


@require_http_methods(["GET", "POST"])
def round_match_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop before directors are told who challenges them."""
    round = officers_round(request.user, pk)
    board = match_board(round)
    offers = offers_to_make(round)
    if request.method == "POST":
        return _confirm(request, round)
    if not offers or not board.legal:
        return redirect("round_match", round.pk)
    heading = f"You are about to e-mail {counted(offers.people, 'director')}"
    context = {"round": round, "board": board, "offers": offers, "heading": heading}
    return render(request, "rounds/round_match_confirm.html", context)


def _confirm(request: HttpRequest, round: Round) -> HttpResponse:
    version = VersionForm.clean_or_404(request.POST)["version"]
    try:
        offered = actions.confirm_matches(round, version=version, by=request.user)
    except actions.MatchesChanged:
        if not match_board(round).open:
            messages.info(request, "These matches were confirmed already: nobody is told twice.")
            return redirect("round_visits", round.pk)
        messages.info(request, "The matches changed since you looked at them. Look again.")
        return redirect("round_match", round.pk)
    except Refused as refused:
        messages.info(request, refused.reason)
        return redirect("round_match", round.pk)
    pairs = counted(len(offered), "match", "matches")
    messages.success(request, f"Confirmed: {pairs}. The directors of both sides are being told.")
    return redirect("round_visits", round.pk)


@require_http_methods(["GET", "POST"])
def challenge_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back one match that was offered; both sides are told."""
    seen = Challenge.objects.visible_to(request.user).with_both_sides()
    challenge = get_object_or_404(seen, pk=pk)
    permissions.run_round(request.user, challenge.round.region).require()
    if challenge.state == ChallengeState.CANCELLED:
        messages.info(request, "This match was taken back already: nobody is told twice.")
        return redirect("round_match", challenge.round_id)
    may_cancel = permissions.cancel_challenge(request.user, challenge)
    if request.method == "POST":
        actions.cancel_challenge(challenge, by=request.user)
        messages.success(request, f"Taken back: {challenge}. Both sides are being told.")
        return redirect("round_match", challenge.round_id)
    context = {"challenge": challenge, "may_cancel": may_cancel}
    return render(request, "rounds/challenge_cancel.html", context)
