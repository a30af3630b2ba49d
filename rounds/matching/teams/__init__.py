"""Who sits where on the teams of a round: all of them at once, explained."""

from rounds.matching.teams.model import Kept, open_seats
from rounds.matching.teams.points import Point, points_of, why_said, worth
from rounds.matching.teams.problem import Person, Place, Problem, Seat, Teams, Unfilled, Visit
from rounds.matching.teams.rules import NEVER, clash_of_places, days_said, in_the_way, seat_fits
from rounds.matching.teams.solving import best_teams

__all__ = [
    "NEVER",
    "Kept",
    "Person",
    "Place",
    "Point",
    "Problem",
    "Seat",
    "Teams",
    "Unfilled",
    "Visit",
    "best_teams",
    "clash_of_places",
    "days_said",
    "in_the_way",
    "open_seats",
    "points_of",
    "seat_fits",
    "why_said",
    "worth",
]
