"""Who has a letter now, what they do with it, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from feedback.models import Letter
from feedback.queries.deadlines import after_visit, letter_due, reply_due
from feedback.states import LetterState, LetterStep
from rounds.models import Challenge
from rounds.states import ChallengeState

L = LetterState

COLOURS = {
    L.DRAFTING: "grey",
    L.WITH_TEAM: "yellow",
    L.WITH_HOST: "purple",
    L.CHECKED: "yellow",
    L.APPROVED: "turquoise",
    L.ISSUING: "turquoise",
    L.ISSUED: "green",
    L.SHARED: "green",
    L.PUBLISHED: "green",
    L.SUPERSEDED: "grey",
}


@dataclass(frozen=True)
class Turn:
    """Whose turn it is; `who` is empty when nothing is left to do."""

    who: str
    what: str
    by: date | None = None
    step: LetterStep | None = None

    @property
    def said(self) -> str:
        """Who does what, in one line."""
        return f"{self.who}: {self.what[:1].lower()}{self.what[1:]}" if self.who else self.what

    @property
    def is_late(self) -> bool:
        return self.by is not None and timezone.localdate() > self.by


def turn_before_letter(challenge: Challenge, lead: str) -> Turn:
    who = lead or "Lead reviewer"
    if challenge.state in {ChallengeState.ON_SITE, ChallengeState.FED_BACK}:
        due = after_visit(challenge, "letter_drafted")
        return Turn(who, "Drafts the letter", due, LetterStep.DRAFT)
    return Turn("", "The visit comes first")


def turn_of(letter: Letter, lead: str) -> Turn:
    """`lead` is the lead reviewer's name, where there is one."""
    challenge, who = letter.challenge, lead or "Lead reviewer"
    host = f"Director of {challenge.host_authority.short_name}"
    match letter.state:
        case L.DRAFTING:
            due = letter_due(letter, "letter_drafted")
            return Turn(who, "Writes the letter and sends it to the host", due, LetterStep.DRAFT)
        case L.WITH_TEAM:
            what = "Makes the changes that were asked for"
            return Turn(who, what, letter_due(letter, "letter_issued"), LetterStep.CHANGES)
        case L.WITH_HOST:
            return Turn(host, "Checks the facts", reply_due(letter), LetterStep.REPLY)
        case L.CHECKED:
            due = letter_due(letter, "letter_issued")
            return Turn("Approver", "Approves it", due, LetterStep.APPROVAL)
        case L.APPROVED:
            due = letter_due(letter, "letter_issued")
            return Turn("Board officer", "Issues it", due, LetterStep.ISSUE)
        case L.ISSUING:
            return Turn("The system", "Makes the PDF")
        case L.SUPERSEDED:
            return Turn("", "A later letter has taken its place")
    due = after_visit(challenge, "action_plan_agreed")
    return Turn(host, "Answers it with an action plan", due)
