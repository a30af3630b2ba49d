"""What a world can come to from the visit on: findings, a letter, and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedback import actions as feedback
from feedback.models import Letter
from feedback.queries.redacting import redactable
from feedback.states import Audience, FindingKind
from rounds import actions as rounds
from rounds.models import Challenge
from rounds.states import ChallengeState
from tests.effects import run_effects
from tests.tokens import (
    ALONE_TOKEN,
    CORRECTED_TOKEN,
    FINDING_TOKEN,
    LETTER_TOKEN,
    WHY_TOKEN,
    WORDING_TOKEN,
)

if TYPE_CHECKING:
    from tests.world import World

# The part that a published letter leaves out, and a correction says otherwise.
HEADLINES = "headlines"


class WorldOfLetters:
    """The moments of a world that its rounds alone cannot tell."""

    def visited(self: World) -> Challenge:
        """The first challenge: on site, with a strength, two areas and good practice found."""
        challenge = self.first(self.booked())
        lead = self.lead_of(challenge)
        rounds.follow_calendar(challenge, ChallengeState.ON_SITE, by=lead)
        for kind, theme in (
            (FindingKind.STRENGTH, "Leadership and direction"),
            (FindingKind.AREA_FOR_CONSIDERATION, "Leadership and direction"),
            (FindingKind.AREA_FOR_CONSIDERATION, "Early help and prevention"),
            (FindingKind.GOOD_PRACTICE, "Early help and prevention"),
        ):
            feedback.record_finding(
                challenge,
                kind=kind,
                theme=theme,
                team_text=f"{FINDING_TOKEN} {kind.label} on {theme}, as the team puts it",
                letter_text=f"{WORDING_TOKEN} {kind.label} on {theme}, as the letter puts it",
                by=lead,
            )
        return self.again(challenge)

    def alone(self: World) -> Challenge:
        """Each of the team notes on their own: the lead has four findings, the member one."""
        challenge = self.visited()
        feedback.begin_independent_phase(challenge, by=self.lead_of(challenge))
        feedback.record_finding(
            challenge,
            kind=FindingKind.STRENGTH,
            theme="Leadership and direction",
            team_text=f"{ALONE_TOKEN} as the member saw it",
            letter_text="",
            by=self.member_of(challenge),
        )
        return self.again(challenge)

    def letter_drafted(self: World) -> Letter:
        """Drafted, and every part that the template leaves empty written."""
        challenge = self.visited()
        lead = self.lead_of(challenge)
        letter = feedback.draft_letter(challenge, by=lead)
        empty = {part.key: f"{LETTER_TOKEN} {part.key}" for part in letter.parts.filter(text="")}
        return feedback.edit_letter(letter, empty, by=lead)

    def letter_with_host(self: World) -> Letter:
        letter = self.letter_drafted()
        return feedback.send_letter_to_host(letter, by=self.lead_of(letter.challenge))

    def letter_checked(self: World) -> Letter:
        letter = self.letter_with_host()
        host = self.director_of(letter.challenge.host_authority)
        feedback.reply_on_accuracy(letter, agrees=True, by=host)
        return Letter.objects.get(pk=letter.pk)

    def letter_approved(self: World) -> Letter:
        return feedback.approve_letter(self.letter_checked(), by=self.approver)

    def letter_issuing(self: World) -> Letter:
        return feedback.issue_letter(self.letter_approved(), by=self.officer)

    def letter_issued(self: World) -> Letter:
        """Rendered for real: half a second."""
        letter = self.letter_issuing()
        run_effects()
        return Letter.objects.get(pk=letter.pk)

    def letter_published(self: World) -> Letter:
        """The region's directors read all of it, everybody else all but its headlines."""
        letter = self.letter_issued()
        host = self.director_of(letter.challenge.host_authority)
        feedback.share_letter(letter, Audience.DIRECTORS, by=host)
        headlines = f"{LETTER_TOKEN} {HEADLINES}"
        found = [one.place for one in redactable(letter.frozen_content) if headlines in one.text]
        feedback.leave_passages_out(letter, found, reason="One family", by=host)
        feedback.make_redacted_version(letter, by=host)
        run_effects()
        feedback.share_letter(letter, Audience.PUBLIC, redacted=True, by=host)
        return Letter.objects.get(pk=letter.pk)

    def letter_correcting(self: World) -> Letter:
        """A correction of the published letter, as yet with the team."""
        old = self.letter_published()
        lead = self.lead_of(old.challenge)
        new = feedback.begin_correction(old, reason=f"{WHY_TOKEN}: a date", by=lead)
        return feedback.edit_letter(new, {HEADLINES: f"{CORRECTED_TOKEN}: said anew"}, by=lead)

    def letter_corrected(self: World) -> Letter:
        """The published letter, once its correction is issued."""
        new = self.letter_correcting()
        feedback.hand_letter_over(new, by=self.lead_of(new.challenge))
        feedback.approve_letter(Letter.objects.get(pk=new.pk), by=self.approver)
        feedback.issue_letter(Letter.objects.get(pk=new.pk), by=self.officer)
        run_effects()
        return Letter.objects.get(pk=new.supersedes_id)
