"""One function a mail; each goes to whoever holds the role on the day it is sent."""

from __future__ import annotations

from collections.abc import Iterable

from authorities.models import User
from authorities.states import ACTS_FOR_AUTHORITY, Role
from feedback import queries
from feedback.models import Letter
from peerchallenge.shared.mail import Mail, address, send_each


def ask_host_for_accuracy(letter: Letter) -> None:
    link = address("letter_accuracy", letter.pk)
    _send("ask_host_for_accuracy", _host(letter), letter, link, due=queries.reply_due(letter))


def tell_lead_of_reply(letter: Letter) -> None:
    reply = letter.replies.first()
    page = "letter" if reply and reply.agrees else "letter_edit"
    _send("tell_lead_of_reply", _leads(letter), letter, address(page, letter.pk), reply=reply)


def ask_for_approval(letter: Letter) -> None:
    _send("ask_for_approval", _approvers(letter), letter, address("letter", letter.pk))


def tell_officers_approved(letter: Letter) -> None:
    link = address("round_letters", letter.challenge.round_id)
    _send("tell_officers_approved", _officers(letter), letter, link)


def tell_lead_sent_back(letter: Letter) -> None:
    _send("tell_lead_sent_back", _leads(letter), letter, address("letter_edit", letter.pk))


def tell_host_issued(letter: Letter) -> None:
    _send("tell_host_issued", _host(letter), letter, address("letter", letter.pk))


def tell_team_issued(letter: Letter) -> None:
    team = User.objects.filter(is_active=True, seats__in=letter.challenge.team.current()).distinct()
    _send("tell_team_issued", team, letter, address("letter", letter.pk))


def _host(letter: Letter) -> Iterable[User]:
    return User.objects.in_post(*ACTS_FOR_AUTHORITY, authority=letter.challenge.host_authority)


def _leads(letter: Letter) -> Iterable[User]:
    return User.objects.filter(is_active=True, seats__in=letter.challenge.team.current().leads())


def _approvers(letter: Letter) -> Iterable[User]:
    return User.objects.in_post(Role.APPROVER, region=letter.challenge.round.region)


def _officers(letter: Letter) -> Iterable[User]:
    return User.objects.in_post(Role.BOARD_OFFICER, region=letter.challenge.round.region)


def _send(name: str, people: Iterable[User], letter: Letter, link: str, **more: object) -> None:
    context = {"letter": letter, "link": link, **more}
    send_each(f"feedback/{name}", [Mail(user.email, {"user": user, **context}) for user in people])
