from rounds.queries.matches import match_obstacles
from rounds.queries.self_assessments import missing_from
from rounds.queries.visits import dated_challenges, visit_clashes

__all__ = ["dated_challenges", "match_obstacles", "missing_from", "visit_clashes"]
