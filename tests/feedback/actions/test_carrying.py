"""The next self-assessment says what came of the last letter."""

from __future__ import annotations

import pytest

from feedback import actions
from feedback.models import Letter
from feedback.states import LetterState
from peerchallenge.outbox.models import Effect
from rounds.models import ProgressSince
from tests.world import WORDING_TOKEN, World

pytestmark = pytest.mark.django_db


def test_each_area_of_the_letter_is_a_row_of_its_host_alone(world: World) -> None:
    letter = world.letter_issued()
    round = world.next_round()
    own = round.participations.get(authority=letter.challenge.host_authority).self_assessment
    rows = list(own.progress.all())
    assert [row.area_for_consideration for row in rows] == [
        f"{WORDING_TOKEN} Area for consideration on Leadership and direction, "
        "as the letter puts it",
        f"{WORDING_TOKEN} Area for consideration on Early help and prevention, "
        "as the letter puts it",
    ]
    assert {row.source for row in rows} == {f"Letter {letter.reference}"}
    assert {(row.plan_state, row.progress, row.version) for row in rows} == {("", "", 0)}
    assert ProgressSince.objects.count() == len(rows)
    assert own.answers.filter(carried_from__isnull=False).exists()
    assert list(Effect.objects.exclude(state="done")) == []
    assert actions.carry_areas_forward(own) == 0


def test_a_letter_that_is_not_issued_says_nothing(world: World) -> None:
    world.letter_approved()
    world.next_round()
    assert not ProgressSince.objects.exists()


def test_a_letter_that_was_superseded_no_longer_counts(world: World) -> None:
    letter = world.letter_issued()
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.SUPERSEDED)
    world.next_round()
    assert not ProgressSince.objects.exists()
