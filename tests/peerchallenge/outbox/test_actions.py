import signal
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from authorities import tasks
from peerchallenge.audit.actions import CLOCK
from peerchallenge.outbox import actions, alone
from peerchallenge.outbox.actions import (
    MOST_FAILURES,
    MOST_INTERRUPTIONS,
    promise,
    retry,
    run,
    sweep,
)
from peerchallenge.outbox.models import Effect, EffectState
from peerchallenge.shared.pdf import RenderingFailed

TASK = "authorities.send_invitation"
NOTHING_THERE = 999_999

pytestmark = pytest.mark.django_db


def fails(argument: int) -> None:
    raise RuntimeError(f"no luck with {argument}")


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> str:
    """A task of the tests' own that always fails."""
    monkeypatch.setattr(tasks, "fails", fails, raising=False)
    return "authorities.fails"


def test_a_promise_waits_until_its_transaction_commits(
    django_capture_on_commit_callbacks,
) -> None:
    with django_capture_on_commit_callbacks() as rings:
        effect = promise(TASK, NOTHING_THERE)
    assert (effect.state, effect.attempts, len(rings)) == (EffectState.WAITING, 0, 1)


def test_a_promise_goes_with_the_transaction_that_made_it() -> None:
    with transaction.atomic():
        promise(TASK, NOTHING_THERE)
        transaction.set_rollback(True)
    assert Effect.objects.count() == 0


def test_a_task_nobody_wrote_cannot_be_promised() -> None:
    with pytest.raises(ImportError):
        promise("authorities.send_flowers", 1)


def test_a_run_effect_is_done_and_never_runs_again() -> None:
    effect = promise(TASK, NOTHING_THERE)
    run(effect.pk)
    run(effect.pk)
    effect.refresh_from_db()
    assert (effect.state, effect.attempts, effect.error) == (EffectState.DONE, 1, "")


def test_an_effect_that_is_gone_is_no_error() -> None:
    run(NOTHING_THERE)
    assert Effect.objects.count() == 0


def test_a_failure_is_tried_three_times_and_then_put_aside_with_its_reason(failing: str) -> None:
    effect = promise(failing, 7)
    seen = []
    for _ in range(MOST_FAILURES + 2):
        run(effect.pk)
        effect.refresh_from_db()
        seen.append((effect.state, effect.attempts))
    waiting, failed = EffectState.WAITING, EffectState.FAILED
    assert seen == [(waiting, 1), (waiting, 2), (failed, 3), (failed, 3), (failed, 3)]
    assert effect.error == "RuntimeError: no luck with 7"


def test_what_would_fail_again_is_put_aside_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def cannot_be_printed(argument: int) -> None:
        raise RenderingFailed("No font installed here can print: 汉")

    monkeypatch.setattr(tasks, "fails", cannot_be_printed, raising=False)
    effect = promise("authorities.fails", 7)
    run(effect.pk)
    effect.refresh_from_db()
    assert (effect.state, effect.attempts) == (EffectState.FAILED, 1)
    assert effect.error == "RenderingFailed: No font installed here can print: 汉"


def test_a_failed_effect_gets_its_attempts_back(failing: str) -> None:
    effect = promise(failing, 7)
    for _ in range(MOST_FAILURES):
        run(effect.pk)
    effect = retry(effect, by=CLOCK)
    assert (effect.state, effect.attempts, effect.ended_at) == (EffectState.WAITING, 0, None)


def test_an_effect_whose_worker_is_at_it_is_left_alone() -> None:
    effect = promise(TASK, NOTHING_THERE)
    Effect.objects.update(state=EffectState.RUNNING, attempts=1, started_at=timezone.now())
    run(effect.pk)
    effect.refresh_from_db()
    assert (effect.state, effect.attempts) == (EffectState.RUNNING, 1)


def interrupted(attempts: int, interruptions: int) -> Effect:
    """One whose worker was killed under it for the last time long ago."""
    effect = promise(TASK, NOTHING_THERE)
    effect.state, effect.attempts, effect.interruptions = "running", attempts, interruptions
    effect.started_at = timezone.now() - timedelta(seconds=settings.OUTBOX_LEASE_SECONDS + 1)
    effect.save()
    return effect


def test_an_effect_whose_worker_died_is_taken_over_and_its_death_held_against_nobody() -> None:
    effect = interrupted(1, 0)
    run(effect.pk)
    effect.refresh_from_db()
    assert (effect.state, effect.attempts, effect.interruptions) == (EffectState.DONE, 2, 1)


@pytest.mark.django_db(transaction=True)
def test_a_database_that_went_away_under_it_and_is_back_is_held_against_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("the embedded database has no connection to lose")

    def loses_its_connection(argument: int) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setattr(tasks, "fails", loses_its_connection, raising=False)
    effect = promise("authorities.fails", 1)
    for _ in range(2):
        run(effect.pk)
        effect.refresh_from_db()
    assert (effect.state, effect.attempts, effect.interruptions) == (EffectState.WAITING, 2, 2)
    assert "OperationalError" in effect.error


def test_interrupted_ten_times_it_is_put_aside_and_says_so() -> None:
    effect = interrupted(MOST_INTERRUPTIONS, MOST_INTERRUPTIONS - 1)
    run(effect.pk)
    effect.refresh_from_db()
    assert (effect.state, effect.attempts) == (EffectState.FAILED, MOST_INTERRUPTIONS)
    assert effect.error.startswith("It was interrupted 10 times")


@pytest.mark.parametrize(
    ("returncode", "said"),
    [
        (0, ""),
        (alone.INTERRUPTED, ""),
        (-signal.SIGTERM, ""),
        (-signal.SIGKILL, "It ended its process (SIGKILL)."),
        (-signal.SIGALRM, "It took longer than the time allowed."),
        (3, "It ended its process (exit code 3)."),
    ],
)
def test_only_a_process_of_its_own_that_died_is_held_against_it(returncode: int, said: str) -> None:
    assert alone.reason(returncode) == said


def test_a_worker_given_up_for_dead_cannot_end_its_successors_attempt() -> None:
    promise(TASK, NOTHING_THERE)
    Effect.objects.update(state=EffectState.RUNNING, attempts=1, started_at=timezone.now())
    first = Effect.objects.get()
    Effect.objects.update(attempts=2)
    actions._end(first, EffectState.FAILED, error="too late")
    assert (Effect.objects.get().state, Effect.objects.get().error) == (EffectState.RUNNING, "")


def test_the_sweeper_rings_for_what_was_missed_and_then_lets_it_be() -> None:
    promise(TASK, 1)
    assert sweep() == 0
    Effect.objects.update(sweep_after=timezone.now() - timedelta(seconds=1))
    assert sweep() == 1
    assert sweep() == 0
