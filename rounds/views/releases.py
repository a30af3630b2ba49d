"""A timetable is sent out; what was sent is read, and taken away to print."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from peerchallenge.shared.answers import Refused
from rounds import actions, documents, permissions
from rounds.forms.timetable_days import VersionParams
from rounds.models import Challenge, PrintKind, TimetableRelease
from rounds.queries.releases import pdf_stands, release_page, version_page
from rounds.views.challenges import find
from rounds.views.documents import send_file
from rounds.views.timetable import MEANWHILE


@require_http_methods(["GET", "POST"])
def timetable_release(request: HttpRequest, pk: int) -> HttpResponse:
    """What changes, what does not fit yet, and who is written to, before anybody is."""
    found = find(request, pk)
    permissions.release_timetable(request.user, found).require()
    page = release_page(found, by=request.user)
    if request.method == "POST" and page.draft.timetable:
        return _release(request, found)
    context = {"challenge": found, "page": page}
    return render(request, "rounds/timetable_release.html", context)


def _release(request: HttpRequest, found: Challenge) -> HttpResponse:
    """A press that had no page before it sends nothing: it leads to that page."""
    seen = VersionParams.clean_or_default(request.POST)["version"]
    try:
        release = actions.release_timetable(found.timetable, version=seen, by=request.user)
    except actions.TimetableChanged:
        messages.info(request, MEANWHILE)
        return redirect("timetable_release", found.pk)
    except Refused as refused:
        messages.info(request, refused.reason)
        return redirect("timetable_release", found.pk)
    messages.success(request, f"Version {release.number} is sent out.")
    return redirect("timetable_version", found.pk, release.number)


@require_GET
def timetable_version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    found = find(request, pk)
    release = _release_or_404(request, found, number)
    names = bool(permissions.read_names(request.user, found))
    context = {
        "challenge": found,
        "page": version_page(release, request.user, names=names),
        "may_change": permissions.change_timetable(request.user, found),
    }
    return render(request, "rounds/timetable_version.html", context)


@require_GET
def timetable_pdf(request: HttpRequest, pk: int, number: int, kind: str) -> HttpResponse:
    """For the team it holds names and notes; for the door neither."""
    found = find(request, pk)
    release = _release_or_404(request, found, number)
    if kind not in PrintKind:
        raise Http404("Nothing of this kind is printed")
    if kind == PrintKind.TEAM:
        permissions.read_names(request.user, found).require()
    pdf = release.pdfs.filter(kind=kind).first()
    if pdf is None:
        context = {"challenge": found, "release": release, "kind": PrintKind(kind)}
        context["stands"] = pdf_stands(release)
        return render(request, "rounds/timetable_pdf.html", context)
    name = documents.timetable_filename(release, PrintKind(kind))
    return send_file(pdf.kept_pdf, "application/pdf", name)


def _release_or_404(request: HttpRequest, found: Challenge, number: int) -> TimetableRelease:
    permissions.read_timetable(request.user, found).require()
    visible = TimetableRelease.objects.visible_to(request.user)
    releases = visible.filter(timetable__challenge=found).select_related("timetable", "by")
    release = get_object_or_404(releases, number=number)
    release.timetable.challenge = found
    return release
