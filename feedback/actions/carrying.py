from __future__ import annotations

from feedback.queries.carrying import last_letter
from peerchallenge.audit.actions import CLOCK, Actor
from rounds import actions as rounds
from rounds.models import SelfAssessment
from rounds.models.content import ProgressContent


def carry_areas_forward(self_assessment: SelfAssessment, *, by: Actor = CLOCK) -> int:
    """The next self-assessment says what came of each area of the authority's last letter."""
    letter = last_letter(self_assessment.participation)
    if letter is None:
        return 0
    rows = [
        ProgressContent(f"Letter {letter.reference}", area)
        for theme in letter.frozen_content.numbered_themes
        for area in theme.areas
    ]
    return rounds.add_progress_rows(self_assessment, rows, by=by)
