from __future__ import annotations

import time

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from authorities.models import User
from feedback import actions, permissions, queries
from feedback.forms import FollowParams, IssueParams, OnlyParams, ProgressParams
from feedback.states import LetterState
from rounds.models import Round
from rounds.queries.navigation import round_tabs


def followed_round(user: User, pk: int) -> Round:
    """The round, for those who follow its letters; others who know of it are told why not."""
    found = get_object_or_404(Round.objects.visible_to(user).select_related("region"), pk=pk)
    permissions.follow_letters(user, found).require()
    return found


@require_GET
def round_letters(request: HttpRequest, pk: int) -> HttpResponse:
    """How far each letter has got and who has it."""
    found = followed_round(request.user, pk)
    letters = queries.round_letters(found, request.user)
    by_host = FollowParams.clean_or_default(request.GET)["sort"] == "host"
    context = {
        "round": found,
        "letters": letters if by_host else letters.by_due(),
        "by_host": by_host,
        "concerns": permissions.know_of_concerns(request.user, found)
        and queries.concern_counts(found),
        "concerns_at": queries.concerns_of_round(found),
        "sub_navigation": round_tabs(found, "round_letters", request.user),
    }
    return render(request, "feedback/round_letters.html", context)


@require_http_methods(["GET", "POST"])
def round_letters_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is about to receive a letter; then issue them all, or the one that was asked for."""
    found = followed_round(request.user, pk)
    if request.method == "POST":
        shown = IssueParams.clean_or_404(request.POST)["letters"]
        if not actions.issue_all_letters(found, among=shown, by=request.user):
            messages.info(request, "No approved letter was left to issue.")
        return redirect("round_letters_progress", found.pk)
    letters = queries.round_letters(found, request.user)
    ready = letters.ready_among(OnlyParams.clean_or_default(request.GET)["only"])
    if not ready:
        messages.info(request, "No letter is approved and waiting to be issued.")
        return redirect("round_letters", found.pk)
    context = {
        "round": found,
        "recipients": queries.recipients(ready),
        "held_back": [] if "only" in request.GET else letters.held_back,
        "letters": ",".join(str(row.letter.pk) for row in ready if row.letter),
        "heading": f"You are about to issue {len(ready)} letter{'s' if len(ready) > 1 else ''}",
    }
    return render(request, "feedback/round_letters_issue.html", context)


@require_POST
def round_letter_issue(request: HttpRequest, pk: int, letter: int) -> HttpResponse:
    """Issue one letter, or try again where its PDF could not be made; pressed twice, once."""
    found = followed_round(request.user, pk)
    one = queries.letter_of_round(found, letter)
    if one is None:
        raise Http404
    if one.state == LetterState.APPROVED:
        actions.issue_letter(one, by=request.user)
    elif permissions.retry_rendering(request.user, one):
        actions.retry_rendering(one, by=request.user)
    else:
        messages.info(request, f"This letter is “{one.get_state_display().lower()}” already.")
    return redirect("round_letters_progress", found.pk)


@require_POST
def round_letters_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Try again wherever the PDF could not be made."""
    found = followed_round(request.user, pk)
    if not actions.retry_all_renderings(found, by=request.user):
        messages.info(request, "No PDF has failed to be made.")
    return redirect("round_letters_progress", found.pk)


@require_GET
def round_letters_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far today's issuing has got; asks again for what has moved until it is over."""
    found = followed_round(request.user, pk)
    now, since = int(time.time()), ProgressParams.clean_or_default(request.GET)["since"] or 0
    progress = queries.progress_of(found, request.user)
    context = {"round": found, "progress": progress, "now": now}
    if request.htmx:
        context["moved"] = progress.moved_since(since)
        return render(request, "feedback/letters_progress_rows.html", context)
    context["sub_navigation"] = round_tabs(found, "round_letters", request.user)
    return render(request, "feedback/round_letters_progress.html", context)
