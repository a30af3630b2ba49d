"""Who looks for days, pins them, and says that they cannot on them."""

from __future__ import annotations

from authorities.models import User
from authorities.states import Role
from peerchallenge.shared.answers import Answer, yes_if
from rounds.models import Challenge, DateObjection, DateSearch, Participation, Round
from rounds.permissions.challenges import leads, set_visit_days
from rounds.permissions.rounds import run_round, send_dates
from rounds.states import DateSearchState


def ask_for_dates(by: User, round: Round) -> Answer:
    return send_dates(by, round)


def change_date_rules(by: User, round: Round) -> Answer:
    """From the matches on; before, the round's settings say all of it."""
    return send_dates(by, round)


def use_dates(by: User, search: DateSearch) -> Answer:
    return send_dates(by, search.round) & yes_if(
        search.state == DateSearchState.DONE and search.again,
        "There are no days to use: nobody looked for them again.",
    )


def pin_visit(by: User, challenge: Challenge) -> Answer:
    return set_visit_days(by, challenge) & yes_if(
        bool(challenge.days.all()), "A visit is pinned once it has days."
    )


def object_to_days(by: User, challenge: Challenge) -> Answer:
    """A director of a side, or who leads the visit."""
    return yes_if(
        bool(objecting_for(by, challenge)),
        "Only a side’s director and the lead reviewer say that they cannot on the days sent.",
    ) & yes_if(
        challenge.booked,
        "You can say so once the days have been sent, and until the visit begins.",
    )


def objecting_for(by: User, challenge: Challenge) -> list[Participation]:
    """The sides this person speaks for; who leads speaks for the first challenger."""
    own = [
        side.participation
        for side in challenge.sides
        if by.holds(Role.DIRECTOR, authority=side.authority)
    ]
    if not own and leads(by, challenge):
        return [challenge.challenger]
    return own


def settle_date_objection(by: User, objection: DateObjection) -> Answer:
    return run_round(by, objection.challenge.round.region) & yes_if(
        objection.settled_at is None, "This is settled already."
    )
