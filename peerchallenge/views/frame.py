from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from peerchallenge.demo import PASSWORD, SIGN_INS
from peerchallenge.queries.frame import Frame, frame


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """The region whose name and colour a page carries, and its first row of links."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    whole = not getattr(request, "refused", False)
    found = frame(user, request.path, whole=whole) if signed_in else Frame()
    return {
        "region": found.region,
        "navigation": found.navigation,
        "account_navigation": found.account_navigation,
        # Where the demonstration is on, the way in is no secret.
        "demo": {"sign_ins": SIGN_INS, "password": PASSWORD} if settings.DEMO else None,
    }
