"""What is still to be done before a self-assessment can be sent."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from rounds.models import SelfAssessment
from rounds.queries.details import details_to_do
from rounds.queries.writing import Chapter, chapters_of


@dataclass(frozen=True)
class Gap:
    """Something to be done before it can be sent, as part of a sentence, and where."""

    text: str
    url: str


def gaps_in(self_assessment: SelfAssessment, chapters: list[Chapter]) -> list[Gap]:
    """What stands between it and sending it, but for what looks like a child's details.

    To search so much text takes too long for a page: that is done as it is sent.
    """
    gaps = [Gap(entry.to_do, entry.url) for chapter in chapters for entry in chapter.unfinished]
    gaps += [_review(chapter) for chapter in chapters if chapter.to_review]
    if not self_assessment.area_name and self_assessment.participation.round.areas_set:
        area = reverse("self_assessment_area", args=[self_assessment.pk])
        gaps.append(Gap("choose the area to be challenged on", area))
    return gaps


def _review(chapter: Chapter) -> Gap:
    """One answer by name, several of a section together: there may be many of them."""
    old = chapter.to_review
    if len(old) == 1:
        where = f"“{old[0].question.text}” in {chapter.section.title}"
        return Gap(f"review {where}, which still reads as it did last time", old[0].url)
    return Gap(f"review {len(old)} answers from last time in {chapter.section.title}", chapter.url)


def missing_from(self_assessment: SelfAssessment) -> list[str]:
    """All that is still to be done before it can be sent, as parts of a sentence."""
    gaps = [gap.text for gap in gaps_in(self_assessment, chapters_of(self_assessment))]
    return [*gaps, *(text for text, _ in details_to_do(self_assessment))]


def stopped_by_details(self_assessment: SelfAssessment) -> bool:
    """Whether nothing but what looks like a child's details is in the way."""
    gaps = gaps_in(self_assessment, chapters_of(self_assessment))
    return not gaps and bool(details_to_do(self_assessment))
