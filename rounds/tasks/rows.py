"""The row a task is about, with what is beside it."""

from __future__ import annotations

from rounds.models import Challenge, GivenSection, Participation, SelfAssessment


def given_now(given_id: int) -> GivenSection | None:
    """None once it is taken back: nobody is written to about it any more."""
    rows = GivenSection.objects.current().select_related(
        "section",
        "user",
        "invitation__accepted_by",
        "given_by",
        "self_assessment__participation__round__region",
        "self_assessment__participation__authority",
    )
    return rows.filter(pk=given_id).first()


def challenge_of(challenge_id: int) -> Challenge:
    return Challenge.objects.with_both_sides().get(pk=challenge_id)


def participation_of(participation_id: int) -> Participation:
    return Participation.objects.select_related(
        "round__region", "authority", "self_assessment"
    ).get(pk=participation_id)


def self_assessment_of(self_assessment_id: int) -> SelfAssessment:
    return SelfAssessment.objects.select_related(
        "participation__round__region", "participation__authority"
    ).get(pk=self_assessment_id)
