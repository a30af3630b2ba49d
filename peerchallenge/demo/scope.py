"""What the demo's visits look at, and the papers that their hosts gave."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from peerchallenge.demo.content import AuthorityContent, RegionContent
from peerchallenge.demo.content import Challenge as Story
from peerchallenge.demo.moments import at
from peerchallenge.demo.people import Cast
from peerchallenge.shared.dates import bank_holidays
from rounds import actions
from rounds.models import Challenge, PaperAsked, Question

FILE = Path(__file__).parent / "content" / "scope.toml"
# The dates of all visits went out 14 weeks ago; nobody wrote a scope before.
FIRST_WEEKS_AGO = 13
SCOPE_WEEKS, ASKED_WEEKS, PAPERS_WEEKS = 9, 7, 4


def agree_scopes(
    challenges: dict[str, Challenge], content: RegionContent, cast: Cast, today: date
) -> None:
    """By each visit's own clock, as far as that has come."""
    everything = read_scopes()
    first = today - timedelta(weeks=FIRST_WEEKS_AGO, days=today.weekday())
    for story in content.challenges:
        if not story.has_reached("booked"):
            continue
        day1, _ = story.days(today, closed=bank_holidays())
        start = max(day1 - timedelta(weeks=SCOPE_WEEKS), first)
        words = everything.get(story.host, {})
        _write(story, challenges[story.host], content.authority(story.host), words, cast, start)
        if words.get("until") != "written":
            _papers(story, challenges[story.host], words, cast, (start, day1))
        if reason := words.get("despite"):
            with at(today - timedelta(days=3), 16):
                actions.make_ready(challenges[story.host], despite=reason, by=cast.officer)


def read_scopes() -> dict[str, dict[str, Any]]:
    with FILE.open("rb") as file:
        return tomllib.load(file)


def _write(
    story: Story,
    challenge: Challenge,
    host: AuthorityContent,
    words: dict[str, Any],
    cast: Cast,
    start: date,
) -> None:
    """The lead begins, the host adds a question of its own; then both agree."""
    lead, director = cast.lead(story.challenger), cast.director(story.host)
    with at(start, 10):
        line = actions.add_line(challenge, host.area.question, by=lead)
        for part in words.get("parts") or host.lines_of_enquiry:
            actions.add_limb(line, part, by=lead)
    with at(start + timedelta(days=2), 14):
        if key := words.get("question"):
            question = Question.objects.get(section__round=challenge.round_id, key=key)
            actions.take_questions(challenge, [question.pk], by=director)
    until = words.get("until")
    for number, person in enumerate((director, lead)):
        if until == "written" or (until == "host_agreed" and person == lead):
            continue
        with at(start + timedelta(days=3 + number * 2), 11):
            challenge.scope.refresh_from_db()
            actions.agree_scope(challenge, version=challenge.scope.version, by=person)


def _papers(
    story: Story, challenge: Challenge, words: dict[str, Any], cast: Cast, days: tuple[date, date]
) -> None:
    """Asked for in one mail; given one after the other, before they are due or after."""
    start, day1 = days
    lead, director = cast.lead(story.challenger), cast.director(story.host)
    due = max(day1 - timedelta(weeks=PAPERS_WEEKS), start + timedelta(days=10))
    with at(max(day1 - timedelta(weeks=ASKED_WEEKS), start + timedelta(days=6)), 12):
        actions.ask_for_usual_papers(challenge, by=lead)
        actions.send_papers_asked(challenge, by=lead)
    for number, asked in enumerate(challenge.papers_asked.order_by("position")):
        if asked.title in words.get("missing", ()):
            continue
        came = due + timedelta(days=3 if asked.title in words.get("late", ()) else -1 - number)
        with at(came, 9 + number) as moment:
            _give(asked, words.get("none", {}).get(asked.title, ""), director, moment)


def _give(asked: PaperAsked, reason: str, director: Any, moment: datetime) -> None:
    if reason:
        actions.say_no_such_paper(asked, reason=reason, by=director)
        return
    link = f"https://www.example.org/papers/{asked.pk}"
    actions.add_paper(asked, title=f"{asked.title} ({moment:%B %Y})", link=link, by=director)
