"""What keeps some of the demo's authorities apart, and one that was in intervention once."""

from __future__ import annotations

from datetime import date, timedelta

from authorities.actions import add_intervention, end_intervention
from peerchallenge.demo.moments import at
from peerchallenge.demo.people import Cast
from rounds.actions import declare_conflict
from rounds.models import ConflictKind
from rounds.queries.conflicts import counts_until

ONCE_IN_INTERVENTION = "torbay"


def keep_apart(cast: Cast, today: date) -> None:
    """None of them stands in the way of a match of the demo's round."""
    there = cast.authorities
    with at(today - timedelta(weeks=21), 11):
        declare_conflict(
            there["bristol"],
            there["north-somerset"],
            kind=ConflictKind.CONTRACT,
            details="One contract for supervised contact serves both of us; it ends this winter.",
            expires_on=today + timedelta(days=40),
            by=cast.director("bristol"),
        )
    with at(today - timedelta(weeks=20), 14, 20):
        left = today - timedelta(days=430)
        declare_conflict(
            there["devon"],
            there["plymouth"],
            kind=ConflictKind.WORKED_THERE,
            only_me=True,
            details="I ran the service for children in care there for six years.",
            expires_on=counts_until(ConflictKind.WORKED_THERE, left),
            by=cast.lead("devon"),
        )
    with at(today - timedelta(weeks=19), 9, 40):
        declare_conflict(
            there["swindon"],
            there["wiltshire"],
            kind=ConflictKind.FAMILY,
            details="My brother is head of early help there.",
            by=cast.director("swindon"),
        )


def was_in_intervention(cast: Cast, today: date) -> None:
    """Entered when the board began here, with the day on which it had ended."""
    began = today - timedelta(days=1300)
    found = add_intervention(
        cast.authorities[ONCE_IN_INTERVENTION], from_date=began, by=cast.officer
    )
    end_intervention(found, last_day=began + timedelta(days=420), by=cast.officer)
