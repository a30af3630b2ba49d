"""Published reviews, told again as whole letters through the product's own actions."""

from __future__ import annotations

import subprocess
from collections import Counter
from typing import Any

import pytest
from django.core.management import call_command

from feedback.models import Letter
from feedback.queries.clock import issued_said
from feedback.states import FindingKind, LetterState
from peerchallenge.demo.reviews import REVIEWS, load_review
from peerchallenge.demo.weeks import WEEKS, load_week
from peerchallenge.shared.dates import is_working_day

CONTENTS = {name: load_review(name) for name in REVIEWS}
# As many as the sources tell.
STRENGTHS_AND_AREAS = {
    "bath_and_north_east_somerset_2013": (0, 4),
    "brighton_and_hove_2016": (3, 6),
    "haringey_2022": (8, 3),
}


def text_of(pdf: bytes) -> str:
    run = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(run.stdout.decode().split())


@pytest.mark.parametrize("name", REVIEWS)
def test_each_has_as_many_findings_as_its_source_and_says_what_is_made_up(name: str) -> None:
    content = CONTENTS[name]
    kinds = Counter(row["kind"] for row in content["findings"])
    strengths, areas = STRENGTHS_AND_AREAS[name]
    assert kinds[FindingKind.STRENGTH] == strengths
    assert kinds[FindingKind.AREA_FOR_CONSIDERATION] == areas
    assert kinds.total() == strengths + areas
    assert "Retold for a demonstration" in content["source"]
    assert "made up" in content["source"]
    assert all(is_working_day(day) for day in content["days"])


def test_nobody_is_named_twice_over_all_reviews_and_weeks() -> None:
    contents: list[dict[str, Any]] = [*CONTENTS.values(), *map(load_week, WEEKS)]
    names = [row["name"] for content in contents for row in content["people"]]
    assert len(names) == len(set(names))


@pytest.mark.django_db
def test_the_command_issues_three_letters_and_none_again(settings) -> None:
    settings.DEMO = True
    settings.PASSWORD_HASHERS = ["peerchallenge.demo.hashers.PublicPasswordHasher"]
    call_command("demo", reviews=True)
    call_command("demo", reviews=True)
    letters = {letter.reference: letter for letter in Letter.objects.all()}
    assert set(letters) == {"SW-2013-001", "SE-2016-001", "L-2022-001"}
    assert {letter.state for letter in letters.values()} == {LetterState.ISSUED}
    oldest = letters["SW-2013-001"]
    assert issued_said(oldest.challenge, oldest) == "Issued 12 February 2013, in time"

    bath, brighton, haringey = (
        text_of(letters[one].pdf) for one in ("SW-2013-001", "SE-2016-001", "L-2022-001")
    )
    # Thursday and Tuesday: a weekend between the two days on site.
    assert "Thursday 17 January 2013" in bath
    assert "Tuesday 22 January 2013" in bath
    assert "Strengths" not in bath
    assert "Monday 26 September 2016: two presentations" in brighton
    assert brighton.index("What we found") < brighton.index("6. Some of what was recommended")
    # A theme without areas for consideration comes after the last of them.
    assert haringey.index("3. Find more capacity") < haringey.index("Workforce")
