from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from authorities.models import User
from feedback import actions, permissions, queries
from feedback.forms import FilterForm, FindingChangeForm, FindingForm, FindingsParams
from feedback.models import Finding
from feedback.views.reading import posted
from peerchallenge.shared.answers import Refused
from rounds.models import Challenge, EnquiryLine


@require_http_methods(["GET", "POST"])
def challenge_findings(request: HttpRequest, pk: int) -> HttpResponse:
    """Write one down, and see what the team has so far."""
    challenge = readable_challenge(request.user, pk)
    lines = list(challenge.lines.all())
    themes = queries.themes_of(challenge, request.user)
    form = _new_finding(request, challenge, themes, lines)
    kept = _keep(request, challenge, form) if request.method == "POST" else None
    if request.htmx:
        return _line(request, form, kept)
    if kept:
        messages.success(request, f"Saved: {kept.get_kind_display()}, {kept.theme}.")
        for warning in queries.child_data_warnings(kept.team_text):
            messages.warning(request, warning)
        return redirect("challenge_findings", challenge.pk)
    actions.read_findings(challenge, by=request.user)
    context = _overview(request, challenge, themes, lines) | {"form": form}
    return render(request, "feedback/challenge_findings.html", context)


def readable_challenge(user: User, pk: int) -> Challenge:
    """The challenge, for those who read what its team found."""
    seen = Challenge.objects.visible_to(user).with_both_sides()
    challenge = get_object_or_404(seen, pk=pk)
    permissions.read_findings(user, challenge).require()
    return challenge


def _new_finding(
    request: HttpRequest, challenge: Challenge, themes: list[str], lines: list[EnquiryLine]
) -> FindingForm:
    last = queries.last_noted(challenge, request.user)
    initial = {"theme": last.theme if last else themes[0], "line": last.line_id if last else ""}
    return FindingForm(posted(request), themes=themes, lines=lines, initial=initial)


def _keep(request: HttpRequest, challenge: Challenge, form: FindingForm) -> Finding | None:
    if not form.is_valid():
        return None
    try:
        return actions.record_finding(challenge, **form.finding(), by=request.user)
    except Refused as refused:
        form.add_error(None, refused.reason)
        return None


def _line(request: HttpRequest, form: FindingForm, kept: Finding | None) -> HttpResponse:
    """What became of one that the open page sent by itself."""
    warnings = queries.child_data_warnings(kept.team_text) if kept else []
    context = {"form": form, "finding": kept, "warnings": warnings}
    return render(request, "feedback/finding_kept.html", context, status=200 if kept else 422)


def _overview(
    request: HttpRequest, challenge: Challenge, themes: list[str], lines: list[EnquiryLine]
) -> dict[str, Any]:
    user = request.user
    shown, number = FindingsParams.shown(request.GET)
    found = queries.findings_page(challenge, user, shown, number=number)
    alone = queries.alone_in(challenge, user)
    return {
        "challenge": challenge,
        "found": found,
        "filters": FilterForm(shown, themes=themes, lines=lines, people=found.people),
        "may_record": permissions.record_finding(user, challenge),
        "may_merge": permissions.merge_findings(user, challenge),
        "may_begin_alone": not alone and permissions.begin_independent_phase(user, challenge),
        "may_end_alone": alone and permissions.end_independent_phase(user, challenge),
        "alone": alone,
        "letter": challenge.letters.defer("pdf").first(),
        "may_draft": permissions.draft_letter(user, challenge),
    }


@require_POST
def challenge_findings_words(request: HttpRequest, pk: int) -> HttpResponse:
    """What in a text may identify a child, asked while somebody types. Nothing is kept."""
    readable_challenge(request.user, pk)
    text = " \n".join(request.POST.getlist("text"))[:20_000]
    warnings = queries.child_data_warnings(text)
    return render(request, "feedback/finding_warnings.html", {"warnings": warnings})


@require_http_methods(["GET", "POST"])
def finding_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The team's words beside the letter's, and whether it goes into the letter."""
    finding = seen_finding(request.user, pk)
    form = _change_form(request, finding)
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
            return _changed(request, finding)
    context = about_finding(request.user, finding) | {"form": form, "theirs": theirs}
    return render(request, "feedback/finding_edit.html", context, status=409 if theirs else 200)


def _change_form(request: HttpRequest, finding: Finding) -> FindingChangeForm:
    return FindingChangeForm(
        posted(request),
        themes=queries.themes_of(finding.challenge, request.user),
        lines=list(finding.challenge.lines.all()),
        finding=finding,
    )


def _changed(request: HttpRequest, finding: Finding) -> HttpResponse:
    messages.success(request, "The finding is saved.")
    said = (request.POST.get("team_text", ""), request.POST.get("letter_text", ""))
    for warning in queries.child_data_warnings(*said):
        messages.warning(request, warning)
    return redirect("challenge_findings", finding.challenge_id)


def about_finding(user: User, finding: Finding) -> dict[str, Any]:
    """What a page about one finding shows beside its words; that it was read is written down."""
    actions.read_findings(finding.challenge, by=user)
    merged = Finding.objects.visible_to(user).filter(merged_into=finding)
    return {
        "finding": finding,
        "challenge": finding.challenge,
        "parts": list(merged.select_related("written_by", "line").order_by("position", "pk")),
        "sources": queries.sources_of(finding),
        "may_change": permissions.change_finding(user, finding),
        "may_merge": permissions.merge_findings(user, finding.challenge),
    }


@require_http_methods(["GET", "POST"])
def finding_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first: nothing brings a finding back."""
    finding = seen_finding(request.user, pk)
    permissions.change_finding(request.user, finding).require()
    if request.method == "POST":
        actions.delete_finding(finding, by=request.user)
        messages.success(request, "The finding is deleted.")
        return redirect("challenge_findings", finding.challenge_id)
    context = about_finding(request.user, finding)
    return render(request, "feedback/finding_delete.html", context)


def seen_finding(user: User, pk: int) -> Finding:
    seen = Finding.objects.visible_to(user).select_related(
        "challenge__round__region", "challenge__host__authority", "written_by", "merged_into"
    )
    return get_object_or_404(seen, pk=pk)
