from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from authorities.models import User
from feedback import actions, permissions, queries
from feedback.forms import FindingChangeForm, FindingForm, FindingsParams
from feedback.models import Finding
from feedback.views.reading import posted
from peerchallenge.shared.answers import Refused
from rounds.models import Challenge


@require_http_methods(["GET", "POST"])
def challenge_findings(request: HttpRequest, pk: int) -> HttpResponse:
    """Write one down, and see what the team has so far."""
    seen = Challenge.objects.visible_to(request.user).with_both_sides()
    challenge = get_object_or_404(seen, pk=pk)
    permissions.read_findings(request.user, challenge).require()
    form = _new_finding(request, challenge)
    if request.method == "POST" and form.is_valid():
        try:
            found = actions.record_finding(challenge, **form.finding(), by=request.user)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, f"Saved: {found.get_kind_display()}, {found.theme}.")
            return redirect("challenge_findings", challenge.pk)
    params = FindingsParams.clean_or_default(request.GET)
    actions.read_findings(challenge, by=request.user)
    context = {
        "challenge": challenge,
        "form": form,
        "may_record": permissions.record_finding(request.user, challenge),
        "found": queries.findings_page(challenge, kind=params["kind"], number=params["page"] or 1),
        **_about_letter(request.user, challenge),
    }
    return render(request, "feedback/challenge_findings.html", context)


def _new_finding(request: HttpRequest, challenge: Challenge) -> FindingForm:
    themes = queries.themes_of(challenge)
    last = queries.last_theme(challenge, request.user) or themes[0]
    return FindingForm(posted(request), themes=themes, initial={"theme": last})


def _about_letter(user: User, challenge: Challenge) -> dict[str, Any]:
    return {
        "letter": challenge.letters.defer("pdf").first(),
        "may_draft": permissions.draft_letter(user, challenge),
    }


@require_http_methods(["GET", "POST"])
def finding_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The team's words, the letter's words, and whether it goes into the letter."""
    finding = _finding(request.user, pk)
    themes = queries.themes_of(finding.challenge)
    form = FindingChangeForm(posted(request), themes=themes, finding=finding)
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_finding(finding, **form.finding(), by=request.user)
        except actions.FindingChanged as changed:
            theirs = changed.theirs
            form.keep_both(theirs)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, "The finding is saved.")
            return redirect("challenge_findings", finding.challenge_id)
    may_change = permissions.change_finding(request.user, finding)
    context = {"finding": finding, "form": form, "theirs": theirs, "may_change": may_change}
    return render(request, "feedback/finding_edit.html", context, status=409 if theirs else 200)


@require_http_methods(["GET", "POST"])
def finding_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first: nothing brings a finding back."""
    finding = _finding(request.user, pk)
    permissions.change_finding(request.user, finding).require()
    if request.method == "POST":
        actions.delete_finding(finding, by=request.user)
        messages.success(request, "The finding is deleted.")
        return redirect("challenge_findings", finding.challenge_id)
    return render(request, "feedback/finding_delete.html", {"finding": finding})


def _finding(user: User, pk: int) -> Finding:
    seen = Finding.objects.visible_to(user).select_related(
        "challenge__round__region", "challenge__host__authority", "written_by"
    )
    return get_object_or_404(seen, pk=pk)
