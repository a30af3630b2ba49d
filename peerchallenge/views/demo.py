from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from peerchallenge.forms import MailParams, query_of
from peerchallenge.queries.mail import sent_mail


@login_not_required
@require_GET
def demo_mail(request: HttpRequest) -> HttpResponse:
    """Whoever tries the demonstration plays every part, so every part's mail is open to them."""
    asked = MailParams.clean_or_404(request.GET)
    found = sent_mail(Path(settings.EMAIL_FILE_PATH), to=asked["to"], page=asked["page"] or 1)
    context = {"mails": found, "to": asked["to"], "query": query_of(asked)}
    return render(request, "peerchallenge/demo_mail.html", context)
