"""School holidays, a week without visits and some venues of the demo's region."""

from __future__ import annotations

from datetime import date, timedelta

from authorities.actions import add_venue, say_no_go, say_periods, set_journey
from authorities.queries.periods import Entry
from authorities.states import PeriodKind
from peerchallenge.demo.moments import at
from peerchallenge.demo.people import Cast
from peerchallenge.shared.dates import easter_sunday, monday_of

# These have entered nothing yet, so that the region's page has somebody to ask.
SILENT = ("torbay", "swindon")
# Their schools are away a week later than the others'.
LATER = ("cornwall", "isles-of-scilly")
VENUES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "devon": (
        (
            "Tallow House",
            "Ground floor, off the ring road, second entrance",
            "Ramp at the side. Visitors’ spaces are the six nearest the gate: give the "
            "registration a day before. Hearing loop in the large room only.",
        ),
        ("Redlake Family Centre", "Beside the library", "Step-free. Ring the lower bell."),
        ("Hollin Hub", "Old school, upper yard", "No lift: rooms upstairs by stairs only."),
    ),
    "dorset": (
        ("Fernside Offices", "Main council offices, west wing", "Step-free from the car park."),
        ("Millbrook Youth Centre", "By the footbridge", "Step-free. Three parking spaces."),
    ),
    "bristol": (("Harbourgate House", "Third floor", "Lift. No parking: bicycle store behind."),),
}
JOURNEYS = {"devon": (35, 50, 25), "dorset": (15,)}


def enter_calendars(cast: Cast, today: date) -> None:
    """Most authorities have entered the holidays of this school year and the next."""
    with at(today - timedelta(weeks=18), 10):
        for slug, authority in cast.authorities.items():
            if slug in SILENT:
                continue
            later = timedelta(weeks=1 if slug in LATER else 0)
            entries = [
                entry
                for year in (today.year - 1, today.year, today.year + 1)
                for entry in holidays_of(year, later)
                if entry.last_day >= today - timedelta(weeks=26)
            ]
            say_periods(authority, entries, by=cast.director(slug))
    with at(today - timedelta(weeks=18), 15):
        monday = monday_of(date(today.year + 1, 6, 14))
        say_no_go(
            cast.region,
            first_day=monday,
            last_day=monday + timedelta(days=4),
            name="Directors’ conference",
            by=cast.officer,
        )


def holidays_of(year: int, later: timedelta) -> list[Entry]:
    """What schools of most councils have in a calendar year; some begin some days later."""
    half, easter = PeriodKind.HALF_TERM, easter_sunday(year)
    week, year_said = timedelta(days=4), f"{year}"
    february = monday_of(date(year, 2, 18)) + later
    may = monday_of(date(year, 5, 31))
    october = monday_of(date(year, 10, 28)) - later
    christmas = monday_of(date(year, 12, 22))
    return [
        Entry(half, february, february + week, f"February half term {year_said}"),
        Entry(
            PeriodKind.SCHOOL_HOLIDAY,
            easter - timedelta(days=13),
            easter + timedelta(days=5),
            f"Easter holiday {year_said}",
        ),
        Entry(half, may, may + week, f"May half term {year_said}"),
        Entry(
            PeriodKind.SCHOOL_HOLIDAY,
            date(year, 7, 23),
            date(year, 8, 31),
            f"Summer holiday {year_said}",
        ),
        Entry(half, october, october + week, f"October half term {year_said}"),
        Entry(
            PeriodKind.SCHOOL_HOLIDAY,
            christmas,
            christmas + timedelta(days=11),
            f"Christmas holiday {year_said}",
        ),
    ]


def enter_venues(cast: Cast, today: date) -> None:
    with at(today - timedelta(weeks=16), 11):
        for slug, rows in VENUES.items():
            director = cast.director(slug)
            made = [
                add_venue(cast.authorities[slug], name=name, address=where, access=how, by=director)
                for name, where, how in rows
            ]
            pairs = [(one, other) for i, one in enumerate(made) for other in made[i + 1 :]]
            for (one, other), minutes in zip(pairs, JOURNEYS.get(slug, ()), strict=True):
                set_journey(one, other, minutes=minutes, by=director)
