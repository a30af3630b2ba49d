"""Documents that bear out a self-assessment: listed, attached one at a time, opened, removed."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from peerchallenge.shared.answers import Refused
from peerchallenge.shared.uploads import KINDS
from rounds import actions, permissions
from rounds.forms.evidence import NOT_KEPT, ChangeEvidenceForm, EvidenceForm, QuestionParams
from rounds.models import Evidence, Question, Section, SelfAssessment
from rounds.queries.evidence import shelves
from rounds.views.self_assessments import find

# Whatever a document holds, a browser that opens it after all runs nothing of it.
ALONE = "default-src 'none'; sandbox"


@require_GET
def self_assessment_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    found = find(request, pk)
    permissions.list_evidence(request.user, found).require()
    context = {
        "self_assessment": found,
        "shelves": shelves(
            found,
            request.user,
            reads=partial(permissions.read_section, request.user, found),
            writes_in=partial(permissions.write_section, request.user, found),
        ),
        "own": permissions.belongs_to(request.user, found.participation),
        "reads": permissions.open_any_evidence(request.user, found),
    }
    return render(request, "rounds/evidence_list.html", context)


@require_http_methods(["GET", "POST"])
def evidence_add(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    found = find(request, pk)
    place = get_object_or_404(found.participation.round.sections, key=section)
    number = QuestionParams.clean_or_404(request.GET)["question"]
    question = get_object_or_404(place.questions, pk=number) if number else None
    permissions.add_evidence(request.user, found, place, question).require()
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return _added(request, found, place, question, form)
    return _form(request, found, place, question, form)


def _added(
    request: HttpRequest,
    found: SelfAssessment,
    place: Section,
    question: Question | None,
    form: EvidenceForm,
) -> HttpResponse:
    try:
        evidence = actions.add_evidence(
            found, section=place, question=question, **form.details(), by=request.user
        )
    except actions.AttachedAlready as refused:
        messages.info(request, f"It is attached there already, as “{refused.there.title}”.")
    except actions.NotStored:
        form.add_error("file", NOT_KEPT)
    except Refused as refused:
        form.add_error(None, refused.reason)
    else:
        messages.success(request, f"“{evidence.title}” is attached.")
    if form.errors:
        return _form(request, found, place, question, form)
    return redirect("self_assessment_evidence", found.pk)


def _form(
    request: HttpRequest,
    found: SelfAssessment,
    place: Section,
    question: Question | None,
    form: EvidenceForm,
) -> HttpResponse:
    context = {"self_assessment": found, "section": place, "question": question, "form": form}
    status = 422 if form.errors else 200
    return render(request, "rounds/evidence_add.html", context, status=status)


@require_GET
def evidence_download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Always as an attachment, whatever it is."""
    evidence = get_object_or_404(_visible(request).kept(), pk=pk)
    permissions.read_evidence(request.user, evidence).require()
    if not evidence.file:
        return redirect("self_assessment_evidence", evidence.self_assessment_id)
    try:
        file = default_storage.open(evidence.file.name)
    except OSError:
        messages.error(request, f"“{evidence.title}” cannot be read just now. Try again later.")
        return redirect("self_assessment_evidence", evidence.self_assessment_id)
    actions.read_evidence(evidence, by=request.user)
    response = FileResponse(
        file, as_attachment=True, filename=evidence.file_name, content_type=KINDS[evidence.kind]
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = ALONE
    return response


@require_http_methods(["GET", "POST"])
def evidence_change(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is called, and its date; where somebody else changed them, both are shown."""
    evidence = get_object_or_404(_visible(request), pk=pk)
    back = reverse("self_assessment_evidence", args=[evidence.self_assessment_id])
    if evidence.removed_at is not None:
        messages.info(request, f"“{evidence.title}” has been removed.")
        return redirect(back)
    permissions.change_evidence(request.user, evidence).require()
    start = {key: getattr(evidence, key) for key in ("title", "document_date", "seen")}
    form = ChangeEvidenceForm(request.POST or None, initial=start, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.change_evidence(evidence, **form.cleaned_data, by=request.user)
        except actions.EvidenceChanged as meanwhile:
            form.add_error(None, _both(meanwhile.now))
            form.show_theirs(meanwhile.now.seen)
        else:
            messages.success(request, f"“{changed.title}” is saved.")
            return redirect(back)
    context = {"evidence": evidence, "form": form, "back": back}
    return render(request, "rounds/evidence_change.html", context)


def _both(now: Evidence) -> str:
    day = f"{now.document_date:%-d %B %Y}"
    return (
        f"Somebody changed this meanwhile: by now it is “{now.title}”, dated {day}. "
        "Yours is below and not saved. Save again to keep yours"
    )


@require_http_methods(["GET", "POST"])
def evidence_remove(request: HttpRequest, pk: int) -> HttpResponse:
    evidence = get_object_or_404(_visible(request), pk=pk)
    back = redirect("self_assessment_evidence", evidence.self_assessment_id)
    if evidence.removed_at is not None:
        messages.info(request, f"“{evidence.title}” has been removed.")
        return back
    permissions.remove_evidence(request.user, evidence).require()
    if request.method == "POST":
        actions.remove_evidence(evidence, by=request.user)
        messages.success(request, f"“{evidence.title}” is removed.")
        return back
    url = reverse("self_assessment_evidence", args=[evidence.self_assessment_id])
    return render(request, "rounds/evidence_remove.html", {"evidence": evidence, "back": url})


def _visible(request: HttpRequest):
    return Evidence.objects.visible_to(request.user).select_related(
        "self_assessment__participation__round__region",
        "self_assessment__participation__authority",
        "section",
        "question",
    )
