"""Guarantee 1: each guard is missed by a test of its own when it is taken away.

`tests/missed.py` runs those tests again without their guards; here, that none is forgotten.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import get_resolver

from tests import guards, missed

ROOT = Path(__file__).resolve().parents[2]
NOT_YET = {
    "DateObjection.visible_to",
    "DateSearch.visible_to",
    "EarlierChallenge.visible_to",
    "EnquiryLine.visible_to",
    "GivenSection.visible_to",
    "Intervention.visible_to",
    "LetterTemplate.visible_to",
    "Limb.visible_to",
    "Paper.visible_to",
    "Participation.visible_to",
    "RegionPreset.visible_to",
    "Scenario.visible_to",
    "SeatOffer.visible_to",
    "SentVersion.visible_to",
    "Session.visible_to",
    "TimetableRelease.visible_to",
    "Unavailable.visible_to",
    "Venue.visible_to",
    "authorities.permissions.see_calendar",
    "feedback.permissions.accuracy.answer_points",
    "feedback.permissions.accuracy.note_point",
    "feedback.permissions.concerns.know_of_concerns",
    "feedback.permissions.findings.begin_independent_phase",
    "feedback.permissions.letters.hand_letter_over",
    "feedback.permissions.letters.read_beside",
    "feedback.permissions.letters.read_replies",
    "feedback.permissions.letters.retry_rendering",
    "feedback.permissions.sharing.see_sharing",
    "rounds.permissions.evidence.list_evidence",
    "rounds.permissions.evidence.open_any_evidence",
    "rounds.permissions.giving.take_back_section",
    "rounds.permissions.postponing.answer_dates",
    "rounds.permissions.postponing.see_offered_dates",
    "rounds.permissions.self_assessments.read_section",
    "rounds.permissions.self_assessments.return_self_assessment",
    "rounds.permissions.signing.take_back",
}


def test_every_guard_has_a_test_that_misses_it() -> None:
    assert get_resolver().url_patterns  # every module that has guards is loaded by now
    named = {guard for test in missed.named().values() for guard in test}
    assert guards.everything() - named == NOT_YET
    assert sorted(named - guards.everything()) == []


@pytest.mark.parametrize("test", sorted(missed.named()))
def test_it_is_still_there(test: str) -> None:
    path, *_, name = test.partition("[")[0].split("::")
    assert re.search(rf"def {name}\(", (ROOT / path).read_text(encoding="utf-8"))
