"""What the demo's authorities said they can give, before they were matched."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from authorities.models import User
from peerchallenge.demo.content import RegionContent, When
from peerchallenge.demo.moments import at
from peerchallenge.demo.people import Cast
from peerchallenge.shared.dates import monday_of
from rounds import actions
from rounds.models import Participation, Round
from rounds.queries.offering import Strength, Wish, strengths_mark, wishes_mark

FILE = Path(__file__).parent / "content" / "offers.toml"
# The week before the officer matched.
SAID_WEEKS_AGO = 16


def say_offers(round: Round, content: RegionContent, cast: Cast, today: date) -> None:
    """Each director's office on a day of one week."""
    first = monday_of(today) - timedelta(weeks=SAID_WEEKS_AGO)
    with at(first - timedelta(weeks=2)):
        actions.ask_availability(round, first + timedelta(days=4), by=cast.officer)
    round.refresh_from_db()
    for number, words in enumerate(read_offers()):
        part = _part(round, cast, words["authority"])
        with at(first + timedelta(days=number % 5), 9 + number % 7, number * 7 % 60):
            _say(part, words, content, cast, today)


def read_offers() -> list[dict[str, Any]]:
    with FILE.open("rb") as file:
        offers: list[dict[str, Any]] = tomllib.load(file)["offers"]
    return offers


def _say(
    part: Participation, words: dict[str, Any], content: RegionContent, cast: Cast, today: date
) -> None:
    director = cast.director(words["authority"])
    if {"least", "most", "note"} & set(words):
        numbers = {name: words.get(name) for name in ("least", "most")}
        note = words.get("note", "")
        actions.say_numbers(part, **numbers, note=note, version=0, by=director)
    else:
        actions.give_as_asked(part, by=director)
    if rows := words.get("strengths"):
        areas = {key: part.round.areas.get(name=n) for key, n in content.priority_areas.items()}
        strengths = [Strength(areas.get(r.get("area")), r.get("own", ""), r["how"]) for r in rows]
        actions.say_strengths(part, strengths, seen=strengths_mark([]), by=director)
    if rows := words.get("wishes"):
        wishes = [
            Wish(_part(part.round, cast, row["authority"]), row.get("why", "")) for row in rows
        ]
        actions.wish_for_challengers(part, wishes, seen=wishes_mark([]), by=director)
    _away(part, words.get("away", []), today, by=director)
    actions.answer_availability(part.round, part.authority, by=director)


def _away(part: Participation, rows: list[dict[str, Any]], today: date, *, by: User) -> None:
    for row in rows:
        actions.say_unavailable(
            part.authority,
            first_day=When(**row["first"]).on(today),
            last_day=When(**row["last"]).on(today),
            rather_not=row.get("rather_not", False),
            reason=row["reason"],
            by=by,
        )


def _part(round: Round, cast: Cast, slug: str) -> Participation:
    return Participation.objects.select_related("authority", "round").get(
        round=round, authority=cast.authorities[slug]
    )
