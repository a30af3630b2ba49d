"""Where an authority's sessions are held."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from authorities import actions, permissions
from authorities.forms.venues import JourneysForm, VenueForm
from authorities.models import Authority, Venue
from authorities.queries.venues import minutes_from, venue_mark, venues_of
from peerchallenge.shared.answers import Refused


def _authority(request: HttpRequest, pk: int) -> Authority:
    visible = Authority.objects.visible_to(request.user).select_related("region")
    return get_object_or_404(visible, pk=pk)


def _kept(request: HttpRequest, pk: int) -> Venue:
    """A venue, for whoever looks after it; others are told why not."""
    rows = Venue.objects.visible_to(request.user).select_related("authority")
    found = get_object_or_404(rows, pk=pk)
    permissions.keep_venues(request.user, found.authority).require()
    return found


@require_GET
def authority_venues(request: HttpRequest, pk: int) -> HttpResponse:
    authority = _authority(request, pk)
    permissions.see_calendar(request.user, authority.region).require()
    context = {
        "authority": authority,
        "page": venues_of(authority),
        "may_keep": permissions.keep_venues(request.user, authority),
    }
    return render(request, "authorities/venue_list.html", context)


@require_http_methods(["GET", "POST"])
def venue_add(request: HttpRequest, pk: int) -> HttpResponse:
    authority = _authority(request, pk)
    permissions.keep_venues(request.user, authority).require()
    back = reverse("authority_venues", args=[pk])
    form = VenueForm(request.POST if request.method == "POST" else None, cancel_url=back)
    if request.method == "POST" and form.is_valid():
        try:
            venue = actions.add_venue(authority, **form.what(), by=request.user)
        except Refused as refused:
            form.add_error("name", refused.reason)
        else:
            messages.success(request, f"Added: {venue}.")
            return redirect(back)
    context = {"authority": authority, "form": form, "venue": None, "theirs": None}
    return render(request, "authorities/venue_edit.html", context)


@require_http_methods(["GET", "POST"])
def venue_change(request: HttpRequest, pk: int) -> HttpResponse:
    venue = _kept(request, pk)
    back = reverse("authority_venues", args=[venue.authority_id])
    data = request.POST if request.method == "POST" else None
    form = VenueForm(data, venue=venue, cancel_url=back)
    theirs = None
    if data is not None and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            actions.change_venue(venue, **form.what(), seen=seen, by=request.user)
        except Refused as refused:
            venue.refresh_from_db(fields=["name", "address", "access"])
            if seen and seen != venue_mark(venue):
                theirs = venue
                form.show_theirs(venue_mark(venue))
            form.add_error(None if theirs else "name", refused.reason)
        else:
            messages.success(request, "Saved.")
            return redirect(back)
    context = {"authority": venue.authority, "form": form, "venue": venue, "theirs": theirs}
    return render(request, "authorities/venue_edit.html", context)


@require_http_methods(["GET", "POST"])
def venue_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first; of a closed venue, whether it is to be offered again."""
    venue = _kept(request, pk)
    back = reverse("authority_venues", args=[venue.authority_id])
    if request.method == "POST":
        if "open" in request.POST:
            actions.open_venue(venue, by=request.user)
            messages.success(request, f"{venue} is offered for sessions again.")
        else:
            actions.close_venue(venue, by=request.user)
            messages.success(request, f"{venue} is no longer offered. You can open it again below.")
        return redirect(back)
    return render(request, "authorities/venue_close.html", {"venue": venue, "back": back})


@require_http_methods(["GET", "POST"])
def venue_journeys(request: HttpRequest, pk: int) -> HttpResponse:
    venue = _kept(request, pk)
    back = reverse("authority_venues", args=[venue.authority_id])
    data = request.POST if request.method == "POST" else None
    form = JourneysForm(data, minutes=minutes_from(venue), cancel_url=back)
    if data is not None and form.is_valid():
        for other, minutes in form.said():
            actions.set_journey(venue, other, minutes=minutes, by=request.user)
        messages.success(request, "The journeys are saved.")
        return redirect(back)
    context = {"venue": venue, "form": form, "back": back}
    return render(request, "authorities/venue_journeys.html", context)
