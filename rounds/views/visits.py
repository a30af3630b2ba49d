from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from peerchallenge.shared.answers import Refused
from rounds import actions, permissions
from rounds.forms.visits import (
    DaysForm,
    DaysPress,
    SendParams,
    SuggestionParams,
    VisitForm,
)
from rounds.models import Challenge, Round
from rounds.queries.calendar import Visit, calendar_of, visits_of
from rounds.queries.date_notes import missed_by
from rounds.queries.navigation import round_tabs
from rounds.queries.visits import (
    constraints_of,
    counted,
    dated_challenges,
    dates_version,
    days_said,
    free_days,
    told_of,
    visit_clashes,
)
from rounds.scheduling import Clash, Rule
from rounds.views.rounds import officers_round


@require_http_methods(["GET", "POST"])
def round_visits(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody's days: entered in a table, and shown week by week."""
    round = officers_round(request.user, pk)
    phases = round.format.phases
    if request.method == "GET":
        return _visits(request, round)
    form = DaysForm(request.POST, visits=visits_of(round), phases=phases)
    form.is_valid()
    saved = _save(request, form)
    if saved:
        visits = counted(saved, "visit")
        messages.success(request, f"The days of {visits} have been saved. Nobody is told yet.")
    if form.errors:
        return _visits(request, round, form)
    press = DaysPress.clean_or_default(request.POST)
    if press["fill"] and (why := _fill(request, round)):
        return _visits(request, round, why=why)
    if press["send"]:
        return redirect("round_visits_send", round.pk)
    return redirect("round_visits", round.pk)


def _visits(
    request: HttpRequest,
    round: Round,
    form: DaysForm | None = None,
    *,
    why: tuple[Rule, ...] = (),
) -> HttpResponse:
    visits = visits_of(round)
    waiting = [visit for visit in visits if visit.waiting]
    context = {
        "round": round,
        "form": form or DaysForm(visits=visits, phases=round.format.phases),
        "phases": round.format.phases,
        "visits": visits,
        "why": why,
        "missed": missed_by([visit.challenge for visit in visits]),
        "calendar": calendar_of(round, visits),
        "waiting": waiting,
        "waiting_summary": f"{len(waiting)} of {len(visits)} still wait for an answer",
        "movable": {visit.challenge.pk for visit in visits if visit.movable},
        "empty": any(visit.open and not visit.days for visit in visits),
        "may_send": permissions.send_dates(request.user, round),
        "sub_navigation": round_tabs(round, "round_visits", request.user),
    }
    return render(request, "rounds/round_visits.html", context)


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


def _fill(request: HttpRequest, round: Round) -> tuple[Rule, ...]:
    """Say what was found; the rules that stand in the way of the rest, if any is left."""
    filled = actions.fill_visit_days(round, by=request.user)
    left = sum(visit.open and not visit.days for visit in visits_of(round))
    count = counted(len(filled.challenges), "visit")
    if left:
        messages.info(request, f"Days found for {count}; for {left} the window has no free days.")
        return filled.why
    messages.success(request, f"Days found for {count}. Check them: nobody is told yet.")
    return ()


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
        "lines": [(c, days_said([visit.day for visit in c.days.all()])) for c in dated],
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


@require_http_methods(["GET", "POST"])
def challenge_days(request: HttpRequest, pk: int) -> HttpResponse:
    """Set or move the days of one challenge."""
    seen = Challenge.objects.visible_to(request.user).with_both_sides()
    challenge = get_object_or_404(seen.prefetch_related("days"), pk=pk)
    permissions.run_round(request.user, challenge.round.region).require()
    may_set = permissions.set_visit_days(request.user, challenge)
    phases = challenge.round.format.phases
    free = free_days(challenge, start=_after_now(challenge)) if may_set else {}
    if request.method == "POST":
        form = VisitForm(request.POST, challenge=challenge, phases=phases)
        if form.is_valid() and _move(request, challenge, form):
            return redirect("round_visits", challenge.round_id)
    else:
        suggest = SuggestionParams.clean_or_default(request.GET)["suggest"]
        form = VisitForm(challenge=challenge, phases=phases, initial=free if suggest else {})
    context = {
        "challenge": challenge,
        "form": form,
        "may_set": may_set,
        "days": days_said([visit.day for visit in challenge.days.all()]),
        "moving": challenge.dates_sent,
        "free": days_said(sorted(free.values())),
        "constraints": constraints_of(challenge),
    }
    return render(request, "rounds/challenge_days.html", context)


def _after_now(challenge: Challenge) -> date | None:
    """A suggestion says something new: it starts after the days that are set."""
    first = next(iter(challenge.days.all()), None)
    return first.day + timedelta(days=1) if first else None


def _move(request: HttpRequest, challenge: Challenge, form: VisitForm) -> bool:
    """Save the days; a clash is said beside its box."""
    if clashes := visit_clashes(challenge, form.days()):
        for clash in clashes:
            form.add_error(clash.phase, clash.text.removesuffix("."))
        return False
    try:
        actions.set_visit_days(challenge, form.days(), seen=form.seen_days(), by=request.user)
    except actions.DaysChanged as changed:
        theirs = days_said(sorted(changed.theirs.values())) or "no days"
        form.add_error(form.phases[0].id, f"Somebody set {theirs} while you had this page open")
        return False
    messages.success(request, f"The days of {challenge.host_authority}’s visit have been saved.")
    return True
