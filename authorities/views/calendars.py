"""Entering days that bear on visits: an authority's own, and a region's."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from authorities import actions, permissions
from authorities.forms.calendar import (
    DayRowsForm,
    ElectionForm,
    EndInspectionForm,
    InspectionForm,
    NoGoForm,
    PeriodForm,
    PeriodParams,
)
from authorities.models import Authority, Period, Region
from authorities.queries.elections import suggested
from authorities.queries.periods import Verdict, days_said, judged, known_of
from authorities.states import PeriodKind
from peerchallenge.shared.answers import Refused


def _authority(request: HttpRequest, pk: int) -> Authority:
    """The authority, for whoever keeps its calendar; others are told why not."""
    visible = Authority.objects.visible_to(request.user).select_related("region")
    found = get_object_or_404(visible, pk=pk)
    permissions.keep_calendar(request.user, found).require()
    return found


@require_http_methods(["GET", "POST"])
def period_add(request: HttpRequest, pk: int) -> HttpResponse:
    authority = _authority(request, pk)
    back = reverse("authority_calendar", args=[pk])
    form = PeriodForm(
        request.POST if request.method == "POST" else None,
        there=known_of(authority),
        initial=_again(request),
        cancel_url=back,
    )
    if request.method == "POST" and form.is_valid():
        try:
            said = actions.say_periods(authority, [form.entry()], by=request.user)
        except Refused as refused:  # somebody else was quicker
            form.add_error("first_day", refused.reason)
        else:
            _tell(request, said)
            return redirect(back)
    return render(request, "authorities/period_add.html", {"authority": authority, "form": form})


def _again(request: HttpRequest) -> dict[str, Any]:
    asked = PeriodParams.clean_or_default(request.GET)
    return {**asked, "kind_said": asked["kind"]}


def _tell(request: HttpRequest, said: actions.Said) -> None:
    for period in said.added:
        messages.success(request, f"Added: {_named(period)}.")
    for period in said.changed:
        messages.success(request, f"Changed: {_named(period)}.")
    for period in said.there:
        messages.info(request, f"It was there already: {_named(period)}.")


def _named(period: Period) -> str:
    return f"{period.name}, {days_said(period.first_day, period.last_day)}"


@require_http_methods(["GET", "POST"])
def period_paste(request: HttpRequest, pk: int) -> HttpResponse:
    """Rows are checked first; only what that page showed is added, when it is pressed."""
    authority = _authority(request, pk)
    back = reverse("authority_calendar", args=[pk])
    form = DayRowsForm(request.POST or None, request.FILES or None, cancel_url=back)
    verdicts: list[Verdict] = []
    changed = False
    if request.method == "POST" and form.is_valid():
        verdicts = judged(form.found, known_of(authority), timezone.localdate())
        if form.confirms(verdicts):
            return _add_rows(request, authority, verdicts)
        form.show_again(verdicts)
        changed = bool(form.cleaned_data["checked"])
    context = {"authority": authority, "form": form, "verdicts": verdicts, "changed": changed}
    return render(request, "authorities/period_paste.html", {**context, "back": back})


def _add_rows(request: HttpRequest, authority: Authority, verdicts: list[Verdict]) -> HttpResponse:
    entries = [verdict.entry for verdict in verdicts if verdict.entry and verdict.taken]
    said = actions.say_periods(authority, entries, by=request.user)
    number = len(said.new)
    messages.success(request, f"{number} {'row is' if number == 1 else 'rows are'} added.")
    return redirect("authority_calendar", authority.pk)


@require_POST
def election_add(request: HttpRequest, pk: int) -> HttpResponse:
    """The period that the calendar's page suggested; pressed again, it is there."""
    authority = _authority(request, pk)
    poll = ElectionForm.clean_or_default(request.POST)["poll"]
    found = suggested(authority, known_of(authority), timezone.localdate())
    if found and found.poll == poll:
        _tell(request, actions.say_periods(authority, [found.entry], by=request.user))
    else:
        messages.info(request, "Nothing to add: a period for this election is there already.")
    return redirect("authority_calendar", pk)


@require_http_methods(["GET", "POST"])
def inspection_begin(request: HttpRequest, pk: int) -> HttpResponse:
    authority = _authority(request, pk)
    back = reverse("authority_calendar", args=[pk])
    form = InspectionForm(request.POST if request.method == "POST" else None, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            actions.begin_inspection(authority, **form.cleaned_data, by=request.user)
        except Refused as refused:
            form.add_error("first_day", refused.reason)
        else:
            messages.success(request, "Saved. The board’s officers are told.")
            return redirect(back)
    context = {"authority": authority, "form": form}
    return render(request, "authorities/inspection_begin.html", context)


def _period(request: HttpRequest, pk: int) -> Period:
    rows = Period.objects.visible_to(request.user).select_related("authority__region", "region")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "POST"])
def inspection_end(request: HttpRequest, pk: int) -> HttpResponse:
    period = _period(request, pk)
    permissions.end_inspection(request.user, period).require()
    back = _calendar_of(period)
    data = request.POST if request.method == "POST" else None
    form = EndInspectionForm(data, period=period, cancel_url=back)
    if data is not None and form.is_valid():
        last_day = form.cleaned_data["last_day"]
        try:
            actions.end_inspection(period, last_day=last_day, by=request.user)
        except Refused as refused:
            form.add_error("last_day", refused.reason)
        else:
            messages.success(request, f"Saved. Its last day is {last_day:%-d %B %Y}.")
            return redirect(back)
    context = {"period": period, "form": form, "back": back}
    return render(request, "authorities/inspection_end.html", context)


@require_http_methods(["GET", "POST"])
def period_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first; what was removed can be entered again from the page that follows."""
    period = _period(request, pk)
    permissions.remove_period(request.user, period).require()
    back = _calendar_of(period)
    if request.method == "POST":
        actions.remove_period(period, by=request.user)
        if period.kind == PeriodKind.INSPECTION:
            messages.success(request, "Removed. Visits are possible again.")
            return redirect(back)
        return redirect(f"{back}?{_removed(period)}")
    context = {"period": period, "days": days_said(period.first_day, period.last_day), "back": back}
    return render(request, "authorities/period_remove.html", context)


def _removed(period: Period) -> str:
    return urlencode(
        {
            "kind": period.kind,
            "name": period.name,
            "first_day": period.first_day.isoformat(),
            "last_day": period.last_day.isoformat() if period.last_day else "",
        }
    )


def _calendar_of(period: Period) -> str:
    if period.region_id:
        return reverse("region_calendar", args=[period.region_id])
    return reverse("authority_calendar", args=[period.authority_id])


@require_http_methods(["GET", "POST"])
def no_go_add(request: HttpRequest, region: int) -> HttpResponse:
    place = get_object_or_404(Region.objects.visible_to(request.user), pk=region)
    permissions.keep_region_calendar(request.user, place).require()
    back = reverse("region_calendar", args=[region])
    data = request.POST if request.method == "POST" else None
    there = list(place.periods.all())
    form = NoGoForm(data, there=there, initial=_again(request), cancel_url=back)
    if data is not None and form.is_valid():
        try:
            said = actions.say_no_go(place, **form.cleaned_data, by=request.user)
        except Refused as refused:
            form.add_error("first_day", refused.reason)
        else:
            _tell(request, said)
            return redirect(back)
    return render(request, "authorities/no_go_add.html", {"region": place, "form": form})
