"""What speaks for a challenger, score by score: 0 nothing, 1 everything, and a sentence.

What is not known is worth a half, so that nobody gains or loses by silence.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from rounds.matching.facts import DEFAULT_WEIGHTS, RoundFacts, Side
from rounds.matching.travel import miles_between, minutes_between, time_said

UNKNOWN = 0.5
# A journey of so many minutes is worth half as much as none.
HALF_TRAVEL = 90
NEIGHBOURS = 10

Value = Callable[[RoundFacts, Side, Side], float]
Words = Callable[[RoundFacts, Side, Side], str]


class Score(NamedTuple):
    """`says`: the sentence. `short`: a few words for the board; empty when not worth them."""

    key: str
    label: str
    value: Value
    says: Words
    short: Words

    @property
    def default(self) -> int:
        return DEFAULT_WEIGHTS[self.key]


def offers(side: Side, area: str) -> bool:
    """However an area of somebody's own is spelt, large letters and small ones are the same."""
    if area in side.strengths:
        return True
    return any(one.casefold() == area.casefold() for one in side.strengths)


def strength(facts: RoundFacts, host: Side, challenger: Side) -> float:
    """1 for offering strength in the host's area; else what its own answers lean to there."""
    if not host.area:
        return UNKNOWN
    if offers(challenger, host.area):
        return 1.0
    return challenger.leanings.get(host.area, 0.0 if challenger.strengths else UNKNOWN)


def says_strength(facts: RoundFacts, host: Side, challenger: Side) -> str:
    if not host.area:
        return f"{host.name}’s area for challenge is not known yet."
    if offers(challenger, host.area):
        return f"{challenger.name} offers strength in {host.area}."
    if host.area in challenger.leanings:
        share = round(100 * challenger.leanings[host.area])
        many = {0: "None", 100: "All"}.get(share, f"{share}%")
        return f"{many} of {challenger.name}’s own answers on {host.area} show mostly a strength."
    if challenger.strengths:
        return f"{challenger.name} offers strength in other areas, not in {host.area}."
    return f"Nothing is known of {challenger.name}’s strength in {host.area}."


def short_strength(facts: RoundFacts, host: Side, challenger: Side) -> str:
    if host.area and offers(challenger, host.area):
        return "offers strength in this area"
    if challenger.leanings.get(host.area, 0) > UNKNOWN:
        return "its own answers show strength in this area"
    return ""


def rank(facts: RoundFacts, host: Side, challenger: Side) -> int | None:
    """The better of the two ranks they have in each other's list."""
    found = (
        facts.neighbours.get(host.id, {}).get(challenger.id),
        facts.neighbours.get(challenger.id, {}).get(host.id),
    )
    return min((one for one in found if one is not None), default=None)


def neighbour(facts: RoundFacts, host: Side, challenger: Side) -> float:
    """1 for the closest statistical neighbour, a tenth less with each rank, 0 for no neighbour."""
    ranked = rank(facts, host, challenger)
    if ranked is not None:
        return max(0.0, 1 - (ranked - 1) / NEIGHBOURS)
    known = facts.neighbours.get(host.id) and facts.neighbours.get(challenger.id)
    return 0.0 if known else UNKNOWN


def says_neighbour(facts: RoundFacts, host: Side, challenger: Side) -> str:
    ranked = facts.neighbours.get(host.id, {}).get(challenger.id)
    back = facts.neighbours.get(challenger.id, {}).get(host.id)
    if ranked is not None and (back is None or ranked <= back):
        return f"{challenger.name} is statistical neighbour {ranked} of {host.name}."
    if back is not None:
        return f"{host.name} is statistical neighbour {back} of {challenger.name}."
    if facts.neighbours.get(host.id) and facts.neighbours.get(challenger.id):
        return "They are not statistical neighbours."
    return "Statistical neighbours are not published for both."


def short_neighbour(facts: RoundFacts, host: Side, challenger: Side) -> str:
    return "statistical neighbour" if rank(facts, host, challenger) else ""


def travel(facts: RoundFacts, host: Side, challenger: Side) -> float:
    """1 for no journey, a half for 90 minutes, a third for 180."""
    minutes = minutes_between(host.place, challenger.place)
    return UNKNOWN if minutes is None else HALF_TRAVEL / (HALF_TRAVEL + minutes)


def says_travel(facts: RoundFacts, host: Side, challenger: Side) -> str:
    minutes = minutes_between(host.place, challenger.place)
    if minutes is None:
        return "How far apart they are is not known."
    crossing = any(side.place and side.place.crossing_minutes for side in (host, challenger))
    added = ", with the crossing" if crossing else ""
    miles = miles_between(host.place, challenger.place)
    return f"{miles} miles apart, about {time_said(minutes)} one way{added} (an estimate)."


