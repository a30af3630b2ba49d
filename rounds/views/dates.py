"""Days looked for by a worker, and moved one visit at a time."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from rounds import actions, permissions
from rounds.forms.visits import FoundPress, VisitForm, WeekParams
from rounds.models import Challenge, DateSearch, Round
from rounds.queries.away import on_site
from rounds.queries.constraints import constraints_of
from rounds.queries.free_weeks import Week, weeks_of
from rounds.queries.navigation import round_tabs
from rounds.queries.searches import last_search, looking, moves_in, moves_something
from rounds.queries.visits import counted, days_said, together_with, visit_clashes
from rounds.states import DateSearchState
from rounds.views.rounds import officers_round


@require_GET
def round_visits_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the search for days has got; leads to what was found once it is over."""
    round = officers_round(request.user, pk)
    search = last_search(round)
    going_on = looking(search)
    if going_on and not going_on.failed:
        if not request.htmx:
            return redirect("round_visits", round.pk)
        context = {"round": round, "looking": going_on}
        return render(request, "rounds/round_visits_progress.html", context)
    name = "round_visits_found" if search and _proposes(search) else "round_visits"
    address = reverse(name, args=[round.pk])
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


def _proposes(search: DateSearch) -> bool:
    """Whether an officer has still to say if visits move."""
    return (
        search.again
        and search.state == DateSearchState.DONE
        and not search.result["answer"]
        and moves_something(search.result)
    )


@require_http_methods(["GET", "POST"])
def round_visits_found(request: HttpRequest, pk: int) -> HttpResponse:
    """Which visits would move, before they do."""
    round = officers_round(request.user, pk)
    if request.method == "POST":
        return _use(request, round)
    search = last_search(round)
    if search is None or not _proposes(search):
        messages.info(request, "No other days are waiting for you to use them.")
        return redirect("round_visits", round.pk)
    challenges = round.challenges.live().with_both_sides().order_by("host__authority__name")
    moves = moves_in(search, list(challenges))
    context = {
        "round": round,
        "search": search,
        "moves": moves,
        "sent": sum(move.sent for move in moves),
        "stay": len(search.result["days"]) - len(moves),
        "sub_navigation": round_tabs(round, "round_visits", request.user),
    }
    return render(request, "rounds/round_visits_found.html", context)


def _use(request: HttpRequest, round: Round) -> HttpResponse:
    press = FoundPress.clean_or_404(request.POST)
    searches = DateSearch.objects.visible_to(request.user).filter(round=round)
    search = get_object_or_404(searches, pk=press["search"])
    if not press["use"]:
        actions.leave_dates(search, by=request.user)
        messages.info(request, "All visits stay where they were.")
        return redirect("round_visits", round.pk)
    found = actions.use_dates(search, by=request.user)
    if found.moved:
        visits = counted(len(found.moved), "visit has", "visits have")
        messages.success(request, f"{visits} other days now.")
    elif not found.left:
        messages.info(request, "That was answered already: nothing has changed.")
    if found.left:
        hosts = ", ".join(one.host_authority.name for one in found.left)
        messages.info(request, f"Left as they are, since their days changed meanwhile: {hosts}.")
    return redirect("round_visits", round.pk)


@require_http_methods(["GET", "POST"])
def challenge_days(request: HttpRequest, pk: int) -> HttpResponse:
    """Set or move the days of one challenge: a free week first, then the days themselves."""
    seen = Challenge.objects.visible_to(request.user).with_both_sides()
    challenge = get_object_or_404(seen.prefetch_related("days"), pk=pk)
    permissions.run_round(request.user, challenge.round.region).require()
    may_set = permissions.set_visit_days(request.user, challenge)
    weeks = weeks_of(challenge) if may_set else []
    chosen = _chosen(request, weeks)
    form = _days_form(request, challenge, chosen)
    if request.method == "POST" and form.is_valid() and _move(request, challenge, form):
        return redirect("round_visits", challenge.round_id)
    context = {
        "challenge": challenge,
        "form": form,
        "may_set": may_set,
        "days": days_said(on_site(challenge)),
        "moving": challenge.dates_sent,
        "weeks": weeks,
        "free": sum(week.free for week in weeks),
        "chosen": chosen,
        "together": together_with(challenge),
        "constraints": constraints_of(challenge),
    }
    return render(request, "rounds/challenge_days.html", context)


def _days_form(request: HttpRequest, challenge: Challenge, chosen: Week | None) -> VisitForm:
    return VisitForm(
        request.POST or None,
        challenge=challenge,
        phases=challenge.round.format.phases,
        initial=dict(chosen.days) if chosen else {},
    )


def _chosen(request: HttpRequest, weeks: list[Week]) -> Week | None:
    asked = WeekParams.clean_or_default(request.GET)["week"]
    return next((week for week in weeks if week.monday == asked), None)


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
    if challenge.round.format.meets_together:
        messages.success(request, f"The {challenge.round.format.visit_said} has been saved.")
        return True
    messages.success(request, f"The days of {challenge.host_authority}’s visit have been saved.")
    return True
