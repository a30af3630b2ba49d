"""What a letter says: its template's wording, the team's text, and the findings that flow in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings

from authorities.models import User
from authorities.states import Role
from feedback.models import Letter, LetterContent
from feedback.models.content import LetterPart, NextStep, TeamMember, ThemeFindings, VisitDay
from feedback.states import FindingKind
from peerchallenge.shared.dates import working_days_after
from rounds.models import Challenge, Seat


def template_parts(challenge: Challenge) -> list[dict[str, Any]]:
    """The format's text parts with this challenge's names and dates filled in."""
    words = placeholders(challenge)
    after_findings = False
    parts = []
    for part in challenge.round.format.letter:
        if part.kind != "text":
            after_findings = True
            continue
        parts.append(
            {
                "key": part.key,
                "heading": part.heading,
                "text": fill(part.text, words),
                "after_findings": after_findings,
            }
        )
    return parts


def placeholders(challenge: Challenge) -> dict[str, str]:
    days = {day.phase: said(day.day) for day in challenge.days.all()}
    members = list(challenge.team.current().select_related("user"))
    lead = next((member for member in members if member.seat == Seat.LEAD), None)
    return {
        "host": challenge.host_authority.short_name,
        "challenger": challenge.challenger_authority.short_name,
        "area": challenge.area_name,
        "board": challenge.round.region.board_name,
        "lead": lead.user.name if lead else "",
        "team": _listed([_introduced(member) for member in members if member != lead]),
        **days,
    }


def fill(text: str, words: dict[str, str]) -> str:
    """Put each word in its {place}; braces that name nothing are the writer's own."""
    for place, word in words.items():
        text = text.replace("{" + place + "}", word)
    return text


def said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def missing_from_letter(letter: Letter) -> list[str]:
    """What stands in the way of sending it, as parts of a sentence."""
    missing = [f"write “{part.heading}”" for part in letter.parts.all() if not part.text.strip()]
    if not letter.challenge.findings.in_letter().exists():
        missing.append("choose at least one finding for the letter")
    return missing


def reference_of(letter: Letter) -> str:
    """Such as SW-2026-003: the region's initials, the year, and its next number."""
    initials = "".join(word[0] for word in letter.challenge.round.region.slug.split("-")).upper()
    return f"{initials}-{letter.issued_on:%Y}-{letter.number:03}"


def letter_content(letter: Letter) -> LetterContent:
    """All that the letter says now; issuing keeps exactly this."""
    challenge = letter.challenge
    region = challenge.round.region
    members = list(challenge.team.current().select_related("user"))
    lead = next((member for member in members if member.seat == Seat.LEAD), None)
    parts = list(letter.parts.all())
    director = User.objects.in_post(Role.DIRECTOR, authority=challenge.host_authority).first()
    post = lead.post_held if lead else None
    return LetterContent(
        reference=letter.reference,
        host=challenge.host_authority.name,
        challenger=challenge.challenger_authority.name,
        area=challenge.area_name,
        board=region.board_name,
        round_name=challenge.round.name,
        version=letter.version,
        issued_on=letter.issued_on,
        colour=region.colour,
        recipient_name=director.name if director else "",
        salutation=f"Dear {director.name}" if director else "Dear Director",
        visit_days=tuple(
            VisitDay(day.day, _phase_label(challenge, day.phase)) for day in challenge.days.all()
        ),
        opening=tuple(LetterPart(p.heading, p.text) for p in parts if not p.after_findings),
        themes=_themes(challenge),
        closing=tuple(LetterPart(p.heading, p.text) for p in parts if p.after_findings),
        next_steps=_next_steps(letter),
        team=tuple(_team_row(member) for member in members),
        signatory_name=lead.user.name if lead else "",
        signatory_post="Lead reviewer" + (f", {post.post_name}" if post else ""),
        signatory_authority=challenge.challenger_authority.name,
        approved_by_name=letter.approved_by.name if letter.approved_by else "",
        approved_by_post=f"for the {region.board_name}",
        verify_at=settings.BASE_URL,
    )


def _themes(challenge: Challenge) -> tuple[ThemeFindings, ...]:
    """In the format's order of themes; a theme the team named itself comes last."""
    chosen = list(challenge.findings.in_letter())
    order = challenge.round.format.themes
    named = list(dict.fromkeys(finding.theme for finding in chosen))
    named.sort(key=lambda theme: order.index(theme) if theme in order else len(order))

    def wordings(theme: str, kind: FindingKind) -> tuple[str, ...]:
        return tuple(f.wording for f in chosen if f.theme == theme and f.kind == kind)

    return tuple(
        ThemeFindings(
            theme,
            wordings(theme, FindingKind.STRENGTH),
            wordings(theme, FindingKind.AREA_FOR_CONSIDERATION),
            wordings(theme, FindingKind.GOOD_PRACTICE),
        )
        for theme in named
    )


def _next_steps(letter: Letter) -> tuple[NextStep, ...]:
    """The format's deadlines that follow the last day on site and are the host's or the team's."""
    last_day = max((day.day for day in letter.challenge.days.all()), default=None)
    if last_day is None:
        return ()
    who = {"action_plan_agreed": letter.challenge.host_authority.short_name, "revisit": "Both"}
    return tuple(
        NextStep(row["label"], who[key], _deadline(row, last_day))
        for key, row in letter.challenge.round.format_data["deadlines"].items()
        if key in who
    )


def _deadline(row: dict[str, Any], start: date) -> date:
    if "weeks" in row:
        return start + timedelta(weeks=row["weeks"])
    return working_days_after(start, row["working_days"])


def _phase_label(challenge: Challenge, phase: str) -> str:
    return next((p.label for p in challenge.round.format.phases if p.id == phase), phase)


def _team_row(member: Any) -> TeamMember:
    post = member.post_held
    return TeamMember(
        member.user.name,
        post.post_name if post else "",
        post.authority.name if post and post.authority else "",
        member.get_seat_display(),
    )


def _introduced(member: Any) -> str:
    post = member.post_held
    return f"{member.user.name} ({post.post_name})" if post else str(member.user.name)


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
