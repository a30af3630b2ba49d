from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from authorities.models import Region, User
from authorities.states import Role
from peerchallenge.shared.answers import Refused
from rounds import actions, permissions
from rounds.forms.overview import OverviewParams, RegionParams
from rounds.forms.rounds import RoundForm
from rounds.models import PRESETS, Round
from rounds.queries.navigation import round_tabs
from rounds.queries.needs import needs_of
from rounds.queries.overview import overview_of, standings
from rounds.queries.rounds import (
    facts_of,
    invitees,
    past_dates,
    round_version,
    rounds_of_boards,
    without_director,
)
from rounds.queries.visits import counted
from rounds.states import RoundState

STALE = (
    "Somebody changed this round while you had this page open. Yours is below and not saved; "
    "what is saved stands after it. Save again to keep yours"
)


def officers_round(user: User, pk: int) -> Round:
    """The round, for an officer of its board; others who may know of it are told why not."""
    found = get_object_or_404(Round.objects.visible_to(user).select_related("region"), pk=pk)
    permissions.run_round(user, found.region).require()
    return found


@require_GET
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round of the boards the person belongs to."""
    regions = rounds_of_boards(request.user)
    if not regions:
        raise Http404
    return render(request, "rounds/rounds.html", {"regions": regions})


@require_http_methods(["GET", "POST"])
def round_new(request: HttpRequest) -> HttpResponse:
    """Start a draft from the preset."""
    region = _region(request)
    permissions.start_round(request.user, region).require()
    form = RoundForm(request.POST or None, region=region)
    if form.is_valid():
        try:
            details = form.details()
            preset = form.preset_chosen()
            round = actions.start_round(region, preset, **details, by=request.user)
        except Refused as refused:
            form.add_error("name", refused.reason)
        else:
            return redirect("round_invite", round.pk)
    context = {"form": form, "presets": PRESETS.values(), "new_in": region}
    return render(request, "rounds/round_new.html", context)


def _region(request: HttpRequest) -> Region:
    """The region asked for, or the first one whose officer they are."""
    asked = RegionParams.clean_or_404(request.GET)["region"]
    seen = Region.objects.visible_to(request.user)
    if asked:
        return get_object_or_404(seen, pk=asked)
    own = seen.filter(pk__in=request.user.regions_where(Role.BOARD_OFFICER)).first()
    return own or get_object_or_404(seen[:1])


@require_GET
def round(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody by stage, and what needs an officer."""
    found = get_object_or_404(
        Round.objects.visible_to(request.user).select_related("region"), pk=pk
    )
    permissions.see_round(request.user, found).require()
    runs = permissions.run_round(request.user, found.region)
    params = OverviewParams.clean_or_default(request.GET)
    everybody = standings(found)
    context = {
        "round": found,
        "overview": overview_of(everybody, **params, linked=bool(runs)),
        "needs": needs_of(found, everybody, today=timezone.localdate()) if runs else [],
        "runs": runs,
        "may_invite": permissions.invite_authorities(request.user, found),
        "sub_navigation": round_tabs(found, "round", request.user),
        **(_draft(found) if found.state == RoundState.DRAFT else {}),
    }
    return render(request, "rounds/round_overview.html", context)


def _draft(round: Round) -> dict[str, object]:
    """What is decided, and what is in the way of inviting."""
    return {
        "summary": facts_of(round),
        "missing": without_director(round),
        "past_dates": past_dates(round),
    }


@require_http_methods(["GET", "POST"])
def round_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Check the draft, then write to every director in it."""
    found = officers_round(request.user, pk)
    if found.state != RoundState.DRAFT:
        messages.info(request, "The authorities of this round have been invited already.")
        return redirect("round", found.pk)
    if request.method == "POST":
        return _invite(request, found)
    people = invitees(found)
    missing = [invitee for invitee in people if not invitee.directors]
    directors = counted(sum(len(invitee.directors) for invitee in people), "director")
    context = {
        "round": found,
        "invitees": people,
        "missing": missing,
        "heading": f"You are about to e-mail {directors}" if not missing else "Before you invite",
        "past_dates": past_dates(found),
        "areas": found.areas.all(),
    }
    return render(request, "rounds/round_invite.html", context)


def _invite(request: HttpRequest, round: Round) -> HttpResponse:
    try:
        actions.invite_authorities(round, by=request.user)
    except Refused as refused:
        messages.info(request, refused.reason)
        return redirect("round_invite", round.pk)
    authorities = counted(round.participations.count(), "authority", "authorities")
    messages.success(request, f"The directors of {authorities} are being invited.")
    return redirect("round", round.pk)


@require_http_methods(["GET", "POST"])
def round_settings(request: HttpRequest, pk: int) -> HttpResponse:
    """What the round is: changed while it is a draft, only shown from then on."""
    found = officers_round(request.user, pk)
    may_change = permissions.change_round(request.user, found)
    if request.method == "POST":
        may_change.require()
    form = RoundForm(request.POST or None, region=found.region, round=found) if may_change else None
    if form and form.is_valid() and _change(request, found, form):
        return redirect("round", found.pk)
    context = {
        "round": found,
        "form": form,
        "summary": facts_of(found),
        "may_change": may_change,
        "may_cancel": permissions.cancel_round(request.user, found),
        "sub_navigation": round_tabs(found, "round_settings", request.user),
    }
    return render(request, "rounds/round_settings.html", context)


def _change(request: HttpRequest, round: Round, form: RoundForm) -> bool:
    """Save the draft; where somebody else did so first, show both and let the next save decide."""
    version = form.cleaned_data["version"]
    try:
        actions.change_round(round, **form.details(), version=version, by=request.user)
    except Refused as refused:
        form.add_error("name", refused.reason)
    except actions.RoundChanged:
        form.add_error(None, STALE)
        form.data = form.data.copy()
        form.data["version"] = round_version(round)
    else:
        messages.success(request, "The round has been changed.")
        return True
    return False


@require_POST
def round_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a draft up."""
    found = officers_round(request.user, pk)
    if found.state != RoundState.CANCELLED:
        actions.cancel_round(found, by=request.user)
    messages.success(request, f"“{found.name}” is cancelled. Nobody had been told of it.")
    return redirect("rounds")
