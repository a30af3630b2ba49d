"""Who a mail goes to, and what every one of a kind says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from authorities.models import Authority, User
from authorities.states import Role
from peerchallenge.shared.mail import Attachment, Mail, address, send_each
from rounds.models import Challenge, Participation, SelfAssessment

# What a person gets with a mail.
Files = Callable[[User], Sequence[Attachment]]


def directors_of(*authorities: Authority) -> Iterable[User]:
    """Each once, whoever is director of several."""
    found = {
        user.pk: user
        for authority in authorities
        for user in User.objects.in_post(Role.DIRECTOR, authority=authority)
    }
    return found.values()


def challenging(challenge: Challenge) -> Iterable[User]:
    """The challengers' directors and the team."""
    people = {
        *directors_of(*challenge.challengers),
        *User.objects.filter(is_active=True, seats__in=challenge.team.current()),
    }
    return sorted(people, key=lambda user: user.pk)


def about_self_assessment(name: str, self_assessment: SelfAssessment) -> None:
    context = {
        "self_assessment": self_assessment,
        "link": address("self_assessment", self_assessment.pk),
    }
    send_to(name, directors_of(self_assessment.participation.authority), context)


def about_participation(name: str, participation: Participation) -> None:
    context = {
        "participation": participation,
        "link": address("self_assessment", participation.self_assessment.pk),
    }
    send_to(name, directors_of(participation.authority), context)


def about_challenge(
    name: str, challenge: Challenge, people: Iterable[User], **more: object
) -> None:
    context = {"challenge": challenge, "link": address("challenge", challenge.pk), **more}
    send_to(name, people, context)


def about_visit(
    name: str, challenge: Challenge, people: Iterable[User], files: Files, **more: object
) -> None:
    """With entries for the reader's own calendar, where days were ever sent."""
    context = {"challenge": challenge, "link": address("challenge", challenge.pk), **more}
    with_files = [(user, files(user)) for user in people]
    send_each(
        f"rounds/{name}",
        [
            Mail(user.email, {"attached": len(own), "user": user, **context}, own)
            for user, own in with_files
        ],
    )


def send_to(
    name: str,
    people: Iterable[User],
    context: dict[str, object],
    attachments: Sequence[Attachment] = (),
) -> None:
    send_each(
        f"rounds/{name}",
        [Mail(user.email, {"user": user, **context}, attachments) for user in people],
    )
