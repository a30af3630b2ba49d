"""Who asks a round on which days people cannot, and who answers."""

from __future__ import annotations

from django.utils import timezone

from authorities.models import Authority, User
from authorities.states import ACTS_FOR_AUTHORITY
from peerchallenge.audit.actions import history_of
from peerchallenge.shared.answers import Answer, yes_if
from rounds.models import Round
from rounds.permissions.rounds import run_round
from rounds.queries.answered_days import unsaid_in
from rounds.states import LIVE, WRITES


def ask_availability(by: User, round: Round) -> Answer:
    """From the invitation on, also before anybody is matched."""
    return (
        run_round(by, round.region)
        & yes_if(
            round.state in WRITES,
            "Days are asked for from the invitation until the round is under way to its end.",
        )
        & yes_if(
            round.visits_to >= timezone.localdate(),
            "The last day on which a visit may take place is over.",
        )
    )


def chase_availability(by: User, round: Round) -> Answer:
    """Once a day at most, so that nobody gets the same mail twice from two presses."""
    may = ask_availability(by, round) & yes_if(
        round.availability_due is not None, "Nobody has been asked yet: set a date first."
    )
    if not may:
        return may
    sent = history_of(round).filter(
        verb__in=("round.availability_asked", "round.availability_chased"),
        at__date=timezone.localdate(),
    )
    return yes_if(bool(unsaid_in(round)), "Everybody has said when they cannot.") & yes_if(
        not sent.exists(), "They have had a mail about this today already: try again tomorrow."
    )


def answer_availability(by: User, round: Round, authority: Authority | None) -> Answer:
    """Whoever acts for the authority; of the people those who sit on a team of the round."""
    if authority is not None:
        asked = round.participations.taking_part().filter(authority=authority).exists()
        may = yes_if(
            asked and by.holds(*ACTS_FOR_AUTHORITY, authority=authority),
            "Only the director and the officers of an authority taking part say so for it.",
        )
    else:
        seats = by.seats.current().filter(challenge__round=round, challenge__state__in=LIVE)
        may = yes_if(seats.exists(), "Only people on a team of this round are asked themselves.")
    return may & yes_if(
        round.availability_due is not None and round.state in WRITES,
        "This round does not ask for days now.",
    )
