"""Putting findings together: likely doubles, merging, order, sources."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feedback import actions, permissions, queries
from feedback.forms import MergeForm, MergeParams, MoveForm, OrderParams, SourceForm
from feedback.models import Finding
from feedback.states import Grouping, Way
from feedback.views.findings import about_finding, readable_challenge, seen_finding
from feedback.views.reading import posted
from peerchallenge.shared.answers import Refused
from rounds.models import Challenge


@require_GET
def challenge_findings_alike(request: HttpRequest, pk: int) -> HttpResponse:
    """Those that may say the same, for somebody to look at."""
    challenge = readable_challenge(request.user, pk)
    actions.read_findings(challenge, by=request.user)
    context = {
        "challenge": challenge,
        "pairs": queries.alike_in(challenge, request.user),
        "may_merge": permissions.merge_findings(request.user, challenge),
    }
    return render(request, "feedback/challenge_findings_alike.html", context)


@require_http_methods(["GET", "POST"])
def challenge_findings_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Their texts side by side, and the one text that is to stand for them."""
    challenge = readable_challenge(request.user, pk)
    parts = _chosen(request, challenge)
    if len(parts) < 2:
        return _too_few(request, challenge)
    themes = queries.themes_of(challenge, request.user)
    lines = list(challenge.lines.all())
    form = MergeForm(posted(request), parts=parts, themes=themes, lines=lines)
    if request.method == "POST" and form.is_valid() and _merged(request, challenge, form, parts):
        return redirect("challenge_findings", challenge.pk)
    actions.read_findings(challenge, by=request.user)
    context = {
        "challenge": challenge,
        "parts": parts,
        "form": form,
        "may_merge": permissions.merge_findings(request.user, challenge),
    }
    return render(request, "feedback/challenge_findings_merge.html", context)


def _too_few(request: HttpRequest, challenge: Challenge) -> HttpResponse:
    if request.method == "POST":
        permissions.merge_findings(request.user, challenge).require()
    messages.warning(request, "Tick two or more findings that stand in the list, then merge.")
    return redirect("challenge_findings", challenge.pk)


def _chosen(request: HttpRequest, challenge: Challenge) -> list[Finding]:
    sent = request.POST if request.method == "POST" else request.GET
    chosen = MergeParams.clean_or_default(sent)["finding"] or []
    seen = Finding.objects.visible_to(request.user).standing().filter(challenge=challenge)
    found = seen.filter(pk__in=chosen).select_related("written_by", "line")
    return list(found.order_by("position", "pk"))


def _merged(
    request: HttpRequest, challenge: Challenge, form: MergeForm, parts: list[Finding]
) -> Finding | None:
    try:
        found = actions.merge_findings(challenge, **form.finding(), by=request.user)
    except actions.FindingChanged:
        form.look_again(parts)
        return None
    except Refused as refused:
        form.add_error(None, refused.reason)
        return None
    messages.success(request, f"Merged: one finding stands for {len(parts)}.")
    return found


@require_http_methods(["GET", "POST"])
def finding_apart(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first: the merged wording goes, and those it stands for are back."""
    finding = seen_finding(request.user, pk)
    permissions.take_finding_apart(request.user, finding).require()
    context = about_finding(request.user, finding)
    if not context["parts"]:
        return redirect("finding_edit", finding.pk)
    if request.method == "POST":
        parts = actions.take_finding_apart(finding, by=request.user)
        messages.success(request, f"Taken apart: {len(parts)} findings stand again.")
        return redirect("challenge_findings", finding.challenge_id)
    return render(request, "feedback/finding_apart.html", context)


@require_http_methods(["GET", "POST"])
def challenge_findings_order(request: HttpRequest, pk: int) -> HttpResponse:
    """One theme or line at a time, moved by buttons; the letter follows."""
    challenge = readable_challenge(request.user, pk)
    params = OrderParams.clean_or_default(request.GET)
    within = Grouping(params["group"])
    if request.method == "POST":
        return _moved(request, challenge, within, params["of"])
    name, kinds = queries.ordered_in(challenge, request.user, within, params["of"])
    if not kinds:
        return redirect("challenge_findings", challenge.pk)
    actions.read_findings(challenge, by=request.user)
    context = {
        "challenge": challenge,
        "name": name,
        "kinds": kinds,
        "moved": params["moved"],
        "way": params["way"],
        "may_move": permissions.move_finding(request.user, challenge),
    }
    return render(request, "feedback/challenge_findings_order.html", context)


def _moved(request: HttpRequest, challenge: Challenge, within: Grouping, of: str) -> HttpResponse:
    permissions.move_finding(request.user, challenge).require()
    form = MoveForm(request.POST)
    said: dict[str, str | int] = {"group": within.value, "of": of}
    if form.is_valid():
        key, way = form.pressed()
        seen = Finding.objects.visible_to(request.user).standing().filter(challenge=challenge)
        if finding := seen.filter(pk=key).first():
            actions.move_finding(finding, way, within=within, by=request.user)
            said |= {"moved": key, "way": Way.UP if way == Way.TOP else way}
    there = reverse("challenge_findings_order", args=[challenge.pk])
    return redirect(f"{there}?{urlencode(said)}")


@require_http_methods(["GET", "POST"])
def finding_sources(request: HttpRequest, pk: int) -> HttpResponse:
    """What it rests on; none of it leaves the team."""
    finding = seen_finding(request.user, pk)
    form = _source_form(request, finding)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_source(finding, **form.source(), by=request.user)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            return redirect("finding_sources", finding.pk)
    context = about_finding(request.user, finding) | {
        "form": form,
        "may_give": permissions.give_source(request.user, finding),
        "warnings": _said_of(finding),
    }
    return render(request, "feedback/finding_sources.html", context)


def _source_form(request: HttpRequest, finding: Finding) -> SourceForm:
    return SourceForm(
        posted(request),
        sessions=queries.sessions_to_name(finding.challenge),
        cancel_url=reverse("finding_edit", args=[finding.pk]),
    )


def _said_of(finding: Finding) -> list[str]:
    return queries.child_data_warnings(*(one.said for one in queries.sources_of(finding)))


@require_POST
def finding_source_remove(request: HttpRequest, pk: int, source: int) -> HttpResponse:
    finding = seen_finding(request.user, pk)
    actions.take_source_back(finding, source, by=request.user)
    return redirect("finding_sources", finding.pk)
