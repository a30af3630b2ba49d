"""An earlier round for the ledger, made up: the real ones are the region's own to enter."""

from __future__ import annotations

from datetime import date, timedelta

from peerchallenge.demo.people import Cast
from rounds import actions
from rounds.queries.earlier import Entry

WEEKS_AGO = 120
# Who challenged whom: so many places further in the alphabet; and the days each gave in turn.
STEP = 6
DAYS = (4, 4, 6, 2, 4, 8, 4)


def enter_earlier_round(cast: Cast, today: date) -> None:
    """Everybody challenged once and was challenged once, by others than in the demo's round."""
    slugs = sorted(cast.authorities)
    began = today - timedelta(weeks=WEEKS_AGO, days=today.weekday())
    entries = [
        Entry(
            host=cast.authorities[slug].pk,
            challenger=cast.authorities[slugs[(place + STEP) % len(slugs)]].pk,
            held_on=began + timedelta(weeks=place // 2, days=place % 2),
            round_name=f"{began.year} (made up for the demonstration)",
            days=DAYS[place % len(DAYS)],
        )
        for place, slug in enumerate(slugs)
    ]
    actions.enter_earlier_challenges(cast.region, entries, by=cast.officer)
