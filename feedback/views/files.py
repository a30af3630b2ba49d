"""The letter in other shapes: large print, and Word."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from feedback import actions, documents, queries
from feedback.states import FileKind
from feedback.views.reading import seen_letter


@require_GET
def letter_large_print(request: HttpRequest, pk: int) -> HttpResponse:
    return _file(request, pk, FileKind.LARGE_PRINT)


@require_GET
def letter_docx(request: HttpRequest, pk: int) -> HttpResponse:
    return _file(request, pk, FileKind.WORD)


def _file(request: HttpRequest, pk: int, kind: FileKind) -> HttpResponse:
    """The file; the first to ask has it made, and waits a moment on a page that says so."""
    found = seen_letter(request.user, pk)
    file = actions.want_file(found, kind, by=request.user)
    if file.made_at is None or request.htmx:
        context = {"found": found, "file": file, "stands": queries.file_stands(file)}
        name = "letter_file_state" if request.htmx else "letter_file"
        return render(request, f"feedback/{name}.html", context | {"challenge": found.challenge})
    actions.download_file(file, by=request.user)
    made = documents.FILES[kind]
    response = HttpResponse(file.kept_data, content_type=made.media_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=documents.file_name(found, kind)
    )
    return response
