"""The findings behind a letter, for the team that writes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from authorities.models import User
from feedback.models import Finding, Letter
from feedback.queries.flowing import chosen_findings, themes
from feedback.states import FindingKind
from peerchallenge.audit.models import Event
from rounds.models import Challenge

CHANGES_SHOWN = 12
DONE = {
    "finding.recorded": "was added",
    "finding.changed": "was changed",
    "finding.deleted": "was taken out",
    "finding.merged": "was merged",
    "finding.taken_apart": "was taken apart",
}


@dataclass(frozen=True)
class FindingChange:
    """What somebody else of the team did to a finding since this person last wrote."""

    finding: Finding | None
    done: str
    who: str
    at: datetime

    @property
    def said(self) -> str:
        return f"“{self.finding.wording}”" if self.finding else "A finding"

    @property
    def kept_back(self) -> bool:
        return self.finding is not None and not self.finding.for_letter


@dataclass(frozen=True)
class Beside:
    """One finding of the letter: how the letter words it, and what the team noted."""

    finding: Finding

    @property
    def reworded(self) -> bool:
        return bool(self.finding.letter_text) and (
            self.finding.letter_text.strip() != self.finding.team_text.strip()
        )


@dataclass(frozen=True)
class BesideTheme:
    theme: str
    rows: list[Beside]


def changes_since_saved(letter: Letter, user: User) -> list[FindingChange]:
    """Newest first, each finding once; what the person did themselves is not news to them."""
    events = (
        Event.objects.filter(
            subject_type=Finding._meta.label_lower,
            verb__in=DONE,
            details__challenge=letter.challenge_id,
            at__gt=_last_saved(letter, user),
        )
        .exclude(by_user=user)
        .select_related("by_user")
        .order_by("-at", "-pk")
    )
    newest: dict[int, Event] = {}
    for event in events[:200]:
        newest.setdefault(event.subject_id, event)
    there = letter.challenge.findings.in_bulk(list(newest))
    told = [
        FindingChange(there.get(pk), DONE[event.verb], event.who, event.at)
        for pk, event in newest.items()
        if _concerns_letter(there.get(pk), event.verb)
    ]
    return told[:CHANGES_SHOWN]


def findings_beside(challenge: Challenge) -> list[BesideTheme]:
    """By theme, in the order of the letter."""
    chosen = chosen_findings(challenge)
    kinds = list(FindingKind.values)
    chosen.sort(key=lambda finding: kinds.index(finding.kind))
    return [
        BesideTheme(found.theme, [Beside(one) for one in chosen if one.theme == found.theme])
        for found in themes(challenge, chosen)
    ]


def _concerns_letter(finding: Finding | None, verb: str) -> bool:
    """A new finding that is not for the letter is of no concern to it; one that is gone, or kept
    back by now, may have been."""
    return finding is None or finding.for_letter or verb != "finding.recorded"


def _last_saved(letter: Letter, user: User) -> datetime:
    saved = letter.parts.filter(saved_by=user).order_by("-saved_at").first()
    return saved.saved_at if saved else letter.drafted_at
