from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from peerchallenge.shared.answers import Refused
from rounds import actions, permissions
from rounds.forms.visits import DaysForm, DaysPress, SendParams
from rounds.models import Challenge, Round
from rounds.queries.away import on_site
from rounds.queries.calendar import Visit, calendar_of, visits_of
from rounds.queries.constraints import spacing_of
from rounds.queries.date_notes import missed
from rounds.queries.navigation import round_tabs
from rounds.queries.objecting import open_objections
from rounds.queries.readiness import before_visits
from rounds.queries.searches import found_by, last_search, looking
from rounds.queries.unsettled import unsettled
from rounds.queries.visits import (
    counted,
    dated_challenges,
    dates_version,
    days_said,
    told_of,
    visit_clashes,
)
from rounds.queries.ways_out import with_ways
from rounds.scheduling import Clash
from rounds.views.rounds import officers_round


@require_http_methods(["GET", "POST"])
def round_visits(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody's days: looked for, entered in a table, pinned, and shown week by week."""
    round = officers_round(request.user, pk)
    if request.method == "GET":
        return _visits(request, round)
    form = DaysForm(request.POST, visits=visits_of(round), phases=round.format.phases)
    form.is_valid()
    saved = _save(request, form)
    if saved:
        visits = counted(saved, "visit")
        messages.success(request, f"The days of {visits} have been saved. Nobody is told yet.")
    if form.errors:
        return _visits(request, round, form)
    press = DaysPress.clean_or_default(request.POST)
    if press["fill"] or press["again"]:
        actions.ask_for_dates(round, again=bool(press["again"]), by=request.user)
    elif press["pin"] or press["unpin"]:
        _pin(request, round, press)
    elif press["send"]:
        return redirect("round_visits_send", round.pk)
    return redirect("round_visits", round.pk)


def _pin(request: HttpRequest, round: Round, press: dict[str, int | None]) -> None:
    """One press pins a visit, the next lets it move again."""
    seen = Challenge.objects.visible_to(request.user).filter(round=round)
    challenge = get_object_or_404(seen.with_both_sides(), pk=press["pin"] or press["unpin"])
    act = actions.pin_visit if press["pin"] else actions.unpin_visit
    act(challenge, by=request.user)
    visit = f"{challenge.host_authority}’s visit"
    said = f"{visit} is pinned: looking again leaves it where it is."
    if press["unpin"]:
        said = f"{visit} is not pinned any more: looking again may move it."
    messages.success(request, said)


def _visits(request: HttpRequest, round: Round, form: DaysForm | None = None) -> HttpResponse:
    visits = visits_of(round)
    waiting = [visit for visit in visits if visit.waiting]
    context = {
        "round": round,
        "form": form or DaysForm(visits=visits, phases=round.format.phases),
        "phases": round.format.phases,
        "spacing": spacing_of(round),
        "visits": visits,
        "sent": [visit for visit in visits if visit.movable and not visit.open],
        "objections": open_objections(round, [v.challenge for v in visits if not v.open]),
        "calendar": calendar_of(round, visits),
        "waiting": waiting,
        "waiting_summary": f"{len(waiting)} of {len(visits)} still wait for an answer",
        "movable": {visit.challenge.pk for visit in visits if visit.movable},
        "empty": any(visit.open and not visit.days for visit in visits),
        "filled": any(visit.open and visit.days for visit in visits),
        "some": any(visit.movable and visit.days for visit in visits),
        **_search(round, visits),
        **_open(visits),
        "may_send": permissions.send_dates(request.user, round),
        "sub_navigation": round_tabs(round, "round_visits", request.user),
    }
    return render(request, "rounds/round_visits.html", context)


def _open(visits: list[Visit]) -> dict[str, object]:
    """What still has to be done, or decided, before they can be."""
    challenges = [visit.challenge for visit in visits]
    return {
        "missed": [said for visit in visits for said in missed(visit.host, visit.notes)],
        "postponed": unsettled(challenges),
        "before": before_visits(challenges),
    }


def _search(round: Round, visits: list[Visit]) -> dict[str, object]:
    """What a worker is doing, or did last."""
    search = last_search(round)
    now, found = looking(search), found_by(search, visits)
    return {
        "looking": now,
        "busy": now is not None and not now.failed,
        "found": found,
        "why": with_ways(round, found.why) if found else [],
    }


def _save(request: HttpRequest, form: DaysForm) -> int:
    """Save each row that can be; those in one another's way get a turn after the rest."""
    waiting, saved = form.asked(), 0
    clashes: dict[int, list[Clash]] = {}
    while waiting:
        before = len(waiting)
        for visit, days in list(waiting):
            found = visit_clashes(visit.challenge, days)
            clashes[visit.challenge.pk] = found
            if not found:
                waiting.remove((visit, days))
                saved += _save_one(request, form, visit, days)
        if len(waiting) == before:
            break
    for visit, _ in waiting:
        form.refuse(visit, clashes[visit.challenge.pk])
    return saved


def _save_one(request: HttpRequest, form: DaysForm, visit: Visit, days: dict[str, date]) -> int:
    cell = form.cells(visit)[0].name
    try:
        actions.set_visit_days(visit.challenge, days, seen=form.seen(visit), by=request.user)
    except actions.DaysChanged as changed:
        theirs = days_said(sorted(changed.theirs.values())) or "no days"
        form.add_error(
            cell,
            f"Somebody set {theirs} for {visit.host} while you had this page open: look again",
        )
    except Refused as refused:
        form.add_error(cell, refused.reason.removesuffix("."))
    else:
        return 1
    return 0


@require_http_methods(["GET", "POST"])
def round_visits_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop before both sides of every dated challenge are told its days."""
    round = officers_round(request.user, pk)
    dated = dated_challenges(round)
    if request.method == "POST":
        return _send(request, round)
    if not dated:
        messages.info(request, "There are no dates to send: everybody has been told those set.")
        return redirect("round_visits", round.pk)
    told = told_of(dated)
    context = {
        "round": round,
        "heading": f"You are about to e-mail {told.said}",
        "lines": [(c, days_said(on_site(c))) for c in dated],
        "told": told,
        "version": dates_version(dated),
    }
    return render(request, "rounds/round_visits_send.html", context)


def _send(request: HttpRequest, round: Round) -> HttpResponse:
    version = SendParams.clean_or_404(request.POST)["version"]
    try:
        told = actions.send_dates(round, version=version, by=request.user)
    except actions.DaysChanged:
        if dated_challenges(round):
            messages.info(request, "The dates changed since you looked at them. Look again.")
            return redirect("round_visits_send", round.pk)
        messages.info(request, "These dates were sent already: nobody is told twice.")
        return redirect("round_visits", round.pk)
    visits = counted(len(told), "visit")
    messages.success(request, f"The dates of {visits} are being sent to both sides.")
    return redirect("round_visits", round.pk)
