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

__all__ = [
    "BrokenRule",
    "Draft",
    "Names",
    "Pair",
    "filled",
    "problems",
    "swapped",
    "unmatched",
]
