"""Where an authority holds sessions, and how far those places are apart."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from authorities.models import Authority, Venue, VenueJourney
from peerchallenge.shared.marks import mark_of

SHOWN = ("name", "address", "access")


@dataclass(frozen=True)
class Journey:
    to: str
    minutes: int


@dataclass(frozen=True)
class VenueRow:
    venue: Venue
    journeys: list[Journey]


@dataclass(frozen=True)
class VenuesPage:
    open: list[VenueRow]
    closed: list[Venue]


def venues_of(authority: Authority) -> VenuesPage:
    """Two queries, however many there are."""
    venues = list(authority.venues.all())
    names = {venue.pk: venue.name for venue in venues if not venue.closed}
    journeys: dict[int, list[Journey]] = {pk: [] for pk in names}
    for way in VenueJourney.objects.filter(one__in=names, other__in=names):
        journeys[way.one_id].append(Journey(names[way.other_id], way.minutes))
        journeys[way.other_id].append(Journey(names[way.one_id], way.minutes))
    rows = [
        VenueRow(venue, sorted(journeys[venue.pk], key=lambda one: one.to))
        for venue in venues
        if not venue.closed
    ]
    return VenuesPage(rows, [venue for venue in venues if venue.closed])


def minutes_from(venue: Venue) -> list[tuple[Venue, int | None]]:
    """To each other open venue of its authority; None where nobody has said."""
    known: dict[int, int] = {}
    for way in VenueJourney.objects.filter(Q(one=venue) | Q(other=venue)):
        known[way.other_id if way.one_id == venue.pk else way.one_id] = way.minutes
    others = Venue.objects.open().filter(authority=venue.authority_id).exclude(pk=venue.pk)
    return [(other, known.get(other.pk)) for other in others]


def shown_of(venue: Venue) -> dict[str, str]:
    return {name: getattr(venue, name) for name in SHOWN}


def venue_mark(venue: Venue) -> str:
    """A mark of what stands there: it differs once anything of it does."""
    return mark_of(shown_of(venue))
