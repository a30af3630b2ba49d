"""Why this challenger, what another would cost, and the officer’s word on two authorities."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from peerchallenge.shared.answers import Refused
from rounds import actions, permissions
from rounds.forms.scenarios import OtherParams, PressForm, ReasonForm, ScenarioParams
from rounds.matching.rules import listed
from rounds.models import Participation, Round, Scenario
from rounds.queries.navigation import round_tabs
from rounds.queries.pairs import Pair, pair_of
from rounds.queries.proposals import scenario_on_board
from rounds.queries.why import also_moved, why
from rounds.views.rounds import officers_round

PRESSES: dict[str, Callable[..., Scenario]] = {
    "choose": actions.choose_challenger,
    "lock": actions.lock_match,
    "unlock": actions.unlock_match,
    "exclude": actions.exclude_pair,
    "allow": actions.allow_pair,
}
DONE = {
    "choose": "{challenger} now challenges {host}.",
    "lock": "Locked: {challenger} challenges {host}.",
    "unlock": "Unlocked: {challenger} may be matched with somebody else.",
    "exclude": "{challenger} does not challenge {host} in this scenario.",
    "allow": "{challenger} may challenge {host} again.",
}
CHANGED = (
    "Somebody changed the matches while you had this page open, so nothing was done. This is how "
    "it stands now; what you wrote is below."
)


@require_GET
def match_why(request: HttpRequest, pk: int, host: int) -> HttpResponse:
    """Why this challenger, and everybody else with what choosing them costs the round."""
    round = officers_round(request.user, pk)
    member = _member(request, round, host)
    other = OtherParams.clean_or_default(request.GET)["challenger"]
    scenario = _scenario(request, round)
    if other and other != member.pk:
        return redirect(_address("match_pair", scenario, round.pk, member.pk, other))
    found = why(round, scenario, member)
    context = {
        "round": round,
        "why": found,
        "scenario": scenario,
        "query": _query(scenario),
        "board": _address("round_match", scenario, round.pk),
        "may_change": permissions.change_matches(request.user, round, scenario),
        "sub_navigation": round_tabs(round, "round_match", request.user),
    }
    return render(request, "rounds/match_why.html", context)


@require_http_methods(["GET", "POST"])
def match_pair(request: HttpRequest, pk: int, host: int, challenger: int) -> HttpResponse:
    """Two authorities: what speaks for them, what forbids them, and the officer’s word."""
    round = officers_round(request.user, pk)
    one, other = _member(request, round, host), _member(request, round, challenger)
    if one == other:
        return redirect("match_why", round.pk, one.pk)
    scenario = _scenario(request, round)
    if request.method == "GET":
        return _page(request, pair_of(round, scenario, one, other))
    pressed = PressForm.clean_or_404(request.POST)
    form = ReasonForm(request.POST, prefix=pressed["press"])
    if not form.is_valid():
        return _page(request, pair_of(round, scenario, one, other), form=form)
    try:
        kept = PRESSES[pressed["press"]](
            round, scenario, one, other, **form.word(), version=pressed["version"], by=request.user
        )
    except actions.MatchesChanged:
        pair = pair_of(round, scenario, one, other)
        return _page(request, pair, form=form, notice=CHANGED)
    except Refused as refused:
        return _refused(request, pair_of(round, scenario, one, other), form, refused.reason)
    return _done(request, kept, (one, other), pressed)


def _done(
    request: HttpRequest,
    scenario: Scenario,
    pair: tuple[Participation, Participation],
    pressed: dict[str, Any],
) -> HttpResponse:
    """Say what happened, to whom beside these two, and go back to where it was asked."""
    host, challenger = pair
    said = DONE[pressed["press"]].format(host=host.authority, challenger=challenger.authority)
    if others := also_moved(scenario, host):
        said += f" {listed(others)} {'has' if len(others) == 1 else 'have'} another one now too."
    messages.success(request, said)
    if pressed["back"] == "settings":
        return redirect("scenario_settings", scenario.round_id, scenario.pk)
    return redirect(_address("match_why", scenario, scenario.round_id, host.pk))


def _refused(request: HttpRequest, pair: Pair, form: ReasonForm, reason: str) -> HttpResponse:
    """Beside the box where a reason would help, or above the page."""
    if form.prefix in pair.asks:
        form.add_error("reason", reason.removesuffix("."))
        return _page(request, pair, form=form)
    return _page(request, pair, notice=reason)


def _page(
    request: HttpRequest, pair: Pair, *, form: ReasonForm | None = None, notice: str = ""
) -> HttpResponse:
    """`form` is the one that was sent, with its errors."""
    round, scenario = pair.seen.round, pair.seen.scenario
    boxes = {press: ReasonForm(prefix=press) for press in ("choose", "lock", "exclude")}
    if form is not None and form.prefix in boxes:
        boxes[form.prefix] = form
    context = {
        "round": round,
        "pair": pair,
        "form": form,
        "boxes": boxes,
        "notice": notice,
        "back": _address("match_why", scenario, round.pk, pair.host.pk),
        "here": _address("match_pair", scenario, round.pk, pair.host.pk, pair.challenger.pk),
        "may_change": permissions.change_matches(request.user, round, scenario),
    }
    return render(request, "rounds/match_pair.html", context)


def _member(request: HttpRequest, round: Round, pk: int) -> Participation:
    """Somebody who takes part in the round."""
    seen = Participation.objects.visible_to(request.user).taking_part()
    return get_object_or_404(seen.filter(round=round).select_related("authority"), pk=pk)


def _scenario(request: HttpRequest, round: Round) -> Scenario | None:
    """The one asked for, which may have been deleted; else the one that the board shows."""
    asked = ScenarioParams.clean_or_404(request.GET)["scenario"]
    found = scenario_on_board(round, asked)
    if asked and (found is None or found.pk != asked):
        raise Http404("No such scenario in this round")
    return found


def _query(scenario: Scenario | None) -> str:
    return f"?scenario={scenario.pk}" if scenario else ""


def _address(name: str, scenario: Scenario | None, *args: int) -> str:
    return reverse(name, args=args) + _query(scenario)
