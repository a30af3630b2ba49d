from rounds.queries.dating import plan_days
from rounds.queries.details import details_to_settle
from rounds.queries.gaps import missing_from
from rounds.queries.obstacles import obstacles_to
from rounds.queries.publishing import (
    difference_of,
    offers_version,
    published_in,
    seats_of,
    waits_to_be_told,
)
from rounds.queries.rounds import round_version, without_director
from rounds.queries.sending import frozen_content
from rounds.queries.sharing import reading_after
from rounds.queries.visits import (
    dated_challenges,
    dates_version,
    free_days,
    spread_starts,
    undated_challenges,
    visit_clashes,
)

__all__ = [
    "dated_challenges",
    "dates_version",
    "details_to_settle",
    "difference_of",
    "free_days",
    "frozen_content",
    "missing_from",
    "obstacles_to",
    "offers_version",
    "plan_days",
    "published_in",
    "reading_after",
    "round_version",
    "seats_of",
    "spread_starts",
    "undated_challenges",
    "visit_clashes",
    "waits_to_be_told",
    "without_director",
]
