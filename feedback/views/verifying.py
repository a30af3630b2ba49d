"""The public page that says whether a copy is of a letter that was issued, and nothing else."""

from __future__ import annotations

from urllib.parse import urlencode

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from feedback import queries
from feedback.forms import FingerprintParams, VerifyForm

# A council's people share an address. Sixteen digits are not found by trying in any case.
RATES = {"verify": "60/m/ip"}


@login_not_required
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Asked with a fingerprint in its address it answers; else it asks for one."""
    asked = FingerprintParams.clean_or_404(request.GET)["of"]
    sent = request.method == "POST"
    if (asked or sent) and not ratelimit.consume(
        request, app="feedback", action="verify", config=RATES, limit_get=True
    ):
        return render(request, "429.html", status=429)
    form = VerifyForm(request.POST, request.FILES) if sent else VerifyForm()
    if sent and form.is_valid():
        return redirect(f"{reverse('verify')}?{urlencode({'of': form.asked})}")
    standing = queries.standing_of(asked).value if asked and not form.is_bound else ""
    context = {"form": form, "standing": standing, "asked": asked}
    return render(request, "feedback/verify.html", context)
