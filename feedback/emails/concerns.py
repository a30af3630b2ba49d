"""Mails about an immediate concern: that there is one, and what to do; never what it is about."""

from __future__ import annotations

from collections.abc import Iterable

from authorities.models import User
from authorities.states import Role
from feedback import queries
from feedback.models import ImmediateConcern
from peerchallenge.shared.mail import Mail, address, send_each


def tell_director_of_concern(concern: ImmediateConcern) -> None:
    if concern.acknowledged_at is None:
        _send("tell_director_of_concern", queries.directors_of_host(concern.challenge), concern)


def confirm_concern(concern: ImmediateConcern) -> None:
    directors = queries.directors_of_host(concern.challenge)
    _send("confirm_concern", raiser_and_leads(concern), concern, has_director=bool(directors))


def tell_concern_acknowledged(concern: ImmediateConcern) -> None:
    _send("tell_concern_acknowledged", raiser_and_leads(concern), concern)


def chase_director_of_concern(concern: ImmediateConcern) -> None:
    """Not where it has been acknowledged since it was promised."""
    if concern.acknowledged_at is None:
        _send("chase_director_of_concern", queries.directors_of_host(concern.challenge), concern)


def chase_team_of_concern(concern: ImmediateConcern) -> None:
    if concern.acknowledged_at is None:
        _send("chase_team_of_concern", raiser_and_leads(concern), concern)


def tell_officers_of_open_concern(concern: ImmediateConcern) -> None:
    """That one of the round's waits for its host; at which visit, their page says."""
    round = concern.challenge.round
    officers = User.objects.in_post(Role.BOARD_OFFICER, region=round.region)
    link = address("round_letters", round.pk)
    if concern.acknowledged_at is None:
        mails = [
            Mail(user.email, {"user": user, "round": round, "link": link}) for user in officers
        ]
        send_each("feedback/tell_officers_of_open_concern", mails)


def raiser_and_leads(concern: ImmediateConcern) -> list[User]:
    """Each once; the raiser as long as they are on the team."""
    seats = concern.challenge.team.current()
    people = User.objects.filter(is_active=True)
    found = {
        *people.filter(seats__in=seats.leads()),
        *people.filter(pk=concern.raised_by_id, seats__in=seats),
    }
    return sorted(found, key=lambda user: user.pk)


def _send(name: str, people: Iterable[User], concern: ImmediateConcern, **more: object) -> None:
    context = {"concern": concern, "link": address("concern", concern.pk), **more}
    send_each(f"feedback/{name}", [Mail(user.email, {"user": user, **context}) for user in people])
