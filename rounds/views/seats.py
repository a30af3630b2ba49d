"""One team by seat; and one seat, for whoever is asked for it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from authorities.states import Role
from peerchallenge.shared.answers import Refused
from rounds import actions, permissions
from rounds.forms.challenges import LEAD, MEMBER, LeadForm, MemberForm, PersonForm
from rounds.forms.seats import PROPOSE, CandidateForm, CannotForm, LockParams, PressParams
from rounds.models import Challenge, SeatKind, SeatOffer
from rounds.queries.challenges import candidates_for
from rounds.queries.seat_candidates import candidates_of
from rounds.queries.seat_page import seat_page
from rounds.queries.seating import seating_of
from rounds.queries.teams import seat_kind, team_lines
from rounds.views.challenges import find

BESIDE = (
    "user",
    "proposed_by",
    "member",
    "challenge__round__region",
    "challenge__host__authority__region",
    "challenge__host__self_assessment__area",
    "challenge__challenger__authority__region",
)


@require_http_methods(["GET", "POST"])
def challenge_team(request: HttpRequest, pk: int) -> HttpResponse:
    """Every seat; and two forms, for whoever has said yes already: who leads, and who else."""
    found = find(request, pk)
    may_name = permissions.name_lead(request.user, found)
    may_change = permissions.change_team(request.user, found)
    act = request.POST.get("act")
    (may_change if act == MEMBER else may_name if act == LEAD else may_name | may_change).require()
    line = team_lines(seating_of(found.round), [found])[0]
    groups, led = candidates_for(found), any(one.leads for one in line.members)
    lead = LeadForm(request.POST if act == LEAD else None, groups=groups, led=led)
    member = MemberForm(request.POST if act == MEMBER else None, groups=groups)
    for form in (lead, member):
        if form.is_valid() and _seat(request, found, form):
            return redirect("challenge_team", pk)
    context = {
        "challenge": found,
        "line": line,
        "led": led,
        "lead_form": lead if may_name else None,
        "member_form": member if may_change else None,
        "form": next((form for form in (lead, member) if form.errors), None),
        "may_ask_lead": permissions.ask_seat(request.user, found, leading=True),
        "officer": request.user.holds(Role.BOARD_OFFICER, region=found.round.region_id),
    }
    return render(request, "rounds/challenge_team.html", context)


def _seat(request: HttpRequest, found: Challenge, form: PersonForm) -> bool:
    """Whether the person now has the seat; if not, the form says why."""
    leads = isinstance(form, LeadForm)
    person = form.chosen()
    try:
        (actions.name_lead if leads else actions.seat_team_member)(found, person, by=request.user)
    except Refused as refused:
        form.add_error("person", refused.reason)
        return False
    what = "leads the team" if leads else "is on the team"
    messages.success(request, f"{person.name} {what}. We have written to them.")
    return True


@require_POST
def challenge_team_end(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    found = find(request, pk)
    seat = get_object_or_404(found.team.select_related("user"), pk=member)
    try:
        actions.leave_team(seat, by=request.user)
    except Refused as refused:
        permissions.change_team(request.user, found).require()
        messages.info(request, refused.reason)
    else:
        messages.success(request, f"{seat.user.name} is no longer on the team.")
    return redirect("challenge_team", pk)


@require_http_methods(["GET", "POST"])
def seat_candidates(request: HttpRequest, pk: int, seat: str) -> HttpResponse:
    """Who could sit there, in order; one of them is asked, or by an officer only proposed."""
    found = find(request, pk)
    kind = seat_kind(found.round, seat)
    if kind is None:
        raise Http404
    permissions.ask_seat(request.user, found, leading=kind.leads).require()
    params = PressParams.clean_or_default({**request.GET.dict(), **request.POST.dict()})
    instead = _instead(found, params["instead"])
    proposes = bool(permissions.propose_seat(request.user, found))
    candidates = candidates_of(seating_of(found.round), found, kind, instead)
    back = _back(request, found)
    form = CandidateForm(
        request.POST or None, candidates=candidates, proposes=proposes, cancel_url=back
    )
    if form.is_valid() and _choose(request, found, kind, instead, form, params["press"]):
        return redirect(back)
    context = {
        "challenge": found,
        "seat": kind,
        "instead": instead,
        "candidates": candidates,
        "form": form,
    }
    return render(request, "rounds/seat_candidates.html", context)


def _choose(
    request: HttpRequest,
    found: Challenge,
    kind: SeatKind,
    instead: SeatOffer | None,
    form: CandidateForm,
    press: str,
) -> bool:
    """Whether they are asked, or proposed; if not, the form says why."""
    person = form.chosen()
    try:
        if press == PROPOSE:
            actions.propose_seat(found, person, kind, instead=instead, by=request.user)
            messages.success(request, f"{person.name} is proposed. Nobody is told yet.")
        else:
            message = form.cleaned_data["message"]
            actions.ask_seat(found, person, kind, message=message, instead=instead, by=request.user)
            messages.success(request, f"We are writing to {person.name}.")
    except Refused as refused:
        form.add_error("person", refused.reason)
        return False
    return True


def _instead(found: Challenge, pk: int | None) -> SeatOffer | None:
    """Whose place it would be; nobody's, where that has ended by now."""
    if pk is None:
        return None
    return found.seat_offers.standing().filter(pk=pk).select_related("user").first()


