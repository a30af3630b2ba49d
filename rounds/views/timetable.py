"""The timetable of a visit: as a list, as a day's grid, and what is done to whole days."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peerchallenge.shared.answers import Refused
from rounds import actions, permissions
from rounds.forms.timetable import TimetableParams
from rounds.forms.timetable_days import CopyDayForm, DayParams, SettingsForm, VersionParams
from rounds.models import Challenge
from rounds.queries.day_grid import grid_of
from rounds.queries.releases import unreleased
from rounds.queries.timetable import TimetableDay, TimetablePage, timetable_page
from rounds.queries.visits import counted
from rounds.scheduling.slots import said
from rounds.views.challenges import find

MEANWHILE = "Somebody changed the timetable while you had this page open. Look again, then press."


@require_GET
def challenge_timetable(request: HttpRequest, pk: int) -> HttpResponse:
    found = find(request, pk)
    permissions.read_timetable(request.user, found).require()
    params = TimetableParams.clean_or_default(request.GET)
    page = shown(request, found)
    grid = None
    if params["view"] == "grid" and page.days:
        day = _chosen(page, params["day"])
        page, grid = page.only(day), grid_of(day)
    context = {
        "challenge": found,
        "page": page,
        "may_change": permissions.change_timetable(request.user, found),
        "hosts": permissions.show_names(request.user, found),
        "grid": grid,
        "may_release": permissions.release_timetable(request.user, found),
        "unreleased": unreleased(found, page.timetable),
    }
    return render(request, "rounds/timetable.html", context)


def shown(request: HttpRequest, found: Challenge) -> TimetablePage:
    """With names and notes for whoever may read them."""
    return timetable_page(found, names=bool(permissions.read_names(request.user, found)))


def _chosen(page: TimetablePage, day: date | None) -> TimetableDay:
    return next((one for one in page.days if one.day == day), page.days[0])


@require_POST
def timetable_start(request: HttpRequest, pk: int) -> HttpResponse:
    """The outline of the round's format, in one press."""
    found = find(request, pk)
    try:
        timetable = actions.start_timetable(found, by=request.user)
    except Refused as refused:
        permissions.change_timetable(request.user, found).require()
        messages.info(request, refused.reason)
    else:
        sessions = counted(timetable.sessions.count(), "session")
        messages.success(
            request, f"The timetable begins with {sessions}. Change what is different."
        )
    return redirect("challenge_timetable", pk)


@require_http_methods(["GET", "POST"])
def timetable_copy_day(request: HttpRequest, pk: int) -> HttpResponse:
    """A day's sessions once more, on another day of the visit."""
    found = find(request, pk)
    permissions.change_timetable(request.user, found).require()
    page = shown(request, found)
    source = _written_day(page, DayParams.clean_or_default(request.GET)["day"])
    if source is None:
        messages.info(request, "There is no session to copy.")
        return redirect("challenge_timetable", pk)
    others = [day for day in page.days if day.visited and day != source]
    form = CopyDayForm(request.POST or None, days=others, version=page.version)
    posted = request.method == "POST" and form.is_valid()
    if posted and (copied := _copy(request, found, source.day, form)):
        return copied
    context = {"challenge": found, "day": source, "form": form, "others": others}
    return render(request, "rounds/timetable_copy_day.html", context)


def _copy(
    request: HttpRequest, found: Challenge, day: date, form: CopyDayForm
) -> HttpResponse | None:
    to = form.chosen()
    try:
        made = actions.copy_day(found, day, to, seen=form.cleaned_data["version"], by=request.user)
    except actions.TimetableChanged:
        messages.info(request, MEANWHILE)
        return redirect(f"{request.path}?day={day.isoformat()}")
    except Refused as refused:
        form.add_error(None, refused.reason)
        return None
    sessions = counted(len(made), "session")
    messages.success(request, f"{sessions} copied from {said(day)} to {said(to)}.")
    return redirect(there(found, to))


@require_POST
def timetable_follow_days(request: HttpRequest, pk: int) -> HttpResponse:
    """The visit has other days now: its sessions go along."""
    found = find(request, pk)
    seen = VersionParams.clean_or_default(request.POST)["version"]
    try:
        moved = actions.follow_days(found, seen=seen, by=request.user)
    except actions.TimetableChanged:
        messages.info(request, MEANWHILE)
    except Refused as refused:
        permissions.change_timetable(request.user, found).require()
        messages.info(request, refused.reason)
    else:
        messages.success(request, f"{counted(len(moved), 'session')} moved to the visit’s days.")
    return redirect("challenge_timetable", pk)


@require_http_methods(["GET", "POST"])
def timetable_settings(request: HttpRequest, pk: int) -> HttpResponse:
    """The break between two sessions; and, for the host to say, whether names are in it."""
    found = find(request, pk)
    permissions.change_timetable(request.user, found).require()
    may_name = permissions.show_names(request.user, found)
    timetable = shown(request, found).timetable
    form = SettingsForm(
        request.POST or None,
        timetable=timetable,
        may_name=bool(may_name),
        cancel_url=reverse("challenge_timetable", args=[pk]),
    )
    if request.method == "POST" and form.is_valid():
        actions.set_break(found, form.cleaned_data["break_minutes"], by=request.user)
        if may_name:
            actions.show_names(found, shown=form.cleaned_data["names_shown"], by=request.user)
        messages.success(request, "Saved.")
        return redirect("challenge_timetable", pk)
    context = {"challenge": found, "form": form, "may_name": may_name, "timetable": timetable}
    return render(request, "rounds/timetable_settings.html", context)


def there(challenge: Challenge, day: date) -> str:
    """The list, at that day."""
    return f"{reverse('challenge_timetable', args=[challenge.pk])}#day-{day.isoformat()}"


def _written_day(page: TimetablePage, day: date | None) -> TimetableDay | None:
    """That day; the first that has sessions where it has none, or is no day."""
    written = [one for one in page.days if one.sessions]
    return next((one for one in written if one.day == day), next(iter(written), None))
