"""Pages that anybody reads: nobody signs in, nobody is asked who they are."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from feedback import actions, documents
from feedback.forms import PageParams
from feedback.queries import published


@login_not_required
@require_GET
def published_letters(request: HttpRequest) -> HttpResponse:
    """Every letter that a host has published, by region."""
    page = PageParams.clean_or_default(request.GET)["page"] or 1
    context = {"page": published.published_letters(page=page)}
    return render(request, "feedback/published_letters.html", context)


@login_not_required
@require_GET
def published_letter(request: HttpRequest, reference: str) -> HttpResponse:
    """The letter; or that it is withdrawn, or replaced by which."""
    found = _found(reference)
    context = {
        "found": found.letter,
        "published": found,
        "challenge": found.letter.challenge,
        "region": found.letter.challenge.round.region,
        "letter": found.content,
    }
    if found.is_gone:
        return render(request, "feedback/published_gone.html", context, status=410)
    actions.count_public_read(found.share)
    return render(request, "feedback/published_letter.html", context)


@login_not_required
@require_GET
def published_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The bytes that were issued, or those of the redacted version."""
    found = _found(reference)
    if found.content is None:
        return published_letter(request, reference)
    pdf = published.published_pdf(found)
    actions.count_public_read(found.share, downloaded=True)
    response = HttpResponse(pdf, content_type="application/pdf")
    name = documents.published_name(found.content, redacted=found.share.redacted)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def _found(reference: str) -> published.Published:
    found = published.published(reference)
    if found is None:
        raise Http404
    return found
