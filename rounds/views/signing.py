"""Signatures under a self-assessment: asking for them, signing, giving it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from authorities.states import Role
from peerchallenge.shared.answers import Refused
from rounds import actions, permissions
from rounds.forms.giving import CommentForm
from rounds.models import SelfAssessment
from rounds.queries.gaps import stopped_by_details
from rounds.queries.sharing import reading_of
from rounds.queries.signing import signers_of
from rounds.states import WRITING_OPEN
from rounds.views.self_assessments import find_whole

SIGN = "sign"


@require_http_methods(["GET", "POST"])
def self_assessment_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole text, to sign or to give back with a comment."""
    found = find_whole(request, pk)
    permissions.signs_here(request.user, found).require()
    signs = request.POST.get("act") == SIGN
    form = CommentForm(None if request.method == "GET" or signs else request.POST)
    if signs or form.is_valid():
        _sign_or_give_back(request, found, form)
        return redirect("self_assessment", pk)
    actions.read_self_assessment(found, by=request.user)
    context = {
        "self_assessment": found,
        "page": reading_of(found, request.user, own=True),
        "signers": signers_of(found),
        "may_sign": permissions.sign_self_assessment(request.user, found),
        "may_give_back": permissions.back_to_writing(request.user, found),
        "form": form,
    }
    return render(request, "rounds/self_assessment_sign.html", context)


def _sign_or_give_back(request: HttpRequest, found: SelfAssessment, form: CommentForm) -> None:
    try:
        if form.is_bound:
            comment = form.cleaned_data["comment"]
            actions.back_to_writing(found, comment=comment, by=request.user)
            messages.success(request, "Given back. We have written to the director.")
        else:
            actions.sign_self_assessment(found, by=request.user)
            messages.success(request, "You have signed it. The director sends it to the board.")
    except Refused as refused:
        messages.info(request, refused.reason)


@require_POST
def self_assessment_sign_off(request: HttpRequest, pk: int) -> HttpResponse:
    """The director asks for the signatures."""
    found = find_whole(request, pk)
    try:
        actions.ask_for_signatures(found, by=request.user)
    except Refused as refused:
        if not request.user.holds(Role.DIRECTOR, authority=found.participation.authority_id):
            raise
        if found.state in WRITING_OPEN and stopped_by_details(found):
            return redirect("self_assessment_details", pk)
        messages.info(request, refused.reason)
    else:
        messages.success(request, "It is locked, and we are writing to those who sign it.")
    return redirect("self_assessment_check", pk)


@require_POST
def self_assessment_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The director opens it again to be written."""
    found = find_whole(request, pk)
    try:
        actions.back_to_writing(found, by=request.user)
    except Refused as refused:
        if not request.user.holds(Role.DIRECTOR, authority=found.participation.authority_id):
            raise
        messages.info(request, refused.reason)
    else:
        messages.success(request, "It can be written in again. Signatures are asked for anew.")
    return redirect("self_assessment", pk)
