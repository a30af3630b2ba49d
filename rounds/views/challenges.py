from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peerchallenge.shared.answers import Answer, Refused
from rounds import actions, permissions
from rounds.forms.challenges import DeclineForm
from rounds.models import Challenge, SelfAssessment
from rounds.queries.challenge_asks import Reader, asked_of
from rounds.queries.challenges import challenge_page, objection_to
from rounds.queries.confirming import officers_of
from rounds.queries.postponing import (
    OfferedDates,
    offered_dates,
    open_postponement,
    postponements_of,
)
from rounds.queries.releases import newest_release
from rounds.queries.scope_part import ScopePart, scope_part
from rounds.states import ChallengeState

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
    offered, reader = _offered(request, found), _reader(request, found)
    scope = _scope(request, found)
    context = {
        "challenge": found,
        "page": challenge_page(found, done=scope.done if scope else ()),
        "objection": objection,
        "self_assessment": host.first(),
        "scope": scope,
        "ask": asked_of(found, reader, offered),
        "reader": reader,
        "offered": offered,
        **_past(request, found) | _timetable(request, found) | _own(request, found),
        # By its relation: this app knows no letters, but this page leads to them.
        "letters": found.letters.visible_to(request.user),
        "concerns": found.concerns.visible_to(request.user),
        "concerns_known": found.concerns.all() if reader.officer else (),
    }
    return render(request, "rounds/challenge.html", context)


def _reader(request: HttpRequest, found: Challenge) -> Reader:
    user = request.user
    return Reader(
        directs_host=permissions.speaks_for_host(user, found),
        acts_for_host=bool(permissions.acts_for_host(user, found)),
        names_lead=bool(permissions.name_lead(user, found)),
        leads=permissions.leads(user, found),
        officer=bool(permissions.run_round(user, found.round.region)),
    )


def _own(request: HttpRequest, found: Challenge) -> dict[str, object]:
    """What this person is in the challenge, and may do."""
    user = request.user
    return {
        "may_answer": permissions.answer_offer(user, found),
        "speaks_for": permissions.spoken_for(user, found),
        "may_set_days": permissions.set_visit_days(user, found),
        "may_change_team": permissions.change_team(user, found),
        "may_name_lead": permissions.name_lead(user, found),
        "on_team": permissions.sits_on_team(user, found),
        "days_known": permissions.days_known(found),
        "may": _may(request, found),
    }


def _may(request: HttpRequest, found: Challenge) -> dict[str, Answer]:
    """What can be done where something comes in the way."""
    user = request.user
    return {
        "object": permissions.object_to_days(user, found),
        "postpone": permissions.postpone_challenge(user, found),
        "see_dates": permissions.see_offered_dates(user, found),
        "cancel": permissions.cancel_challenge(user, found),
        "replace": permissions.replace_challenger(user, found),
        "timetable": permissions.read_timetable(user, found),
    }


def _offered(request: HttpRequest, found: Challenge) -> OfferedDates | None:
    postponement = open_postponement(found)
    if found.state != ChallengeState.POSTPONED or postponement is None:
        return None
    return offered_dates(found, postponement, permissions.sides_of(request.user, found))


def _past(request: HttpRequest, found: Challenge) -> dict[str, object]:
    """What has come in the way; why, only where it is this reader's to read."""
    readable = bool(permissions.read_postponement(request.user, found))
    others = Challenge.objects.visible_to(request.user).with_both_sides()
    return {
        "postponements": postponements_of(found, readable=readable),
        "cancelled_for": found.cancelled_for if readable else "",
        "replaced_by": others.filter(replaces=found).first(),
        "replaces": others.filter(pk=found.replaces_id).first(),
    }


def _timetable(request: HttpRequest, found: Challenge) -> dict[str, object]:
    """What was sent out last, for whoever reads it."""
    may = permissions.read_timetable(request.user, found)
    return {"release": newest_release(found) if may else None}


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


def find(request: HttpRequest, pk: int) -> Challenge:
    visible = Challenge.objects.visible_to(request.user).with_both_sides()
    return get_object_or_404(visible.select_related(*BESIDE), pk=pk)
