from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from authorities.models import User
from feedback.queries import letter_reminders_to_come
from peerchallenge.forms import HistoryParams, PageParams, query_of
from peerchallenge.outbox import actions as outbox
from peerchallenge.queries.history import history_of_round
from peerchallenge.queries.messages import effect_of, messages_of
from rounds import permissions
from rounds.models import Round
from rounds.queries.navigation import round_tabs
from rounds.queries.reminders import reminders_to_come


@require_GET
def round_messages(request: HttpRequest, pk: int) -> HttpResponse:
    round = _visible_round(request.user, pk)
    permissions.run_round(request.user, round.region).require()
    asked = PageParams.clean_or_404(request.GET)
    context = {
        "round": round,
        "region": round.region,
        "messages_sent": messages_of(round, asked["page"] or 1),
        "to_come": reminders_to_come(round, timezone.localdate()),
        "letters_to_come": letter_reminders_to_come(round),
        "sub_navigation": round_tabs(round, "round_messages", request.user),
    }
    return render(request, "peerchallenge/round_messages.html", context)


@require_POST
def effect_retry(request: HttpRequest, pk: int, effect: int) -> HttpResponse:
    round = _visible_round(request.user, pk)
    permissions.run_round(request.user, round.region).require()
    found = effect_of(round, effect)
    if found is None:
        raise Http404("This round has no such message")
    outbox.retry(found, by=request.user)
    messages.success(request, "It is tried again now. Look again in a minute.")
    return redirect("round_messages", round.pk)


@require_GET
def round_history(request: HttpRequest, pk: int) -> HttpResponse:
    round = _visible_round(request.user, pk)
    permissions.see_round(request.user, round).require()
    asked = HistoryParams.clean_or_404(request.GET)
    history = history_of_round(
        round, authority=asked["authority"], saves=asked["saves"], page=asked["page"] or 1
    )
    context = {
        "round": round,
        "region": round.region,
        "history": history,
        "asked": asked,
        "query": query_of(asked),
        "sub_navigation": round_tabs(round, "round_history", request.user),
    }
    return render(request, "peerchallenge/round_history.html", context)


def _visible_round(user: User, pk: int) -> Round:
    return get_object_or_404(Round.objects.visible_to(user).select_related("region"), pk=pk)
