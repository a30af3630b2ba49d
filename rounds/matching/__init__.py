"""Who challenges whom: the best matches of a round, with their proof."""

from rounds.matching.problem import Arc, Authority, Fault, Problem
from rounds.matching.reading import read_problem
from rounds.matching.solution import Match, NextBest, Solution
from rounds.matching.solving import solve

__all__ = [
    "Arc",
    "Authority",
    "Fault",
    "Match",
    "NextBest",
    "Problem",
    "Solution",
    "read_problem",
    "solve",
]