def short_travel(facts: RoundFacts, host: Side, challenger: Side) -> str:
    miles = miles_between(host.place, challenger.place)
    return "" if miles is None else f"{miles} miles apart"


def met(facts: RoundFacts, host: Side, challenger: Side) -> float:
    """How much an earlier meeting counts: 1 for the last round, a half for the one before it, a
    third … and half of that where it was the other way round.
    """
    same = facts.earlier.get((host.id, challenger.id))
    back = facts.earlier.get((challenger.id, host.id))
    return max(1 / same.rounds_ago if same else 0.0, 0.5 / back.rounds_ago if back else 0.0)


def fresh(facts: RoundFacts, host: Side, challenger: Side) -> float:
    """1 for two that have not met; 0 for the same match as in the last round."""
    return 1 - met(facts, host, challenger) if facts.rounds_known else UNKNOWN


def says_fresh(facts: RoundFacts, host: Side, challenger: Side) -> str:
    same = facts.earlier.get((host.id, challenger.id))
    back = facts.earlier.get((challenger.id, host.id))
    if same and 1 / same.rounds_ago == met(facts, host, challenger):
        return f"{challenger.name} challenged {host.name} in {same.when}."
    if back:
        return f"{host.name} challenged {challenger.name} in {back.when}."
    if not facts.rounds_known:
        return "No earlier round is known."
    return f"They have not challenged each other in {last_rounds(facts)}."


def short_fresh(facts: RoundFacts, host: Side, challenger: Side) -> str:
    if not facts.rounds_known or met(facts, host, challenger):
        return ""
    return f"not matched in {last_rounds(facts)}"


def last_rounds(facts: RoundFacts) -> str:
    many = facts.rounds_known
    return "the last round" if many == 1 else f"the last {many} rounds"


def preference(facts: RoundFacts, host: Side, challenger: Side) -> float:
    """1 for the host's first wish, falling evenly; 0 for none; a half where it has no wishes."""
    if not host.wishes:
        return UNKNOWN
    if challenger.id not in host.wishes:
        return 0.0
    return 1 - host.wishes.index(challenger.id) / (len(host.wishes) + 1)


def says_preference(facts: RoundFacts, host: Side, challenger: Side) -> str:
    if not host.wishes:
        return f"{host.name} has no wishes."
    if challenger.id not in host.wishes:
        return f"{host.name} did not ask for {challenger.name}."
    place = host.wishes.index(challenger.id) + 1
    return f"{challenger.name} is wish {place} of {len(host.wishes)} of {host.name}."


def short_preference(facts: RoundFacts, host: Side, challenger: Side) -> str:
    return "the host’s wish" if challenger.id in host.wishes else ""


def balance(facts: RoundFacts, host: Side, challenger: Side) -> float:
    """A half for a challenger that gave as many days as it received; more for one that owes."""
    owed = challenger.received_days - challenger.given_days
    most = max(challenger.received_days, challenger.given_days)
    return UNKNOWN + UNKNOWN * owed / most if most else UNKNOWN


def says_balance(facts: RoundFacts, host: Side, challenger: Side) -> str:
    given, received = challenger.given_days, challenger.received_days
    if not given and not received:
        return f"No earlier days of {challenger.name} are known."
    return f"{challenger.name} has given {given} days of challenge and received {received}."


def short_balance(facts: RoundFacts, host: Side, challenger: Side) -> str:
    return ""


def border(facts: RoundFacts, host: Side, challenger: Side) -> float:
    """1 for two that do not share a border on land."""
    return 0.0 if (host.id, challenger.id) in facts.borders else 1.0


def says_border(facts: RoundFacts, host: Side, challenger: Side) -> str:
    if (host.id, challenger.id) in facts.borders:
        return f"{challenger.name} borders {host.name}."
    return "They share no border."


def short_border(facts: RoundFacts, host: Side, challenger: Side) -> str:
    return ""


# In the order of their default weights.
SCORES = (
    Score("strength", "Strength in the host’s area", strength, says_strength, short_strength),
    Score("fresh", "Not matched lately", fresh, says_fresh, short_fresh),
    Score("neighbour", "Statistical neighbours", neighbour, says_neighbour, short_neighbour),
    Score("preference", "The host’s wishes", preference, says_preference, short_preference),
    Score("travel", "Travel", travel, says_travel, short_travel),
    Score("balance", "Balance of days given", balance, says_balance, short_balance),
    Score("border", "No border between them", border, says_border, short_border),
)
