"""The places of an authority where sessions are held, and how far they are apart."""

from __future__ import annotations

from django.db import transaction

from authorities import permissions
from authorities.models import Authority, User, Venue, VenueJourney
from authorities.queries.venues import shown_of, venue_mark
from peerchallenge.audit.actions import record
from peerchallenge.shared.answers import no


@transaction.atomic
def add_venue(
    authority: Authority, *, name: str, address: str = "", access: str = "", by: User
) -> Venue:
    """A venue of this name that is there already stays as it is if all is the same."""
    authority = Authority.objects.select_for_update().get(pk=authority.pk)
    permissions.keep_venues(by, authority).require()
    what = {"name": name, "address": address, "access": access}
    if there := authority.venues.filter(name__iexact=name).first():
        if not there.closed and what == shown_of(there):
            return there
        no(f"{authority} has a venue called “{there.name}” already.").require()
    venue = authority.venues.create(**what)
    record("venue.added", venue, by=by, authority=authority.pk, **what)
    return venue


@transaction.atomic
def change_venue(
    venue: Venue,
    *,
    name: str,
    address: str = "",
    access: str = "",
    seen: str = "",
    by: User,
) -> Venue:
    """`seen`: the mark of what its page showed; refused where somebody has changed it since."""
    venue = _locked(venue.pk)
    permissions.keep_venues(by, venue.authority).require()
    before, what = shown_of(venue), {"name": name, "address": address, "access": access}
    if what == before:
        return venue
    if seen and seen != venue_mark(venue):
        no("Somebody else has changed this venue meanwhile.").require()
    others = Venue.objects.filter(authority=venue.authority).exclude(pk=venue.pk)
    if there := others.filter(name__iexact=name).first():
        no(f"{venue.authority} has a venue called “{there.name}” already.").require()
    for field, value in what.items():
        setattr(venue, field, value)
    venue.save(update_fields=list(what))
    record("venue.changed", venue, by=by, before=before, **what)
    return venue


@transaction.atomic
def close_venue(venue: Venue, *, by: User) -> Venue:
    """No new session is held there; those that are planned there stay."""
    return _set_closed(venue, "venue.closed", by, closed=True)


@transaction.atomic
def open_venue(venue: Venue, *, by: User) -> Venue:
    return _set_closed(venue, "venue.opened", by, closed=False)


@transaction.atomic
def set_journey(one: Venue, other: Venue, *, minutes: int | None, by: User) -> VenueJourney | None:
    """How long it takes between two venues of an authority, either way; None: nobody knows."""
    first, second = (_locked(pk) for pk in sorted((one.pk, other.pk)))
    permissions.keep_venues(by, first.authority).require()
    if first.pk == second.pk or first.authority_id != second.authority_id:
        no("A journey is between two venues of one authority.").require()
    there = VenueJourney.objects.filter(one=first, other=second).first()
    if (there.minutes if there else None) == minutes:
        return there
    record("venue.journey_set", first, by=by, other=second.pk, minutes=minutes)
    if minutes is None:
        VenueJourney.objects.filter(one=first, other=second).delete()
        return None
    journey, _ = VenueJourney.objects.update_or_create(
        one=first, other=second, defaults={"minutes": minutes}
    )
    return journey


def _set_closed(venue: Venue, verb: str, by: User, *, closed: bool) -> Venue:
    venue = _locked(venue.pk)
    permissions.keep_venues(by, venue.authority).require()
    if venue.closed != closed:
        venue.closed = closed
        venue.save(update_fields=["closed"])
        record(verb, venue, by=by)
    return venue


def _locked(pk: int) -> Venue:
    rows = Venue.objects.select_for_update(of=("self",)).select_related("authority")
    return rows.get(pk=pk)
