"""Who sits where on the teams of a round: all of them at once, explained."""

from rounds.matching.teams.points import Point, points_of, why_said, worth
from rounds.matching.teams.problem import Person, Place, Problem, Seat, Teams, Unfilled, Visit
from rounds.matching.teams.rules import clash_of_places, in_the_way
from rounds.matching.teams.solving import best_teams

__all__ = [
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
    "in_the_way",
    "points_of",
    "why_said",
    "worth",
]
