"""Guarantee 1: nobody reads what is not theirs, on any page, at any moment of a round.

Its moments are shared out over three files, so that more than one worker has some to ask.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest

from tests.guarantees.matrix import policy
from tests.guarantees.matrix.asking import GUARDS, POLICY, TOKENS, ask_all, missed_in
from tests.guarantees.matrix.scenes import SCENES, UNTIL_OFFERS

# The matrix sends empty forms, so a rule behind a filled one is not missed here; the tests of
# permissions hold those.
MISSED_AT_LEAST = 40


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert {row.name for row in POLICY} == set(policy.named_addresses())


def test_every_row_is_about_scenes_that_exist_and_all_people() -> None:
    people = set(POLICY[0].cells)
    assert [row for row in POLICY + TOKENS if not any(row.fits(scene) for scene in SCENES)] == []
    assert [row.name for row in POLICY + TOKENS if set(row.cells) != people] == []


# Thousands of pages: counting their lines and keeping their warnings would double the time.
@pytest.mark.no_cover
@pytest.mark.django_db
@pytest.mark.parametrize("moment", UNTIL_OFFERS)
def test_everybody_gets_exactly_what_the_policy_says(
    moment: str, figure: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR, logger="django.request")
    cells, wrong = ask_all(moment)
    figure(f"guarantee 1: {moment}: {cells} cells, {len(wrong)} wrong")
    assert not wrong, "\n" + "\n".join(wrong)


def test_a_guard_that_is_taken_away_is_missed(figure: Callable[[str], None]) -> None:
    missed = missed_in(UNTIL_OFFERS)
    if missed is None:
        pytest.skip("needs every moment above")
    figure(f"guarantee 1: {missed}")
    assert len(GUARDS.noticed) >= MISSED_AT_LEAST
