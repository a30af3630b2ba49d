"""One session of a timetable: added, changed, moved, taken out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from authorities import actions as authorities
from authorities import permissions as authorities_permissions
from peerchallenge.shared.answers import Refused
from rounds import actions, permissions
from rounds.forms.timetable import SessionForm
from rounds.forms.timetable_days import DayParams, MoveForm, RestForm, VersionParams
from rounds.models import Challenge, Session
from rounds.queries.moving import rest_moved
from rounds.queries.session_choices import choices_for, differences, next_session
from rounds.queries.sessions import SessionWords, words_of
from rounds.queries.visits import counted
from rounds.scheduling.slots import said
from rounds.views.challenges import find
from rounds.views.timetable import MEANWHILE, shown, there

GONE = "That session is no longer in the timetable."


def _changing(request: HttpRequest, pk: int) -> Challenge:
    found = find(request, pk)
    permissions.change_timetable(request.user, found).require()
    return found


def _session(request: HttpRequest, found: Challenge, key: int) -> Session | None:
    """None once somebody has taken it out."""
    seen = Session.objects.visible_to(request.user).filter(timetable__challenge=found)
    beside = seen.select_related("timetable__challenge", "venue")
    return beside.prefetch_related("team__user", "seen").filter(pk=key).first()


def _gone(request: HttpRequest, found: Challenge) -> HttpResponse:
    messages.info(request, GONE)
    return redirect("challenge_timetable", found.pk)


@require_http_methods(["GET", "POST"])
def session_add(request: HttpRequest, pk: int) -> HttpResponse:
    """At the end of a day, with what its last session had."""
    found = _changing(request, pk)
    choices = choices_for(found)
    if not choices.days:
        messages.info(request, "The timetable begins when the visit has its days.")
        return redirect("challenge_timetable", pk)
    asked = DayParams.clean_or_default(request.GET)["day"]
    days = [one.day for one in choices.days]
    day = asked if asked in days else days[0]
    form = SessionForm(
        request.POST or None,
        choices=choices,
        words=next_session(found, day),
        cancel_url=there(found, day),
        another=True,
        may_add_venue=_may_add_venue(request, found),
    )
    if request.method == "POST" and form.is_valid() and (added := _add(request, found, form)):
        return added
    context = {"challenge": found, "form": form, "day": day}
    return render(request, "rounds/session_add.html", context, status=_status(form))


def _add(request: HttpRequest, found: Challenge, form: SessionForm) -> HttpResponse | None:
    try:
        session = actions.add_session(found, _words(request, found, form), by=request.user)
    except Refused as refused:
        form.add_error(None, refused.reason)
        return None
    messages.success(request, f"“{session.title}” is in the timetable, {_when(session)}.")
    if "another" in request.POST:
        return redirect(f"{reverse('session_add', args=[found.pk])}?day={session.day.isoformat()}")
    return redirect(there(found, session.day))


@require_http_methods(["GET", "POST"])
def session_change(request: HttpRequest, pk: int, session: int) -> HttpResponse:
    """All that is said of it; where somebody else changed it, both are shown."""
    found = _changing(request, pk)
    if (here := _session(request, found, session)) is None:
        return _gone(request, found)
    words, choices = words_of(here), choices_for(found, here)
    form = SessionForm(
        request.POST or None,
        choices=choices,
        words=words,
        mark=words.mark,
        cancel_url=there(found, here.day),
        may_add_venue=_may_add_venue(request, found),
    )
    context: dict[str, Any] = {"challenge": found, "session": here, "form": form}
    if request.method == "POST" and form.is_valid():
        if changed := _change(request, found, here, form, context):
            return changed
    elif request.method == "GET":
        context["clashes"] = _clashes(request, found, here)
    return render(request, "rounds/session_change.html", context, status=_status(form))


def _change(
    request: HttpRequest,
    found: Challenge,
    here: Session,
    form: SessionForm,
    context: dict[str, Any],
) -> HttpResponse | None:
    mark = form.cleaned_data["seen_mark"]
    try:
        wanted = _words(request, found, form)
        changed = actions.change_session(here, wanted, seen=mark, by=request.user)
    except actions.SessionChanged as meanwhile:
        context["both"] = _show_both(form, meanwhile.now)
    except Refused as refused:
        form.add_error(None, refused.reason)
    else:
        messages.success(request, f"“{changed.title}” is saved, {_when(changed)}.")
        return redirect(there(found, changed.day))
    return None


def _may_add_venue(request: HttpRequest, found: Challenge) -> bool:
    return bool(authorities_permissions.keep_venues(request.user, found.host_authority))


def _words(request: HttpRequest, found: Challenge, form: SessionForm) -> SessionWords:
    """With the venue that is new, where one was entered."""
    if not (name := form.cleaned_data.get("new_venue", "").strip()):
        return form.words()
    venue = authorities.add_venue(found.host_authority, name=name, by=request.user)
    return replace(form.words(), venue=venue.pk)


def _show_both(form: SessionForm, now: Session) -> list[tuple[str, str, str]]:
    theirs = words_of(now)
    form.add_error(
        None,
        "Somebody changed this session while you had it open. Yours is below and not saved: "
        "save again to put it in place of theirs",
    )
    form.show_theirs(theirs.mark)
    return differences(theirs, form.words(), form.choices)


def _clashes(request: HttpRequest, found: Challenge, session: Session) -> list[Any]:
    rows = shown(request, found).sessions
    return next((row.clashes for row in rows if row.pk == session.pk), [])


@require_http_methods(["GET", "POST"])
def session_move(request: HttpRequest, pk: int, session: int) -> HttpResponse:
    """To another time or day; the buttons send a time of their own."""
    found = _changing(request, pk)
    if (here := _session(request, found, session)) is None:
        return _gone(request, found)
    words = words_of(here)
    start = {"day": words.day.isoformat(), "start": words.start, "seen_mark": words.mark}
    form = MoveForm(request.POST or None, choices=choices_for(found, here), initial=start)
    if request.method == "POST" and form.is_valid() and (moved := _move(request, here, form)):
        return moved
    context = {
        "challenge": found,
        "session": here,
        "back": there(found, here.day),
        "form": form,
        "rest": RestForm(action=reverse("timetable_move_rest", args=[pk, here.pk])),
        "row": next(row for row in shown(request, found).sessions if row.pk == here.pk),
        "mark": words.mark,
        "steps": _steps(here),
    }
    return render(request, "rounds/session_move.html", context, status=_status(form))


def _steps(session: Session) -> list[tuple[str, str]]:
    """What the buttons say and the time that each sends, as far as the day goes."""
    now = session.start.hour * 60 + session.start.minute
    steps = {"15 minutes earlier": now - 15, "15 minutes later": now + 15}
    day = range(24 * 60)
    return [(text, f"{at // 60:02}:{at % 60:02}") for text, at in steps.items() if at in day]


def _move(request: HttpRequest, here: Session, form: MoveForm) -> HttpResponse | None:
    cleaned = form.cleaned_data
    day, found = date.fromisoformat(cleaned["day"]), here.timetable.challenge
    try:
        moved = actions.move_session(
            here, day=day, start=cleaned["start"], seen=cleaned["seen_mark"], by=request.user
        )
    except actions.SessionChanged as meanwhile:
        now = words_of(meanwhile.now)
        form.add_error("start", f"Somebody changed it meanwhile: it is {_when(meanwhile.now)} now")
        form.show_theirs(now.mark)
    except Refused as refused:
        form.add_error(None, refused.reason)
    else:
        messages.success(request, f"“{moved.title}” is {_when(moved)} now.")
        return redirect("session_move", found.pk, moved.pk)
    return None


@require_http_methods(["GET", "POST"])
def timetable_move_rest(request: HttpRequest, pk: int, session: int) -> HttpResponse:
    """A session and all that follows it that day: first what that does, then the press."""
    found = _changing(request, pk)
    if (here := _session(request, found, session)) is None:
        return _gone(request, found)
    form = RestForm(request.POST or request.GET or None, action=request.path)
    page = shown(request, found)
    moved = rest_moved(page, here, form.cleaned_data["minutes"]) if form.is_valid() else None
    if request.method == "POST" and moved and moved.possible:
        return _move_rest(request, here, form.cleaned_data["minutes"])
    context = {"challenge": found, "session": here, "form": form, "moved": moved, "page": page}
    return render(request, "rounds/timetable_move_rest.html", context, status=_status(form))


def _move_rest(request: HttpRequest, here: Session, minutes: int) -> HttpResponse:
    found = here.timetable.challenge
    try:
        seen = VersionParams.clean_or_default(request.POST)["version"]
        moved = actions.move_rest(here, minutes, seen=seen, by=request.user)
    except actions.TimetableChanged:
        messages.info(request, MEANWHILE)
        return redirect(f"{request.path}?minutes={minutes}")
    except Refused as refused:
        messages.info(request, refused.reason)
        return redirect("session_move", found.pk, here.pk)
    way = "later" if minutes > 0 else "earlier"
    sessions, then = counted(len(moved), "session"), said(here.day)
    verb = "is" if len(moved) == 1 else "are"
    messages.success(request, f"{sessions} of {then} {verb} {abs(minutes)} minutes {way}.")
    return redirect(there(found, here.day))


@require_http_methods(["GET", "POST"])
def session_remove(request: HttpRequest, pk: int, session: int) -> HttpResponse:
    found = _changing(request, pk)
    if (here := _session(request, found, session)) is None:
        return _gone(request, found)
    if request.method == "POST":
        actions.remove_session(here, by=request.user)
        messages.success(request, f"“{here.title}” is no longer in the timetable.")
        return redirect(there(found, here.day))
    context = {"challenge": found, "session": here, "back": there(found, here.day)}
    return render(request, "rounds/session_remove.html", context)


def _when(session: Session) -> str:
    return f"{said(session.day)} at {session.start:%H:%M}"


def _status(form: Any) -> int:
    return 422 if form.errors else 200
