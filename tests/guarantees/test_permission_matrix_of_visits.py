"""Guarantee 1 on the way to the letter: nobody reads what is not theirs."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest

from tests.guarantees.matrix.asking import GUARDS, ask_all, missed_in
from tests.guarantees.matrix.scenes import ON_THE_WAY

MISSED_AT_LEAST = 40


@pytest.mark.no_cover
@pytest.mark.django_db
@pytest.mark.parametrize("moment", ON_THE_WAY)
def test_everybody_gets_exactly_what_the_policy_says(
    moment: str, figure: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR, logger="django.request")
    cells, wrong = ask_all(moment)
    figure(f"guarantee 1: {moment}: {cells} cells, {len(wrong)} wrong")
    assert not wrong, "\n" + "\n".join(wrong)


def test_a_guard_that_is_taken_away_is_missed(figure: Callable[[str], None]) -> None:
    missed = missed_in(ON_THE_WAY)
    if missed is None:
        pytest.skip("needs every moment above")
    figure(f"guarantee 1: {missed}")
    assert len(GUARDS.noticed) >= MISSED_AT_LEAST
