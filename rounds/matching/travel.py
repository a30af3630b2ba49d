"""How far apart two authorities are, as an estimate: nobody is asked for a route.

The great circle between two centroids on a sphere of 6,371 km, times 1.3 for the bends of roads,
at 60 km/h; a crossing by sea or air adds its own minutes.
"""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from rounds.matching.facts import Place

EARTH_KM = 6371.0
BENDS = 1.3
KM_A_MINUTE = 1.0
KM_A_MILE = 1.609344


def straight_km(one: Place, other: Place) -> float:
    """Kilometres along the great circle, by the haversine formula."""
    north, south = radians(one.latitude), radians(other.latitude)
    east = radians(other.longitude - one.longitude)
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(east / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def miles_between(one: Place | None, other: Place | None) -> int | None:
    """Whole miles in a straight line, as one says how far apart; None where it is not known."""
    if one is None or other is None:
        return None
    return round(straight_km(one, other) / KM_A_MILE)


def minutes_between(one: Place | None, other: Place | None) -> int | None:
    """Whole minutes one way, with the crossings of both; None where it is not known."""
    if one is None or other is None:
        return None
    by_road = straight_km(one, other) * BENDS / KM_A_MINUTE
    return round(by_road) + one.crossing_minutes + other.crossing_minutes


def time_said(minutes: int) -> str:
    """“2 hours 5 minutes”."""
    hours, left = divmod(minutes, 60)
    said = f"{hours} hour{'' if hours == 1 else 's'}" if hours else ""
    return f"{said} {left} minute{'' if left == 1 else 's'}".strip() if left or not hours else said
