from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peerchallenge.shared.answers import Refused
from rounds import actions, permissions
from rounds.forms.challenges import LEAD, MEMBER, DeclineForm, LeadForm, MemberForm, PersonForm
from rounds.models import Challenge, SelfAssessment
from rounds.queries.challenges import candidates_for, challenge_page, objection_to, team_of
from rounds.queries.confirming import officers_of
from rounds.queries.scope_part import ScopePart, scope_part

BESIDE = (
    "host__self_assessment__area",
    "round__region",
    "host__authority__region",
    "challenger__authority__region",
)


@require_GET
def challenge(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page for both sides, the team and the board."""
    found = find(request, pk)
    objection = objection_to(found)
    if objection and not permissions.read_objection(request.user, found, objection.authorities):
        objection = None
    host = SelfAssessment.objects.visible_to(request.user).filter(participation=found.host)
    context = {
        "challenge": found,
        "page": challenge_page(found),
        "may_answer": permissions.answer_offer(request.user, found),
        "speaks_for": permissions.spoken_for(request.user, found),
        "may_set_days": permissions.set_visit_days(request.user, found),
        "may_change_team": permissions.change_team(request.user, found),
        "may_name_lead": permissions.name_lead(request.user, found),
        "on_team": permissions.sits_on_team(request.user, found),
        "objection": objection,
        "self_assessment": host.first(),
        "scope": _scope(request, found),
        # By its relation: this app knows no letters, but this page leads to them.
        "letters": found.letters.visible_to(request.user),
    }
    return render(request, "rounds/challenge.html", context)


def _scope(request: HttpRequest, found: Challenge) -> ScopePart | None:
    return scope_part(
        found,
        may_write=bool(permissions.write_scope(request.user, found)),
        may_list_papers=bool(permissions.list_papers(request.user, found)),
    )


@require_POST
def challenge_accept(request: HttpRequest, pk: int) -> HttpResponse:
    found = find(request, pk)
    try:
        found = actions.accept_challenge(found, by=request.user)
    except Refused as refused:
        if not permissions.spoken_for(request.user, found):
            raise
        messages.info(request, refused.reason)
    else:
        messages.success(request, _accepted_said(found))
    return redirect("challenge", pk)


def _accepted_said(found: Challenge) -> str:
    waiting, several = len(found.unanswered), len(found.sides) > 2
    if waiting:
        others = f"{waiting} other sides have" if waiting > 1 else "The other side has"
        return f"You have accepted. {others} still to answer."
    if several:
        return "Accepted by all sides: we have written to all their directors."
    return "Accepted by both sides: we have written to both directors."


@require_http_methods(["GET", "POST"])
def challenge_decline(request: HttpRequest, pk: int) -> HttpResponse:
    found = find(request, pk)
    form = DeclineForm(request.POST or None)
    may = permissions.answer_offer(request.user, found)
    if not may:
        if not permissions.spoken_for(request.user, found):
            may.require()
        messages.info(request, may.reason)
        return redirect("challenge", pk)
    if request.method == "POST" and form.is_valid():
        actions.decline_challenge(found, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(
            request, "You have declined. We have told the board’s officers, who match again."
        )
        return redirect("challenge", pk)
    context = {
        "challenge": found,
        "form": form,
        "speaks_for": permissions.spoken_for(request.user, found),
        "officers": officers_of(found.round),
    }
    return render(request, "rounds/challenge_decline.html", context)


@require_http_methods(["GET", "POST"])
def challenge_team(request: HttpRequest, pk: int) -> HttpResponse:
    """Two forms on one page: who leads, and who else sits on the team."""
    found = find(request, pk)
    may_name = permissions.name_lead(request.user, found)
    may_change = permissions.change_team(request.user, found)
    act = request.POST.get("act")
    (may_change if act == MEMBER else may_name if act == LEAD else may_name | may_change).require()
    team, groups = team_of(found), candidates_for(found)
    led = any(person.leads for person in team)
    lead = LeadForm(request.POST if act == LEAD else None, groups=groups, led=led)
    member = MemberForm(request.POST if act == MEMBER else None, groups=groups)
    for form in (lead, member):
        if form.is_valid() and _seat(request, found, form):
            return redirect("challenge_team", pk)
    context = {
        "challenge": found,
        "team": team,
        "lead_form": lead if may_name else None,
        "member_form": member if may_change else None,
        "form": next((form for form in (lead, member) if form.errors), None),
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


def find(request: HttpRequest, pk: int) -> Challenge:
    visible = Challenge.objects.visible_to(request.user).with_both_sides()
    return get_object_or_404(visible.select_related(*BESIDE), pk=pk)
