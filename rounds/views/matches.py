from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from peerchallenge.shared.answers import Refused
from rounds import actions, permissions
from rounds.actions.scenarios import Seat
from rounds.forms.matches import BoardParams, Place, PressForm, key_of
from rounds.models import Participation, Round, Scenario
from rounds.queries.board import Pressed, match_board
from rounds.queries.changes import last_change
from rounds.queries.confirming import board_news
from rounds.queries.navigation import round_tabs
from rounds.queries.places import said
from rounds.queries.proposals import scenario_on_board, version_of, who_changed_last
from rounds.queries.weighing import members_by_id
from rounds.views.rounds import officers_round

AS_NOW = "They are below as they are now."
SUGGESTED = "Suggested again: these are the best matches around what is locked."
BEST_ALREADY = "Nothing changed: these are the best matches already."

PUT_BACK = "Put back as it was."


@require_http_methods(["GET", "POST"])
def round_match(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose who challenges whom; what that means for rules and round stands beside it at once."""
    round = officers_round(request.user, pk)
    if request.method == "GET":
        asked = BoardParams.clean_or_default(request.GET)
        scenario = scenario_on_board(round, asked["scenario"])
        chosen = key_of(asked["chosen"]) if asked["chosen"] else ""
        return _page(request, round, Pressed(scenario, chosen))
    permissions.match(request.user, round).require()
    done = _press(request, round, PressForm.clean_or_default(request.POST))
    if request.htmx or done.wanted:
        return _page(request, round, done)
    if done.notice:
        messages.info(request, done.notice)
    return redirect(_address(round, done))


def _press(request: HttpRequest, round: Round, press: dict[str, Any]) -> Pressed:
    """Do what the button says, unless somebody else has changed the matches meanwhile."""
    scenario = round.scenarios.filter(pk=press["scenario"]).first() if press["scenario"] else None
    one, other = press["chosen"], press["swap"]
    try:
        if not scenario and (press["scenario"] or round.scenarios.exists()):
            raise actions.MatchesChanged
        if other and one in (None, other):
            permissions.change_matches(request.user, round, scenario).require()
            _as_seen(round, scenario, press["version"])
            return Pressed(scenario, "" if one else key_of(other))
        return _change(request, round, scenario, press)
    except actions.MatchesChanged:
        now = scenario_on_board(round, scenario.pk if scenario else None)
        wanted = [place for place in (one, other) if place and other]
        return Pressed(now, notice=_stale(request, now), wanted=_said(round, wanted))
    except Refused as refused:
        return Pressed(scenario, notice=refused.reason)


def _change(
    request: HttpRequest, round: Round, scenario: Scenario | None, press: dict[str, Any]
) -> Pressed:
    said = {"version": press["version"] or None, "by": request.user}
    if press["suggest"]:
        kept = actions.suggest_again(round, scenario, **said)
        same = scenario is not None and kept.version == scenario.version
        return Pressed(kept, notice=BEST_ALREADY if same else SUGGESTED)
    if press["undo"] and scenario:
        kept = actions.put_back(round, scenario, press["undo"], **said)
        return Pressed(kept, notice=_and_apart(scenario, kept, PUT_BACK))
    if press["swap"]:
        seats, _ = _seats(round, press["chosen"], press["swap"])
        kept = actions.swap_challengers(round, scenario, *seats, **said)
        return Pressed(kept, notice=_and_apart(scenario, kept, "Swapped."))
    [seat], members = _seats(round, press["lock"] or press["unlock"])
    if not seat.host or not seat.challenger:
        raise actions.MatchesChanged
    act = actions.lock_match if press["lock"] else actions.unlock_match
    kept = act(round, scenario, members[seat.host], members[seat.challenger], **said)
    done = "Locked." if press["lock"] else "Unlocked."
    return Pressed(kept, notice=_and_apart(scenario, kept, done))


def _seats(round: Round, *places: Place | None) -> tuple[list[Seat], dict[str, Participation]]:
    """Who sits on these places, as the solver knows them; somebody may have left since."""
    members = members_by_id(round)
    codes: dict[int, str | None] = {member.pk: code for code, member in members.items()} | {0: None}
    if not all(place and codes.keys() >= {*place} for place in places):
        raise actions.MatchesChanged
    return [Seat(*(codes[pk] for pk in place)) for place in places if place], members


def _as_seen(round: Round, scenario: Scenario | None, version: str) -> None:
    if version and version != version_of(round, scenario):
        raise actions.MatchesChanged


def _said(round: Round, places: list[Place]) -> tuple[str, ...]:
    names = dict(round.participations.values_list("pk", "authority__name"))
    names[0] = ""
    return tuple(
        said(names[place.host], names[place.challenger])
        for place in places
        if place.host in names and place.challenger in names
    )


def _and_apart(before: Scenario | None, kept: Scenario, done: str) -> str:
    """Once offers are out, a change is kept beside them."""
    if before is None or before.pk == kept.pk:
        return done
    apart = f"Kept as “{kept.name}”: the offers that are out stay until you confirm it."
    return f"{done} {apart}"


def _stale(request: HttpRequest, scenario: Scenario | None) -> str:
    who = who_changed_last(scenario) if scenario else None
    if who == request.user:
        return f"You changed these matches on another page. {AS_NOW}"
    return f"{who or 'Somebody'} changed these matches while you had this page open. {AS_NOW}"


def _address(round: Round, done: Pressed) -> str:
    query = {
        "scenario": done.scenario.pk if done.scenario else "",
        "chosen": done.chosen,
    }
    kept = urlencode({name: value for name, value in query.items() if value})
    return reverse("round_match", args=[round.pk]) + (f"?{kept}" if kept else "")


def _page(request: HttpRequest, round: Round, done: Pressed) -> HttpResponse:
    """The page, or the part of it that a press redraws."""
    board = match_board(round, done.scenario)
    chosen = board.place(done.chosen)
    undo, undone = last_change(done.scenario)
    context = {
        "round": round,
        "board": board,
        "news": board_news(round, board.facts),
        "chosen": chosen,
        "chosen_key": chosen.key if chosen else "",
        "wanted": done.wanted,
        "notice": done.notice,
        "undo": undo,
        "undone": undone,
        "may_match": permissions.match(request.user, round),
        "may_change": permissions.change_matches(request.user, round, done.scenario),
        "sub_navigation": round_tabs(round, "round_match", request.user),
    }
    if not request.htmx:
        return render(request, "rounds/round_match.html", context)
    response = render(request, "rounds/round_match_board.html", context)
    response["HX-Replace-Url"] = _address(round, done)
    return response
