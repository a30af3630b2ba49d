"""What is written to the sides of a challenge and its team."""

from __future__ import annotations

from authorities.models import User
from authorities.states import Role
from peerchallenge.shared.mail import Mail, address, send_each
from rounds.emails.sending import (
    Files,
    about_challenge,
    about_visit,
    challenging,
    directors_of,
    send_to,
)
from rounds.models import (
    Challenge,
    Conflict,
)
from rounds.queries.challenges import days_of
from rounds.queries.conflicts import regions_touched, touched_by


def offer_to_host(challenge: Challenge) -> None:
    about_challenge("offer_to_host", challenge, directors_of(challenge.host_authority))


def offer_to_challenger(challenge: Challenge) -> None:
    about_challenge("offer_to_challenger", challenge, directors_of(*challenge.challengers))


def tell_host_accepted(challenge: Challenge) -> None:
    about_challenge("tell_host_accepted", challenge, directors_of(challenge.host_authority))


def tell_challenger_accepted(challenge: Challenge) -> None:
    about_challenge("tell_challenger_accepted", challenge, directors_of(*challenge.challengers))


def tell_officers_declined(challenge: Challenge) -> None:
    """The link leads to the board, which says why, and how to match again."""
    officers = User.objects.in_post(Role.BOARD_OFFICER, region=challenge.round.region)
    link = address("round_match", challenge.round_id)
    about_challenge("tell_officers_declined", challenge, officers, link=link)


def tell_officers_conflict(conflict: Conflict) -> None:
    """To the officers of each region in which it touches a match; what it is, the page says."""
    touched = touched_by([conflict], Challenge.objects.all()).get(conflict.pk, [])
    link = address("conflict", conflict.pk)
    mails = [
        Mail(user.email, {"user": user, "region": region, "rounds": rounds, "link": link})
        for region, rounds in regions_touched(touched)
        for user in User.objects.in_post(Role.BOARD_OFFICER, region=region)
    ]
    send_each("rounds/tell_officers_conflict", mails)


def tell_conflict_withdrawn(conflict: Conflict) -> None:
    """To whoever declared it, if they still have an account here."""
    people = [conflict.declared_by] if conflict.declared_by.is_active else []
    context = {"conflict": conflict, "link": address("conflict", conflict.pk)}
    send_to("tell_conflict_withdrawn", people, context)


def tell_host_dates(challenge: Challenge, files: Files) -> None:
    people = directors_of(challenge.host_authority)
    about_visit("tell_host_dates", challenge, people, files, days=days_of(challenge))


def tell_challenger_dates(challenge: Challenge, files: Files) -> None:
    people = challenging(challenge)
    about_visit("tell_challenger_dates", challenge, people, files, days=days_of(challenge))


def tell_host_cancelled(challenge: Challenge, files: Files) -> None:
    about_visit("tell_host_cancelled", challenge, directors_of(challenge.host_authority), files)


def tell_challenger_cancelled(challenge: Challenge, files: Files) -> None:
    about_visit("tell_challenger_cancelled", challenge, challenging(challenge), files)
