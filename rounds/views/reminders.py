from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peerchallenge.shared.mail import address
from rounds import actions, permissions
from rounds.forms.reminders import ReminderForm, ReminderParams
from rounds.models import Round
from rounds.queries.navigation import round_tabs
from rounds.queries.reminder_texts import (
    AVAILABILITY,
    PLACEHOLDERS,
    Rule,
    Worded,
    Wording,
    rule_of,
    values_for,
    worded,
    worded_as,
)
from rounds.views.rounds import officers_round

STALE = (
    "Somebody else has changed this text in the meantime. What they wrote is below; "
    "save again to replace it"
)


@require_GET
def round_reminders(request: HttpRequest, pk: int) -> HttpResponse:
    """When the round reminds those who write, and in what words."""
    found = officers_round(request.user, pk)
    context = {
        "round": found,
        "reminders": worded(found),
        "sub_navigation": round_tabs(found, "round_messages", request.user),
    }
    return render(request, "rounds/reminder_list.html", context)


@require_http_methods(["GET", "POST"])
def reminder_text(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Word a reminder for the region, and see it filled in before or after saving."""
    found = officers_round(request.user, pk)
    permissions.word_reminders(request.user, found.region).require()
    now = _worded(found, key)
    back = reverse("round_reminders", args=[pk])
    form = ReminderForm(request.POST or None, worded=now, cancel_url=back)
    theirs = None
    if form.is_valid() and "preview" not in request.POST:
        theirs = _save(request, found, now, form)
        if theirs is None:
            return redirect("round_reminders", pk)
    context = {
        "round": found,
        "reminder": now,
        "form": form,
        "back": back,
        "theirs": theirs,
        "placeholders": PLACEHOLDERS,
        "preview": _filled(found, now.rule, form.wording() if form.is_valid() else now.wording),
    }
    return render(request, "rounds/reminder_text.html", context)


def _save(request: HttpRequest, round: Round, now: Worded, form: ReminderForm) -> Wording | None:
    """What somebody else has written meanwhile; the next press of the button replaces it."""
    words, seen = form.wording(), form.cleaned_data["seen"]
    try:
        actions.word_reminder(round.region, now.rule, words, seen=seen, by=request.user)
    except actions.WordingChanged:
        theirs = worded_as(round, now.rule).wording
        form.add_error(None, STALE)
        form.data = {**request.POST.dict(), "seen": theirs.seen}
        return theirs
    messages.success(request, f"The reminder {now.rule.when} has new words.")
    return None


@require_http_methods(["GET", "POST"])
def reminder_restore(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Back to the standard words, once that is confirmed."""
    found = officers_round(request.user, pk)
    permissions.word_reminders(request.user, found.region).require()
    now = _worded(found, key)
    if request.method == "POST":
        actions.restore_reminder(found.region, now.rule, by=request.user)
        messages.success(request, f"The reminder {now.rule.when} has its standard words.")
        return redirect("round_reminders", pk)
    context = {"round": found, "reminder": now}
    return render(request, "rounds/reminder_restore.html", context)


@require_POST
def reminders_hold(request: HttpRequest, pk: int) -> HttpResponse:
    found = officers_round(request.user, pk)
    if (chosen := ReminderParams.chosen(request.POST)) is None:
        messages.info(request, "Choose a reminder to hold.")
    elif not (may := permissions.hold_reminders(request.user, found)):
        messages.info(request, may.reason)
    else:
        held = actions.hold_reminders(found, **chosen, by=request.user)
        messages.success(request, _said(held, "held: it does", "held: they do", "not go out."))
    return redirect(f"{reverse('round_messages', args=[pk])}#to-come")


@require_POST
def reminders_release(request: HttpRequest, pk: int) -> HttpResponse:
    found = officers_round(request.user, pk)
    if (chosen := ReminderParams.chosen(request.POST)) is None:
        messages.info(request, "Choose a reminder to let go out.")
    elif not (may := permissions.hold_reminders(request.user, found)):
        messages.info(request, may.reason)
    else:
        free = actions.release_reminders(found, **chosen, by=request.user)
        messages.success(request, _said(free, "released: it goes", "released: they go", "out."))
    return redirect(f"{reverse('round_messages', args=[pk])}#to-come")


def _said(number: int, one: str, several: str, end: str) -> str:
    if number == 0:
        return "Nothing has changed: it was so already."
    return (
        f"1 reminder is {one} {end}" if number == 1 else f"{number} reminders are {several} {end}"
    )


def _worded(round: Round, key: str) -> Worded:
    rule = rule_of(round, key)
    if rule is None:
        raise Http404("This round has no such reminder")
    return worded_as(round, rule)


def _filled(round: Round, rule: Rule, wording: Wording) -> Wording:
    """As the director of the round's first authority would read it."""
    part = round.participations.select_related("authority", "self_assessment").first()
    return wording.filled(
        values_for(
            round,
            rule,
            name="Director’s name",
            authority=part.authority.name if part else "Their authority",
            link=address("availability")
            if rule.about == AVAILABILITY
            else address("self_assessment", part.self_assessment.pk if part else 0),
        )
    )
