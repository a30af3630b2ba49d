from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from authorities.models import User
from feedback import actions, documents, permissions, queries
from feedback.forms import LeaveOutForm, PageParams
from feedback.models import Letter, LetterFile
from feedback.queries import published, redacting, sharing
from feedback.states import FileKind
from feedback.views.reading import posted, seen_letter
from peerchallenge.shared.answers import Refused


@require_http_methods(["GET", "POST"])
def letter_redact(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose passages to leave out, and say why; then have that version made."""
    found = seen_letter(request.user, pk)
    permissions.redact_letter(request.user, found).require()
    places = [one.place for one in redacting.redactable(found.frozen_content)]
    form = LeaveOutForm(posted(request), places=places)
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.leave_passages_out(found, **form.cleaned_data, by=request.user)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            said = f"{len(done)} passage{'' if len(done) == 1 else 's'} left out."
            messages.success(request, said)
            return redirect("letter_redact", found.pk)
    number = PageParams.clean_or_default(request.GET)["page"] or 1
    context = {
        "found": found,
        "challenge": found.challenge,
        "form": form,
        "ticked": form.data.getlist("places") if form.is_bound else [],
        "page": redacting.redact_page(found, page=number),
        "may_make": permissions.make_redacted_version(request.user, found),
    }
    return render(request, "feedback/letter_redact.html", context)


@require_POST
def letter_redact_back(request: HttpRequest, pk: int, redaction: int) -> HttpResponse:
    """Put a passage back; pressed twice, it is in again."""
    found = seen_letter(request.user, pk)
    actions.put_passage_back(found, redaction, by=request.user)
    messages.success(request, "The passage is in again.")
    return redirect("letter_redact", found.pk)


@require_POST
def letter_redact_make(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the redacted version made from what is marked now."""
    found = seen_letter(request.user, pk)
    permissions.redact_letter(request.user, found).require()
    if not redacting.reasons_of(found):
        messages.info(request, "Nothing is left out, so there is nothing to make.")
        return redirect("letter_redact", found.pk)
    actions.make_redacted_version(found, by=request.user)
    messages.success(request, "The redacted version is being made. It takes a few seconds.")
    return redirect("letter_redact", found.pk)


@require_GET
def letter_redact_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """How the letter reads without what is marked; nothing is made yet."""
    found = seen_letter(request.user, pk)
    permissions.redact_letter(request.user, found).require()
    reasons = redacting.reasons_of(found)
    context = {
        "found": found,
        "challenge": found.challenge,
        "letter": redacting.redacted_version(found.frozen_content, reasons),
        "is_preview": True,
    }
    return render(request, "feedback/letter_redacted.html", context)


@require_GET
def letter_redacted(request: HttpRequest, pk: int) -> HttpResponse:
    """The redacted version, for those with whom it is shared."""
    found = _readable(request.user, pk)
    file = sharing.redacted_letter(found)
    if file is None:
        raise Http404
    actions.read_redacted(found, by=request.user)
    context = {
        "found": found,
        "challenge": found.challenge,
        "letter": published.content_shared(found, redacted=True),
        "file": file,
        "versions": queries.versions_of(found, request.user),
        "is_host": permissions.see_sharing(request.user, found),
    }
    return render(request, "feedback/letter_redacted.html", context)


def _readable(user: User, pk: int) -> Letter:
    """Shared with them without some passages, or theirs to read in full."""
    return sharing.redacted_letter_for(user, pk) or seen_letter(user, pk)


@require_GET
def letter_host_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The last version made of a file of the host's own."""
    files = LetterFile.objects.visible_to(request.user).made().filter(letter=pk, kind=kind)
    file = files.exclude(kind__in=(FileKind.LARGE_PRINT, FileKind.WORD)).first()
    if file is None:
        raise Http404
    actions.read_host_file(file, by=request.user)
    made = documents.FILES[FileKind(file.kind)]
    response = HttpResponse(file.kept_data, content_type=made.media_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=documents.file_name(file.letter, FileKind(file.kind))
    )
    return response
