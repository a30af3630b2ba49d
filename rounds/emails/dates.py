"""What is written about days on which a side cannot."""

from __future__ import annotations

from authorities.models import User
from authorities.states import Role
from peerchallenge.shared.mail import address
from rounds.emails.sending import directors_of, send_to
from rounds.models import DateObjection


def tell_officers_days_objected(objection: DateObjection) -> None:
    """The link leads to the reason, and to the free weeks."""
    officers = User.objects.in_post(Role.BOARD_OFFICER, region=objection.challenge.round.region)
    send_to("tell_officers_days_objected", officers, _about(objection))


def tell_side_days_stay(objection: DateObjection) -> None:
    """To that side's directors, and to whoever said it while they lead the visit."""
    people = {user.pk: user for user in directors_of(objection.participation.authority)}
    seats = objection.challenge.team.current().leads().filter(user=objection.by)
    if objection.by.is_active and seats.exists():
        people[objection.by_id] = objection.by
    send_to("tell_side_days_stay", people.values(), _about(objection))


def _about(objection: DateObjection) -> dict[str, object]:
    return {
        "objection": objection,
        "challenge": objection.challenge,
        "link": address("date_objection", objection.pk),
    }
