"""Who challenges whom: the rules of a draft, and the best matches with their proof."""

from rounds.matching.drafts import (
    BrokenRule,
    Draft,
    Names,
    Pair,
    filled,
    problems,
    swapped,
    unmatched,
)
from rounds.matching.problem import Arc, Authority, Fault, Problem
from rounds.matching.reading import read_problem
from rounds.matching.solution import Match, NextBest, Solution
from rounds.matching.solving import solve

__all__ = [
    "Arc",
    "Authority",
    "BrokenRule",
    "Draft",
    "Fault",
    "Match",
    "Names",
    "NextBest",
    "Pair",
    "Problem",
    "Solution",
    "filled",
    "problems",
    "read_problem",
    "solve",
    "swapped",
    "unmatched",
]
