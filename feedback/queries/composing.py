"""What a letter says: its template's wording, the team's text, and the findings that flow in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Prefetch

from authorities.models import Membership, User
from authorities.states import Role
from feedback.models import Letter, LetterContent
from feedback.models.content import LetterPart, NextStep, ThemeFindings, VisitDay
from feedback.models.content import TeamMember as Signed
from feedback.queries.deadlines import after_visit
from feedback.states import FindingKind
from rounds.models import Challenge, Seat, TeamMember


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
        **days,
    }


def fill(text: str, words: dict[str, str]) -> str:
    """Put each word in its {place}; one that is not known yet stays, for the writer to see."""
    for place, word in words.items():
        if word:
            text = text.replace("{" + place + "}", word)
    return text


def said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def missing_from_letter(letter: Letter) -> list[str]:
    """What stands in the way of sending it, as parts of a sentence."""
    parts = list(letter.parts.all())
    missing = [f"write “{part.heading}”" for part in parts if not part.text.strip()]
    for place in placeholders(letter.challenge):
        missing += [
            f"replace “{{{place}}}” in “{part.heading}”"
            for part in parts
            if "{" + place + "}" in part.text
        ]
    if not letter.challenge.findings.in_letter().exists():
        missing.append("choose at least one finding for the letter")
    return missing


def reference_of(letter: Letter) -> str:
    """Such as SW-2026-003: the region's initials, the year, and its next number."""
    initials = "".join(word[0] for word in letter.challenge.round.region.slug.split("-")).upper()
    return f"{initials}-{letter.issued_on:%Y}-{letter.number:03}"


def letter_content(letter: Letter, texts: Mapping[str, str] | None = None) -> LetterContent:
    """All that the letter says now; issuing keeps exactly this. `texts`, part key to text, stand
    in for what is saved."""
    challenge = letter.challenge
    region = challenge.round.region
    members = team_of(challenge)
    lead = lead_of(members)
    parts = list(letter.parts.all())
    for part in parts:
        part.text = (texts or {}).get(part.key, part.text)
    director = director_of(challenge)
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


def team_of(challenge: Challenge) -> list[TeamMember]:
    """Who sits on the team today, each with the posts they hold, in two queries."""
    held = Membership.objects.current().select_related("region", "authority__region")
    posts = Prefetch("user__memberships", queryset=held, to_attr="current_memberships")
    return list(challenge.team.current().select_related("user").prefetch_related(posts))


def lead_of(members: Iterable[TeamMember]) -> TeamMember | None:
    return next((member for member in members if member.seat == Seat.LEAD), None)


def director_of(challenge: Challenge) -> User | None:
    """To whom the letter is addressed."""
    return User.objects.in_post(Role.DIRECTOR, authority=challenge.host_authority).first()


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
    """The deadlines after the last day on site that are the host's or the team's, first things
    first."""
    who = {"action_plan_agreed": letter.challenge.host_authority.short_name, "revisit": "Both"}
    deadlines = letter.challenge.round.format.deadlines
    dated = {
        key: by for key in who if key in deadlines and (by := after_visit(letter.challenge, key))
    }
    return tuple(
        NextStep(deadlines[key]["label"], who[key], dated[key])
        for key in sorted(dated, key=lambda key: dated[key])
    )


def _phase_label(challenge: Challenge, phase: str) -> str:
    return next((p.label for p in challenge.round.format.phases if p.id == phase), phase)


def _team_row(member: TeamMember) -> Signed:
    post = member.post_held
    return Signed(
        member.user.name,
        post.post_name if post else "",
        post.authority.name if post and post.authority else "",
        member.get_seat_display() if member.seat == Seat.LEAD else "",
    )


def _introduced(member: TeamMember) -> str:
    post = member.post_held
    return f"{member.user.name} ({post.post_name})" if post else str(member.user.name)


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
