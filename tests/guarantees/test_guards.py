"""Guarantee 1: each guard is missed by a test of its own when it is taken away.

`tests/missed.py` runs those tests again without their guards; here, that none is forgotten.
"""

from __future__ import annotations

import re
from pathlib import Path

from django.urls import get_resolver

from tests import guards, missed

ROOT = Path(__file__).resolve().parents[2]
# Views fetch through these as through nothing else, but always behind another guard that lets no
# more people through: nobody could miss them.
DOUBLED = {
    "DateSearch.visible_to",
    "EnquiryLine.visible_to",
    "Limb.visible_to",
    "Participation.visible_to",
    "RegionPreset.visible_to",
    "Scenario.visible_to",
    "Session.visible_to",
    "TimetableRelease.visible_to",
}


def test_every_guard_has_a_test_that_misses_it_or_is_doubled() -> None:
    assert get_resolver().url_patterns  # every module that has guards is loaded by now
    named = {guard for test in missed.named().values() for guard in test}
    assert guards.everything() - named == DOUBLED
    assert sorted(named - guards.everything()) == []


def test_those_tests_are_still_there() -> None:
    gone = [test for test in missed.named() if not is_there(test)]
    assert gone == []


def is_there(test: str) -> bool:
    path, *_, name = test.partition("[")[0].split("::")
    return bool(re.search(rf"def {name}\(", (ROOT / path).read_text(encoding="utf-8")))
