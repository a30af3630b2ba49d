"""Three reviews that councils have published, told again as whole letters of ours.

What was found is real, in our words; each letter says in its opening what is and what is made up.
No round takes a day at a weekend: where findings were talked through in the week after, the two
days of the visit lie on either side of one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from authorities import actions as authorities
from authorities.models import User
from authorities.states import Role
from feedback import actions
from feedback.models import Letter
from feedback.queries import fill, placeholders
from feedback.states import FindingKind
from peerchallenge.demo.moments import at
from peerchallenge.demo.weeks import (
    OPENED,
    WEEKS_AHEAD,
    book_visit,
    director_of,
    invite_people,
    lead_of,
)
from peerchallenge.shared.dates import working_days_after
from rounds.actions import follow_calendar
from rounds.models import Challenge, Round
from rounds.states import ChallengeState

FOLDER = Path(__file__).parent / "content" / "reviews"
REVIEWS = tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))
# Working days, each counted from the step before it.
TO_DRAFT, TO_SEND, TO_REPLY, TO_APPROVE, TO_ISSUE = 3, 4, 4, 3, 1


def load_review(name: str) -> dict[str, Any]:
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def build_reviews(say: Callable[[str], None]) -> list[Letter]:
    """Those that are not there yet."""
    found = []
    for name in REVIEWS:
        content = load_review(name)
        if not Round.objects.filter(name=content["round"]).exists():
            say(f"Telling {name.replace('_', ' ')} again")
            found.append(build_review(content))
    return found


def build_review(content: dict[str, Any]) -> Letter:
    """Its people and round, the visit on its days, and the letter until it is issued."""
    days: list[date] = content["days"]
    today = days[0] - timedelta(weeks=WEEKS_AHEAD)
    with at(today - OPENED - timedelta(weeks=1)):
        authorities.load_facts()
        users = invite_people(content)
    challenge = book_visit(content, users, days, today)
    lead, director = lead_of(content, users), director_of(users, challenge.host_authority)
    _visit(challenge, content, days, by=lead)
    drafted = working_days_after(days[-1], TO_DRAFT)
    with at(drafted):
        letter = actions.draft_letter(challenge, by=lead)
        headings = content.get("headings", {})
        actions.edit_letter(letter, _words(letter, content), headings=headings, by=lead)
    _issue(letter, drafted, users, lead=lead, director=director)
    return Letter.objects.get(pk=letter.pk)


def _visit(challenge: Challenge, content: dict[str, Any], days: list[date], *, by: User) -> None:
    with at(days[0], 9):
        challenge = follow_calendar(challenge, ChallengeState.ON_SITE, by=by)
    with at(days[-1], 11):
        for row in content["findings"]:
            actions.record_finding(
                challenge,
                kind=FindingKind(row["kind"]),
                theme=row["theme"],
                team_text=row["text"],
                by=by,
            )
    with at(days[-1], 16):
        follow_calendar(challenge, ChallengeState.FED_BACK, by=by)


def _words(letter: Letter, content: dict[str, Any]) -> dict[str, str]:
    """What the review says of its own; where it comes from stands above all else."""
    opening = letter.parts.get(key="opening").text
    texts = {"opening": f"{content['source']}\n\n{opening}"} | content["letter"]
    names = placeholders(letter.challenge)
    return {key: fill(text, names) for key, text in texts.items()}


def _issue(
    letter: Letter, day: date, users: dict[str, User], *, lead: User, director: User
) -> None:
    """Sent to the host, which finds nothing wrong; approved, and issued with its PDF."""
    day = working_days_after(day, TO_SEND)
    with at(day, 12):
        actions.send_letter_to_host(letter, by=lead)
    day = working_days_after(day, TO_REPLY)
    with at(day, 15):
        actions.reply_on_accuracy(letter, agrees=True, by=director)
    day = working_days_after(day, TO_APPROVE)
    with at(day, 11):
        actions.approve_letter(letter, by=_holder(users, Role.APPROVER))
    with at(working_days_after(day, TO_ISSUE), 14):
        actions.issue_letter(letter, by=_holder(users, Role.BOARD_OFFICER))


def _holder(users: dict[str, User], role: Role) -> User:
    return next(user for user in users.values() if user.holds(role))
