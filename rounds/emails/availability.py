"""What is written to those who are asked on which days they cannot."""

from __future__ import annotations

from peerchallenge.shared.mail import address
from rounds.emails.sending import send_to
from rounds.models import Participation
from rounds.queries.answered_days import unsaid_in


def ask_availability(participation: Participation) -> None:
    _to_those_who_have_not("ask_availability", participation)


def chase_availability(participation: Participation) -> None:
    _to_those_who_have_not("chase_availability", participation)


def _to_those_who_have_not(name: str, participation: Participation) -> None:
    """Whoever said so between the promise and the post is left alone."""
    unsaid = unsaid_in(participation.round).get(participation.pk)
    if unsaid is None:
        return
    people = {user.pk: user for user in (*unsaid.directors, *unsaid.others)}
    context = {"round": participation.round, "link": address("availability")}
    send_to(name, people.values(), context)
