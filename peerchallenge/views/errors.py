from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from peerchallenge.shared.answers import Refused


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(render_to_string("400.html"), status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A refusal says why; a stranger never gets this far, they get 404."""
    reason = exception.reason if isinstance(exception, Refused) else ""
    return _refused(request, "403.html", 403, reason)


def token_missing(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: another site sent it, or somebody signed in or out meanwhile."""
    said = "This form was open while you signed in or out. Load its page again, then send it."
    return _refused(request, "403.html", 403, said)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _refused(request, "404.html", 404)


def _refused(request: HttpRequest, template: str, status: int, reason: str = "") -> HttpResponse:
    """Whoever knocks on many doors does not have their own work looked up at each of them."""
    request.refused = True  # type: ignore[attr-defined]
    return render(request, template, {"reason": reason}, status=status)


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without the frame: it would ask the database who is there, which may be what failed."""
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        unavailable = HttpResponse(render_to_string("503.html"), status=503)
        unavailable["Retry-After"] = "30"
        return unavailable
    return HttpResponse(render_to_string("500.html"), status=500)
