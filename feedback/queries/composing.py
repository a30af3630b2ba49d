"""What a letter says: its template's wording, the team's text, and the findings that flow in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypedDict

from django.conf import settings

from authorities.models import Membership
from feedback.models import Letter, LetterContent
from feedback.models import LetterPart as PartRow
from feedback.models.content import LetterPart, VisitDay
from feedback.models.content import TeamMember as Signed
from feedback.queries.accuracy import unanswered
from feedback.queries.flowing import (
    activity,
    answered_lines,
    chosen_findings,
    next_steps,
    themes,
)
from feedback.queries.letterheads import letterhead_words
from feedback.queries.versions import replaced_said
from feedback.queries.wording import director_post, lead_of, placeholders, team_of
from feedback.states import PartKind
from rounds.models import Challenge, Seat, TeamMember

# What need not be written: it may stand without a text of its own.
MAY_BE_BARE = (PartKind.FINDINGS, PartKind.GOOD_PRACTICE, PartKind.TEAM, PartKind.LINES)


def missing_from_letter(letter: Letter) -> list[str]:
    """What stands in the way of sending it, as parts of a sentence."""
    chosen = chosen_findings(letter.challenge)
    parts = list(letter.parts.all())
    missing = [
        f"{'answer' if part.kind == PartKind.ANSWER else 'write'} “{part.heading}”"
        for part in parts
        if not part.text.strip() and part.kind not in MAY_BE_BARE
    ]
    for place in placeholders(letter.challenge):
        missing += [
            f"replace “{{{place}}}” in “{part.heading}”"
            for part in parts
            if "{" + place + "}" in part.text
        ]
    missing += [f"give “{part.key}” a heading" for part in parts if not part.heading.strip()]
    if not chosen:
        missing.append("choose at least one finding for the letter")
    return missing + unanswered(letter)


def reference_of(letter: Letter) -> str:
    """Such as SW-2026-003: the region's initials, the year, and its next number."""
    initials = "".join(word[0] for word in letter.challenge.round.region.slug.split("-")).upper()
    return f"{initials}-{letter.issued_on:%Y}-{letter.number:03}"


def letter_content(
    letter: Letter,
    texts: Mapping[str, str] | None = None,
    headings: Mapping[str, str] | None = None,
) -> LetterContent:
    """All that the letter says now; issuing keeps exactly this. `texts` and `headings`, by the
    key of their part, stand in for what is saved."""
    challenge = letter.challenge
    region = challenge.round.region
    members = team_of(challenge)
    lead = lead_of(members)
    post = lead.post_held if lead else None
    return LetterContent(
        reference=letter.reference,
        host=challenge.host_authority.name,
        challenger=challenge.challengers_said,
        area=challenge.area_name,
        board=region.board_name,
        round_name=challenge.round.name,
        version=letter.version,
        issued_on=letter.issued_on,
        colour=region.colour,
        **_addressed(director_post(challenge)),
        visit_days=tuple(
            VisitDay(row.day, _what_for(challenge, row.phase, row.day))
            for row in challenge.days.all()
        ),
        **_body(letter, texts or {}, headings or {}),
        template_version=letter.template.version if letter.template else 0,
        next_steps=next_steps(letter),
        team=tuple(_team_row(member) for member in members),
        signatory_name=lead.user.name if lead else "",
        signatory_post="Lead reviewer" + (f", {post.post_name}" if post else ""),
        signatory_authority=challenge.challenger_authority.name,
        approved_by_name=letter.approved_by.name if letter.approved_by else "",
        approved_by_post=f"for the {region.board_name}",
        verify_at=f"{settings.BASE_URL}/verify",
        **letterhead_words(region),
        **replaced_said(letter),
    )


class Addressed(TypedDict, total=False):
    recipient_name: str
    recipient_post: str
    salutation: str


def _addressed(to: Membership | None) -> Addressed:
    """The director by name and by what the post is called there, where that is known."""
    if to is None:
        return {}
    words: Addressed = {"recipient_name": to.user.name, "salutation": f"Dear {to.user.name}"}
    if to.post:
        words["recipient_post"] = to.post
    return words


def _body(letter: Letter, texts: Mapping[str, str], headings: Mapping[str, str]) -> dict[str, Any]:
    """The text in its parts, and what flows in between."""
    challenge = letter.challenge
    rows = list(letter.parts.all())
    for row in rows:
        row.text = texts.get(row.key, row.text)
        row.heading = headings.get(row.key, row.heading)
    chosen = chosen_findings(challenge)
    found = themes(challenge, chosen)
    if not any(row.kind == PartKind.FINDINGS for row in rows):
        return {"themes": found, **_around(rows)}
    asked = any(row.kind == PartKind.LINES for row in rows)
    lines = answered_lines(challenge, rows, chosen) if asked else ()
    good_practice = any(theme.good_practice for theme in found)
    return {
        "parts": tuple(_parts(rows, lines=bool(lines), good_practice=good_practice)),
        "themes": found,
        "lines": lines,
        "activity": activity(challenge),
    }


def _parts(rows: Iterable[PartRow], *, lines: bool, good_practice: bool) -> Iterator[LetterPart]:
    """In the letter's order; answers stand with their questions. The template's words that
    would introduce nothing are left out; what somebody wrote never is."""
    there = {PartKind.LINES: lines, PartKind.GOOD_PRACTICE: good_practice}
    for row in rows:
        if row.kind == PartKind.ANSWER:
            continue
        if row.saved_by_id or there.get(PartKind(row.kind), True):
            yield LetterPart(row.heading, row.text, row.kind)


def _around(rows: Iterable[PartRow]) -> dict[str, tuple[LetterPart, ...]]:
    """A letter begun before parts had kinds: its text stands before and after the findings."""
    parts = [(row.after_findings, LetterPart(row.heading, row.text)) for row in rows]
    return {
        "opening": tuple(part for after, part in parts if not after),
        "closing": tuple(part for after, part in parts if after),
    }


def _what_for(challenge: Challenge, phase: str, day: date) -> str:
    """What the day was for; a format that names its weekday does not say it twice."""
    label = next((p.label for p in challenge.round.format.phases if p.id == phase), phase)
    return label.removeprefix(f"{day:%A}: ")


def _team_row(member: TeamMember) -> Signed:
    post = member.post_held
    return Signed(
        member.user.name,
        post.post_name if post else "",
        post.authority.name if post and post.authority else "",
        member.get_seat_display() if member.seat == Seat.LEAD else "",
    )
