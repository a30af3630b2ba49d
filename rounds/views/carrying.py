"""What was carried forward from an earlier round: let stand, all at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from authorities.states import Role
from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.views.self_assessments import find_whole


@require_POST
def self_assessment_carried(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_whole(request, pk)
    try:
        number = actions.review_carried(found, by=request.user)
    except Refused as refused:
        if not request.user.holds(Role.DIRECTOR, authority=found.participation.authority_id):
            raise
        messages.info(request, refused.reason)
    else:
        _say(request, number)
    return redirect("self_assessment_check", pk)


def _say(request: HttpRequest, number: int) -> None:
    if not number:
        messages.info(request, "Nothing from last time was left to review.")
    elif number == 1:
        messages.success(request, "1 answer stands as it is. You can still change it.")
    else:
        messages.success(request, f"{number} answers stand as they are. You can still change them.")
