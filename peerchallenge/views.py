from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from peerchallenge.shared.answers import Refused


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """The region whose name and colour a page carries, and its first row of links."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"region": None, "navigation": []}
    from authorities.models import Region

    region = Region.objects.visible_to(user).first()
    return {"region": region, "navigation": []}


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home.html")


@login_not_required
def healthy(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "help.html")


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "accessibility.html")


@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy.html")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A refusal says why; a stranger never gets this far, they get 404."""
    reason = exception.reason if isinstance(exception, Refused) else ""
    return render(request, "403.html", {"reason": reason}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