def _back(request: HttpRequest, found: Challenge) -> str:
    """Officers come from all teams, everybody else from this one."""
    officer = request.user.holds(Role.BOARD_OFFICER, region=found.round.region_id)
    name, pk = ("round_teams", found.round_id) if officer else ("challenge_team", found.pk)
    return reverse(name, args=[pk])


@require_GET
def seat(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked of whom; the person answers here."""
    offer = _offer(request, pk)
    context = {
        "offer": offer,
        "challenge": offer.challenge,
        "page": seat_page(offer),
        "own": offer.user_id == request.user.pk,
        "may_accept": permissions.accept_seat(request.user, offer),
        "may_decline": permissions.decline_seat(request.user, offer),
        "may_see_team": permissions.see_seats(request.user, offer.challenge),
    }
    return render(request, "rounds/seat.html", context)


@require_POST
def seat_accept(request: HttpRequest, pk: int) -> HttpResponse:
    offer = _offer(request, pk)
    try:
        actions.accept_seat(offer, by=request.user)
    except Refused as refused:
        if offer.user_id != request.user.pk:
            raise
        messages.info(request, refused.reason)
        return redirect("seat", pk)
    messages.success(
        request, f"You are on the team for {offer.challenge.host_authority}. Thank you."
    )
    return redirect("challenge", offer.challenge_id)


@require_http_methods(["GET", "POST"])
def seat_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """No, with a reason; be it after a yes."""
    offer = _offer(request, pk)
    may = permissions.decline_seat(request.user, offer)
    if not may:
        if offer.user_id != request.user.pk:
            may.require()
        messages.info(request, may.reason)
        return redirect("seat", pk)
    form = CannotForm(request.POST or None, cancel_url=reverse("seat", args=[pk]))
    if form.is_valid():
        actions.decline_seat(offer, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "Thank you for saying so. Somebody else will be asked.")
        return redirect("seat", pk)
    context = {"offer": offer, "challenge": offer.challenge, "form": form}
    return render(request, "rounds/seat_decline.html", context)


@require_http_methods(["GET", "POST"])
def seat_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a person off a seat again; whoever was asked is told."""
    offer = _offer(request, pk)
    may = permissions.withdraw_seat(request.user, offer)
    back = _back(request, offer.challenge)
    if not may:
        permissions.see_seats(request.user, offer.challenge).require()
        messages.info(request, may.reason)
        return redirect(back)
    if request.method == "POST":
        actions.withdraw_seat(offer, by=request.user)
        messages.success(request, f"{offer.user.name} is not on this seat any more.")
        return redirect(back)
    context = {"offer": offer, "challenge": offer.challenge, "page": seat_page(offer), "back": back}
    return render(request, "rounds/seat_withdraw.html", context)


@require_POST
def seat_lock(request: HttpRequest, pk: int) -> HttpResponse:
    offer = _offer(request, pk)
    locked = LockParams.clean_or_404(request.POST)["locked"]
    actions.lock_seat(offer, locked=locked, by=request.user)
    stays = "stays there" if locked else "may be moved"
    messages.success(request, f"{offer.user.name} {stays} when teams are proposed again.")
    return redirect("round_teams", offer.challenge.round_id)


def _offer(request: HttpRequest, pk: int) -> SeatOffer:
    visible = SeatOffer.objects.visible_to(request.user).distinct()
    whole = visible.select_related(*BESIDE).prefetch_related(
        "challenge__fellows", "challenge__days"
    )
    return get_object_or_404(whole, pk=pk)
