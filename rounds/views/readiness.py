"""The list before a visit: what is there, what is open and whose turn it is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from peerchallenge.shared.answers import Refused
from rounds import actions, permissions
from rounds.forms.readiness import DespiteForm
from rounds.models import Challenge
from rounds.models.timetable import timetabled_for
from rounds.queries.readiness import checks_of, passed_over
from rounds.states import ChallengeState
from rounds.views.challenges import find


@require_http_methods(["GET", "POST"])
def challenge_ready(request: HttpRequest, pk: int) -> HttpResponse:
    found = find(request, pk)
    checks = checks_of(found)
    unmet = [check for check in checks if not check.met]
    form = DespiteForm(request.POST or None)
    if request.method == "POST":
        if found.state != ChallengeState.READY:
            permissions.make_ready(request.user, found).require()
        if (not unmet or form.is_valid()) and _made(request, found, form, asked=bool(unmet)):
            return redirect("challenge_ready", pk)
    context = {
        "challenge": found,
        "checks": checks,
        "linked": _linked(request, found),
        "unmet": unmet,
        "form": form,
        "may": permissions.make_ready(request.user, found),
        "may_despite": permissions.make_ready_despite(request.user, found),
        "ready": found.state == ChallengeState.READY,
        "passed": passed_over([found]),
    }
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "rounds/ready.html", context, status=status)


def _linked(request: HttpRequest, found: Challenge) -> set[str]:
    """The checks whose pages this person may open."""
    user = request.user
    names = permissions.change_team(user, found) or permissions.name_lead(user, found)
    pages = {
        "lead": bool(names),
        "team": bool(names),
        "scope": True,
        "dates": bool(permissions.set_visit_days(user, found)),
        "papers": bool(permissions.list_papers(user, found)),
        "timetable": timetabled_for(user).filter(pk=found.pk).exists(),
    }
    return {key for key, may in pages.items() if may}


def _made(request: HttpRequest, found: Challenge, form: DespiteForm, *, asked: bool) -> bool:
    """Whether there is nothing more to ask; if not, the form says why."""
    reason = form.cleaned_data["reason"] if asked else ""
    try:
        actions.make_ready(found, despite=reason, by=request.user)
    except Refused as refused:
        if asked and permissions.make_ready_despite(request.user, found):
            form.add_error(None, refused.reason)
            return False
        messages.info(request, refused.reason)
    else:
        messages.success(request, "The visit is ready.")
    return True
