"""Dates for the visits of a round: what stands in their way, and the best ones for all at once."""

from rounds.scheduling.days import Booking, Clash, Phase, apart, clashes, first_free, said
from rounds.scheduling.problem import Rule
from rounds.scheduling.rules import dates_said

__all__ = [
    "Booking",
    "Clash",
    "Phase",
    "Rule",
    "apart",
    "clashes",
    "dates_said",
    "first_free",
    "said",
]
