"""What is known of a region's days, and of its authorities', that bears on visits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from authorities.models import Authority, Period, Region
from authorities.states import PeriodKind
from peerchallenge.shared.dates import each_day

Days = Mapping[date, str]
TAKES_NO_PART = (PeriodKind.INSPECTION, PeriodKind.NO_GO)


@dataclass(frozen=True)
class RegionCalendar:
    """Days and what they are called: of the region, and by the primary key of an authority."""

    # No visit anywhere in the region.
    closed: Days
    # This authority takes part in no visit. Why is not carried along: that an inspection goes on
    # is for its own people and the officers, who read it in the authority's calendar.
    cannot: Mapping[int, frozenset[date]]
    # Possible, and not liked: its school holidays and half terms.
    soft: Mapping[int, Days]
    # Its pre-election period: no sessions with councillors, nothing published.
    warned: Mapping[int, Days]


def calendar_between(
    region: Region, authorities: Collection[Authority], first: date, last: date
) -> RegionCalendar:
    """What the days from `first` to `last` are to a region and these authorities; one query."""
    closed: dict[date, str] = {}
    cannot: dict[int, set[date]] = defaultdict(set)
    soft: dict[int, dict[date, str]] = defaultdict(dict)
    warned: dict[int, dict[date, str]] = defaultdict(dict)
    rows = Period.objects.filter(Q(region=region) | Q(authority__in=authorities))
    for period in rows.touching(first, last):
        days = each_day(max(first, period.first_day), min(last, period.last_day or last))
        if period.authority_id and period.kind in TAKES_NO_PART:
            cannot[period.authority_id].update(days)
            continue
        if period.authority_id is None:
            # A region says only which days are without visits; the first name stays.
            target = closed
        elif period.kind == PeriodKind.PRE_ELECTION:
            target = warned[period.authority_id]
        else:
            target = soft[period.authority_id]
        target.update({day: period.name for day in days if day not in target})
    taken = {authority: frozenset(days) for authority, days in cannot.items()}
    return RegionCalendar(closed, taken, dict(soft), dict(warned))
