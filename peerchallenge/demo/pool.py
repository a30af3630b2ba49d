"""The demo's reviewers: what they say they can give, and the training they had."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from authorities.actions import Training, enter_training, say_reviewing
from authorities.models import Membership, User
from authorities.queries.reviewers import lapse_of
from authorities.states import Role, TeamSeat
from peerchallenge.demo.moments import at
from peerchallenge.demo.people import Cast

FILE = Path(__file__).parent / "content" / "pool.toml"
WEEKS_AGO = 20
# What a post is called, and the seats its holder fills.
BY_POST = {
    "councillor": [TeamSeat.ELECTED_MEMBER],
    "nurse": [TeamSeat.HEALTH_PARTNER, TeamSeat.OFF_SITE],
    "health": [TeamSeat.HEALTH_PARTNER],
    "performance": [TeamSeat.ANALYST, TeamSeat.OFF_SITE],
    "data": [TeamSeat.ANALYST, TeamSeat.OFF_SITE],
    "assistant director": [TeamSeat.LEAD, TeamSeat.ASSISTANT_DIRECTOR],
    "head": [TeamSeat.ASSISTANT_DIRECTOR, TeamSeat.PRACTITIONER],
}


def fill_pool(cast: Cast, today: date) -> None:
    """Everybody says it in one week; the officer enters those who came to a training day."""
    words = read_pool()
    held = Membership.objects.filter(
        user__in=cast.users.values(), role__in=(Role.REVIEWER, Role.DIRECTOR)
    )
    posts = list(held.select_related("user").order_by("user__email"))
    trained = []
    for number, post in enumerate(posts):
        with at(today - timedelta(weeks=WEEKS_AGO, days=number % 5), 9 + number % 8):
            _say(post, number, words)
        if entry := _training(post.user, number, words, today):
            trained.append(entry)
    with at(today - timedelta(weeks=WEEKS_AGO - 1)):
        enter_training(trained, by=cast.officer)


def read_pool() -> dict[str, Any]:
    with FILE.open("rb") as file:
        return tomllib.load(file)


def _say(post: Membership, number: int, words: dict[str, Any]) -> None:
    say_reviewing(
        seats=_seats(post),
        expertise=_turn(words["expertise"], number),
        days_most=_turn(words["days_most"], number) or None,
        paused_until=None,
        by=post.user,
    )


def _seats(post: Membership) -> list[TeamSeat]:
    if post.role == Role.DIRECTOR:
        return [TeamSeat.LEAD]
    called = f"{post.post} {post.user.name}".casefold()
    found = next((seats for word, seats in BY_POST.items() if word in called), None)
    return found or [TeamSeat.PRACTITIONER]


def _training(user: User, number: int, words: dict[str, Any], today: date) -> Training | None:
    weeks = _turn(words["trained_weeks_ago"], number)
    if not weeks:
        return None
    day = today - timedelta(weeks=weeks)
    return Training(user.pk, day, lapse_of(day))


def _turn(rows: list[Any], number: int) -> Any:
    return rows[number % len(rows)]
