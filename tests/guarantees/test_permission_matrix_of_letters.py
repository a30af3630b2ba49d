"""Guarantee 1 once the letter is written: nobody reads what is not theirs."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest

from tests.guarantees.matrix.asking import GUARDS, ask_all, missed_in
from tests.guarantees.matrix.scenes import OF_LETTERS

MISSED_AT_LEAST = 40


@pytest.mark.no_cover
@pytest.mark.django_db
@pytest.mark.parametrize("moment", OF_LETTERS)
def test_everybody_gets_exactly_what_the_policy_says(
    moment: str, figure: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR, logger="django.request")
    cells, wrong = ask_all(moment)
    figure(f"guarantee 1: {moment}: {cells} cells, {len(wrong)} wrong")
    assert not wrong, "\n" + "\n".join(wrong)


def test_a_guard_that_is_taken_away_is_missed(figure: Callable[[str], None]) -> None:
    missed = missed_in(OF_LETTERS)
    if missed is None:
        pytest.skip("needs every moment above")
    figure(f"guarantee 1: {missed}")
    assert len(GUARDS.noticed) >= MISSED_AT_LEAST
