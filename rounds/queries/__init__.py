from rounds.queries.matches import match_obstacles
from rounds.queries.visits import dated_challenges, visit_clashes
from rounds.queries.writing import missing_from

__all__ = ["dated_challenges", "match_obstacles", "missing_from", "visit_clashes"]
