from rounds.queries.dating import plan_days
from rounds.queries.details import details_to_settle
from rounds.queries.gaps import missing_from
from rounds.queries.new_dates import given_up, new_dates, still_to_date
from rounds.queries.obstacles import obstacles_to
from rounds.queries.postponing import (
    agreed_offers,
    days_in,
    nothing_agreed,
    offer_clashes,
)
from rounds.queries.publishing import (
    difference_of,
    offers_version,
    published_in,
    seats_of,
    waits_to_be_told,
)
from rounds.queries.replacing import bars_between, days_in_the_way
from rounds.queries.rounds import round_version, without_director
from rounds.queries.seating import elsewhere_then, seating_of
from rounds.queries.seats_asked import proposal_version, proposed_offers, seats_mark
from rounds.queries.sending import frozen_content
from rounds.queries.sharing import reading_after
from rounds.queries.visits import (
    dated_challenges,
    dates_version,
    free_days,
    spread_starts,
    together_with,
    undated_challenges,
    visit_clashes,
)

__all__ = [
    "agreed_offers",
    "bars_between",
    "dated_challenges",
    "dates_version",
    "days_in",
    "days_in_the_way",
    "details_to_settle",
    "difference_of",
    "elsewhere_then",
    "free_days",
    "frozen_content",
    "given_up",
    "missing_from",
    "new_dates",
    "nothing_agreed",
    "obstacles_to",
    "offer_clashes",
    "offers_version",
    "plan_days",
    "proposal_version",
    "proposed_offers",
    "published_in",
    "reading_after",
    "round_version",
    "seating_of",
    "seats_mark",
    "seats_of",
    "spread_starts",
    "still_to_date",
    "together_with",
    "undated_challenges",
    "visit_clashes",
    "waits_to_be_told",
    "without_director",
]
