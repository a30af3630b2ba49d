"""What is written about visits that were put off, and about challengers that fell out."""

from __future__ import annotations

from authorities.models import User
from authorities.states import Role
from peerchallenge.shared.mail import address
from rounds.emails.sending import (
    Files,
    about_challenge,
    about_visit,
    challenging,
    directors_of,
)
from rounds.models import Challenge


def tell_host_postponed(challenge: Challenge, files: Files) -> None:
    about_visit("tell_host_postponed", challenge, directors_of(challenge.host_authority), files)


def tell_challenger_postponed(challenge: Challenge, files: Files) -> None:
    about_visit("tell_challenger_postponed", challenge, challenging(challenge), files)


def ask_for_dates(challenge: Challenge) -> None:
    """To the directors of all sides: it is they who answer."""
    people = directors_of(*(side.authority for side in challenge.sides))
    link = address("challenge_dates", challenge.pk)
    about_challenge("ask_for_dates", challenge, people, link=link)


def tell_officers_no_dates(challenge: Challenge) -> None:
    officers = User.objects.in_post(Role.BOARD_OFFICER, region=challenge.round.region)
    link = address("challenge_dates", challenge.pk)
    about_challenge("tell_officers_no_dates", challenge, officers, link=link)


def offer_to_replacement(challenge: Challenge) -> None:
    """To the directors of those who have still to answer: the others have said yes already."""
    people = directors_of(*(side.authority for side in challenge.unanswered))
    about_challenge("offer_to_replacement", challenge, people)


def tell_host_replaced(challenge: Challenge, files: Files) -> None:
    """About the new challenge; `files` take the days of the old one out of calendars."""
    people = directors_of(challenge.host_authority)
    about_visit("tell_host_replaced", challenge, people, files)
