from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from authorities.models import User
from feedback import actions, documents, permissions, queries
from feedback.models import Letter
from feedback.queries.sharing import HostDesk, host_desk
from feedback.states import LetterState
from rounds.models import Challenge


def seen_letter(user: User, pk: int) -> Letter:
    """The letter, if this person may know of it."""
    seen = Letter.objects.visible_to(user).with_challenge()
    return get_object_or_404(seen.prefetch_related("challenge__days"), pk=pk)


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: the fields that were sent, even when there are none."""
    return request.POST if request.method == "POST" else None


def letter_context(user: User, found: Letter) -> dict[str, Any]:
    """What every page that shows a letter's words needs."""
    page = queries.letter_page(
        found,
        as_host=permissions.as_host_only(user, found),
        with_replies=bool(permissions.read_replies(user, found)),
        with_changes=bool(permissions.read_draft(user, found)),
    )
    return {"found": found, "page": page, "letter": page.content, "challenge": found.challenge}


@require_GET
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as this person may read it, and what they can do with it."""
    found = seen_letter(request.user, pk)
    actions.read_letter(found, by=request.user)
    user = request.user
    context = letter_context(user, found)
    says = None if context["page"].as_sent else context["letter"]
    context |= {
        "may_edit": permissions.edit_letter(user, found),
        "may_send": permissions.send_letter_to_host(user, found),
        "may_beside": permissions.read_beside(user, found),
        "may_reply": permissions.reply_on_accuracy(user, found),
        "may_approve": permissions.approve_letter(user, found),
        "may_send_back": permissions.send_letter_back(user, found),
        "may_issue": permissions.issue_letter(user, found, says),
        "to_approve": found.state == LetterState.CHECKED
        and permissions.follow_letters(user, found.challenge.round),
        "may_correct": permissions.begin_correction(user, found),
        "versions": queries.versions_of(found, user),
        "director": queries.recipient_of(found),
        "desk": _desk(user, found),
        "files": queries.files_of(found),
        "sees_challenge": Challenge.objects.visible_to(user).filter(pk=found.challenge_id).exists(),
    }
    return render(request, "feedback/letter.html", context)


def _desk(user: User, found: Letter) -> HostDesk | None:
    """For the host's own people."""
    if not permissions.see_sharing(user, found):
        return None
    return host_desk(
        found,
        decides=bool(permissions.decide_sharing(user, found)),
        may_thank=bool(permissions.write_thanks(user, found)),
        may_sum_up=bool(permissions.write_summary(user, found)),
    )


@require_GET
def letter_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes that were issued, and no others."""
    found = seen_letter(request.user, pk)
    permissions.download_letter(found).require()
    pdf = found.sealed_pdf
    actions.read_letter(found, downloaded=True, by=request.user)
    response = HttpResponse(pdf, content_type="application/pdf")
    filename = documents.letter_filename(found.frozen_content)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=filename
    )
    response["X-Content-SHA256"] = found.sha256
    return response
