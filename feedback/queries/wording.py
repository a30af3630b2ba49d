"""The wording a letter begins with: its template, with this challenge's names and dates in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Prefetch

from authorities.models import Membership, User
from authorities.states import Role
from feedback.models import LetterTemplate
from feedback.states import PartKind
from rounds.models import Challenge, EnquiryLine, Seat, TeamMember
from rounds.models.format import LetterPart as FormatPart

# Rounds begun before letters had kinds keep two parts where there is one now.
FORMERLY = {"findings_strengths": PartKind.FINDINGS, "findings_considerations": None}
LONGEST_HEADING = 160
LINES = "{lines}"


def template_in_use(challenge: Challenge) -> LetterTemplate | None:
    """The region's own for the format of this round, in its newest released version."""
    round = challenge.round
    own = LetterTemplate.objects.in_use().filter(region=round.region_id)
    return own.filter(format_key=round.format.key).first()


def parts_of_format(parts: Iterable[FormatPart]) -> list[dict[str, Any]]:
    """What a format says of its letter, as a template keeps it."""
    rows = []
    for part in parts:
        kind = FORMERLY.get(part.kind, part.kind)
        if kind is not None:
            row = {"key": part.key, "kind": str(kind), "heading": part.heading, "text": part.text}
            rows.append(row)
    return rows


def template_parts(
    challenge: Challenge, template: LetterTemplate | None = None
) -> list[dict[str, Any]]:
    """The parts a letter begins with; each of the host's questions gets one for its answer."""
    words = placeholders(challenge)
    lines = list(challenge.lines.all())
    rows = template.parts if template else parts_of_format(challenge.round.format.letter)
    after_findings = False
    parts = []
    for row in rows:
        if row["kind"] == PartKind.LINES and not lines:
            continue
        text = fill(row["text"], words)
        parts.append({**row, "text": text, "after_findings": after_findings})
        after_findings = after_findings or row["kind"] == PartKind.FINDINGS
        if row["kind"] == PartKind.LINES:
            parts += [_answer(line, after_findings=after_findings) for line in lines]
    return parts


def _answer(line: EnquiryLine, *, after_findings: bool) -> dict[str, Any]:
    heading = line.text
    if len(heading) > LONGEST_HEADING:
        heading = heading[: LONGEST_HEADING - 1] + "…"
    return {
        "key": f"line-{line.pk}",
        "kind": PartKind.ANSWER.value,
        "heading": heading,
        "text": "",
        "after_findings": after_findings,
    }


def placeholders(challenge: Challenge) -> dict[str, str]:
    """What each {place} of the template stands for; empty where nobody knows yet."""
    days = {day.phase: said(day.day) for day in challenge.days.all()}
    members = team_of(challenge)
    lead = lead_of(members)
    director = director_of(challenge)
    return {
        "host": challenge.host_authority.short_name,
        "challenger": challenge.challengers_in_short,
        "area": challenge.area_name,
        "board": challenge.round.region.board_name,
        "director": director.name if director else "",
        "lead": lead.user.name if lead else "",
        "team": _listed([_introduced(member) for member in members if member != lead]),
        "lines": "\n".join(f"- {' '.join(line.text.split())}" for line in challenge.lines.all()),
        **{phase.id: "" for phase in challenge.round.format.phases},
        **days,
    }


def fill(text: str, words: dict[str, str]) -> str:
    """Put each word in its {place}; one that is not known yet stays, for the writer to see.

    A paragraph that lists the lines of enquiry goes where there are none.
    """
    if not words.get("lines"):
        text = "\n\n".join(one for one in text.split("\n\n") if LINES not in one)
    for place, word in words.items():
        if word:
            text = text.replace("{" + place + "}", word)
    return text


def said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def team_of(challenge: Challenge) -> list[TeamMember]:
    """Who sits on the team today, each with the posts they hold, in two queries."""
    held = Membership.objects.current().select_related("region", "authority__region")
    posts = Prefetch("user__memberships", queryset=held, to_attr="current_memberships")
    return list(challenge.team.current().select_related("user").prefetch_related(posts))


def lead_of(members: Iterable[TeamMember]) -> TeamMember | None:
    return next((member for member in members if member.seat == Seat.LEAD), None)


def director_post(challenge: Challenge) -> Membership | None:
    """To whom the letter is addressed, and what their post is called there."""
    held = Membership.objects.current().filter(role=Role.DIRECTOR, user__is_active=True)
    own = held.filter(authority=challenge.host_authority).select_related("user")
    return own.order_by("user__name", "pk").first()


def director_of(challenge: Challenge) -> User | None:
    post = director_post(challenge)
    return post.user if post else None


def _introduced(member: TeamMember) -> str:
    post = member.post_held
    return f"{member.user.name} ({post.post_name})" if post else str(member.user.name)


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
