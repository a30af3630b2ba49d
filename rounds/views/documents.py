"""A self-assessment, and a round's states and answers, as files to take away."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from peerchallenge.shared.spreadsheets import CONTENT_TYPE, Sheet, spreadsheet
from rounds import actions, documents, permissions
from rounds.forms.documents import VersionParams
from rounds.models import Round, SelfAssessment, SentVersion
from rounds.queries import frozen_content
from rounds.queries.documents import pdf_stands
from rounds.queries.sheets import answers_sheet, states_sheet, versions_to_read
from rounds.states import SENT
from rounds.views.rounds import officers_round
from rounds.views.self_assessments import find_whole


@require_GET
def self_assessment_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The version that was sent; where there is no PDF, a page that says why and what to do."""
    found = find_whole(request, pk)
    version = _version(request, found)
    if version is None or version.pdf is None:
        context = {"self_assessment": found, "stands": pdf_stands(version), "version": version}
        return render(request, "rounds/self_assessment_pdf.html", context)
    actions.download_self_assessment(found, kind="pdf", version=version.number, by=request.user)
    name = documents.self_assessment_filename(version.frozen, "pdf")
    return send_file(version.kept_pdf, "application/pdf", name)


@require_GET
def self_assessment_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The version that was sent; for its own people what is written so far, marked as a draft."""
    found = find_whole(request, pk)
    version = _version(request, found)
    own = permissions.belongs_to(request.user, found.participation)
    if own and found.state not in SENT and "version" not in request.GET:
        version, content = None, frozen_content(found)
    elif version:
        content = version.frozen
    else:
        context = {"self_assessment": found, "stands": pdf_stands(None), "version": None}
        return render(request, "rounds/self_assessment_pdf.html", context)
    number = version.number if version else 0
    actions.download_self_assessment(found, kind="docx", version=number, by=request.user)
    name = documents.self_assessment_filename(content, "docx")
    return send_file(documents.self_assessment_docx(content), documents.WORD_TYPE, name)


@require_GET
def round_self_assessments_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """How far everybody is."""
    found = officers_round(request.user, pk)
    return send_sheet(found, states_sheet(found))


@require_GET
def round_answers_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """Every answer that was sent, where the round lets its officers read them."""
    found = officers_round(request.user, pk)
    permissions.download_answers(request.user, found).require()
    versions = versions_to_read(found, request.user)
    actions.download_answers(found, versions, by=request.user)
    return send_sheet(found, answers_sheet(versions))


def _version(request: HttpRequest, found: SelfAssessment) -> SentVersion | None:
    """The one asked for, or the latest that this person may read; None where there is none."""
    number = VersionParams.clean_or_404(request.GET)["version"]
    versions = SentVersion.objects.visible_to(request.user).filter(self_assessment=found)
    if number is None:
        return versions.last()
    version = versions.filter(number=number).first()
    if version is None:
        raise Http404("It was not sent so often, or not to this person")
    return version


def send_sheet(round: Round, sheet: Sheet) -> HttpResponse:
    name = slugify(f"{round.name} {sheet.name}") + ".xlsx"
    filled = spreadsheet([sheet], title=f"{sheet.name}, {round.name}")
    return send_file(filled, CONTENT_TYPE, name)


def send_file(body: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response
