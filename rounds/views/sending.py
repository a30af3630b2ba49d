"""A self-assessment once it is sent: shared, its versions, a new one; and leaving the round."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from authorities.states import Role
from peerchallenge.shared.answers import Refused
from rounds import actions, permissions
from rounds.forms.sending import SeenForm, WithdrawForm
from rounds.models import Challenge, Participation, Round, SentVersion
from rounds.queries.sharing import read_as_sent, shared_lines, sharing_of, submitted_in
from rounds.views.rounds import officers_round
from rounds.views.self_assessments import find_whole


@require_http_methods(["GET", "POST"])
def self_assessment_share(request: HttpRequest, pk: int) -> HttpResponse:
    """One self-assessment: who would read it, and the press that lets them."""
    found = find_whole(request, pk)
    part = found.participation
    permissions.run_round(request.user, part.round.region).require()
    if request.method == "POST":
        try:
            seen = SeenForm.versions_in(request.POST)
            version = found.versions.filter(pk__in=seen).last()
            number = version.number if version else None
            actions.share_self_assessment(found, version=number, by=request.user)
        except Refused as refused:
            messages.info(request, refused.reason)
        else:
            messages.success(request, f"Shared: {found}. We have written to those who can read it.")
        return redirect("round_self_assessments", part.round_id)
    may_share = permissions.share_self_assessment(request.user, found)
    sharing = sharing_of([found])
    context = {"round": part.round, "own": found, "may_share": may_share, "sharing": sharing}
    return render(request, "rounds/self_assessment_share.html", context)


@require_http_methods(["GET", "POST"])
def round_share(request: HttpRequest, pk: int) -> HttpResponse:
    """Every self-assessment of a round that was sent and not shared yet, at once."""
    round = officers_round(request.user, pk)
    if request.method == "POST":
        try:
            seen = SeenForm.versions_in(request.POST)
            shared = actions.share_submitted(round, seen, by=request.user)
        except Refused as refused:
            messages.info(request, refused.reason)
        else:
            _said_shared(request, len(shared))
        return redirect("round_self_assessments", pk)
    may_share = permissions.share_submitted(request.user, round)
    sharing = sharing_of(submitted_in(round))
    context = {"round": round, "own": None, "may_share": may_share, "sharing": sharing}
    return render(request, "rounds/self_assessment_share.html", context)


def _said_shared(request: HttpRequest, number: int) -> None:
    if not number:
        messages.info(
            request, "Nothing was shared: what you saw is shared already, or was sent anew."
        )
        return
    what = "1 self-assessment is" if number == 1 else f"{number} self-assessments are"
    messages.success(request, f"{what} shared. We have written to those who can read them.")


@require_GET
def round_shared(request: HttpRequest, pk: int) -> HttpResponse:
    """What the other authorities have shared with this director."""
    round = get_object_or_404(Round.objects.visible_to(request.user), pk=pk)
    context = {"round": round, "lines": shared_lines(round, request.user)}
    return render(request, "rounds/self_assessment_shared.html", context)


@require_GET
def self_assessment_version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What was sent then, word for word."""
    found = find_whole(request, pk)
    versions = SentVersion.objects.visible_to(request.user).filter(self_assessment=found)
    version = get_object_or_404(versions.select_related("sent_by", "shared_by"), number=number)
    version.self_assessment = found
    latest = versions.last() or version
    permissions.read_version(request.user, version, latest).require()
    actions.read_self_assessment(found, version=number, by=request.user)
    context = {
        "self_assessment": found,
        "page": read_as_sent(found, version),
        "latest": latest.number == number,
    }
    return render(request, "rounds/self_assessment_version.html", context)


@require_http_methods(["GET", "POST"])
def self_assessment_new_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what happens, then open it to be written in again."""
    found = find_whole(request, pk)
    may_begin = permissions.begin_version(request.user, found)
    if not request.user.holds(Role.DIRECTOR, authority=found.participation.authority_id):
        may_begin.require()
    if request.method == "POST":
        try:
            actions.begin_version(found, by=request.user)
        except Refused as refused:
            messages.info(request, refused.reason)
        else:
            messages.success(request, "A new version is begun. The shared one can still be read.")
        return redirect("self_assessment", pk)
    context = {"self_assessment": found, "may_begin": may_begin, "latest": found.versions.last()}
    return render(request, "rounds/self_assessment_new_version.html", context)


@require_http_methods(["GET", "POST"])
def participation_withdraw(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """An officer takes an authority out of a round that is open, with a reason."""
    found = _participation(request, pk, part)
    standing = Challenge.objects.visible_to(request.user).live().with_side(pk=found.pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        lost_its_matches = standing.exists()
        try:
            actions.withdraw_participation(
                found, reason=form.cleaned_data["reason"], by=request.user
            )
        except Refused as refused:
            messages.info(request, refused.reason)
            lost_its_matches = False
        else:
            done = f"{found.authority} has left the round; we have written to its director."
            messages.success(request, done)
        return redirect("round_match" if lost_its_matches else "round_self_assessments", pk)
    may_withdraw = permissions.withdraw_participation(request.user, found)
    context = {"participation": found, "form": form, "may_withdraw": may_withdraw}
    context["standing"] = standing.with_both_sides()
    return render(request, "rounds/participation_withdraw.html", context)


@require_http_methods(["GET", "POST"])
def participation_readmit(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """Take an authority that has withdrawn back into the round."""
    found = _participation(request, pk, part)
    if request.method == "POST":
        try:
            actions.readmit_participation(found, by=request.user)
        except Refused as refused:
            messages.info(request, refused.reason)
        else:
            done = f"{found.authority} takes part again; we have written to its director."
            messages.success(request, done)
        return redirect("round_self_assessments", pk)
    may_readmit = permissions.readmit_participation(request.user, found)
    context = {"participation": found, "may_readmit": may_readmit}
    return render(request, "rounds/participation_readmit.html", context)


def _participation(request: HttpRequest, pk: int, part: int) -> Participation:
    round = officers_round(request.user, pk)
    rows = Participation.objects.visible_to(request.user).select_related(
        "authority", "round__region"
    )
    return get_object_or_404(rows, pk=part, round=round)
