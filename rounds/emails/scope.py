"""What is written about what a visit looks at, and about the papers for it."""

from __future__ import annotations

from collections.abc import Iterable

from authorities.models import User
from authorities.states import ACTS_FOR_AUTHORITY
from peerchallenge.shared.mail import address
from rounds.emails.sending import challenging, directors_of, send_to
from rounds.models import Challenge
from rounds.queries.papers import open_papers


def ask_host_to_agree_scope(challenge: Challenge) -> None:
    _of_scope("ask_to_agree_scope", challenge, directors_of(challenge.host_authority))


def ask_lead_to_agree_scope(challenge: Challenge) -> None:
    _of_scope("ask_to_agree_scope", challenge, leads_of(challenge))


def tell_host_scope_agreed(challenge: Challenge) -> None:
    _of_scope("tell_scope_agreed", challenge, directors_of(challenge.host_authority))


def tell_challenger_scope_agreed(challenge: Challenge) -> None:
    _of_scope("tell_scope_agreed", challenge, challenging(challenge))


def tell_host_scope_reopened(challenge: Challenge) -> None:
    _of_scope("tell_scope_reopened", challenge, directors_of(challenge.host_authority))


def tell_lead_scope_reopened(challenge: Challenge) -> None:
    _of_scope("tell_scope_reopened", challenge, leads_of(challenge))


def tell_host_papers_asked(challenge: Challenge) -> None:
    _of_papers("tell_host_papers_asked", challenge)


def remind_host_of_papers(challenge: Challenge) -> None:
    """Not where everything has come since."""
    if open_papers(challenge):
        _of_papers("remind_host_of_papers", challenge)


def leads_of(challenge: Challenge) -> Iterable[User]:
    return User.objects.filter(is_active=True, seats__in=challenge.team.current().leads())


def acting_for_host(challenge: Challenge) -> Iterable[User]:
    """The director and the officers, each once: papers are mostly found by the latter."""
    found = {
        user.pk: user
        for role in ACTS_FOR_AUTHORITY
        for user in User.objects.in_post(role, authority=challenge.host_authority)
    }
    return found.values()


def _of_scope(name: str, challenge: Challenge, people: Iterable[User]) -> None:
    lines = challenge.round.format.lines_label
    context = {
        "challenge": challenge,
        "lines": f"{lines[:1].lower()}{lines[1:]}",
        "link": address("challenge_scope", challenge.pk),
    }
    send_to(name, people, context)


def _of_papers(name: str, challenge: Challenge) -> None:
    """How many and by when; which they are, the page says."""
    papers = open_papers(challenge)
    days = sorted(day for _, day in papers if day)
    context = {
        "challenge": challenge,
        "count": len(papers),
        "first": days[0] if days else None,
        "link": address("challenge_papers", challenge.pk),
    }
    send_to(name, acting_for_host(challenge), context)
