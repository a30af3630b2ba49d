"""What a round has sent, what waits, what failed, and trying again."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.module_loading import import_string

from feedback import tasks as feedback_tasks
from peerchallenge.audit.models import Event
from peerchallenge.outbox.models import Effect, EffectState
from peerchallenge.queries.messages import messages_of
from peerchallenge.queries.sentences_of_messages import QUIET, SENTENCES
from rounds import tasks as rounds_tasks
from rounds.models import Round
from tests.world import World, fresh, run_effects

pytestmark = pytest.mark.django_db


def failed(round: Round, task: str = "rounds.invite_participation") -> Effect:
    effect = Effect.objects.filter(task=task).first()
    Effect.objects.filter(pk=effect.pk).update(
        state=EffectState.FAILED,
        attempts=3,
        ended_at=timezone.now(),
        error="SMTPRecipientsRefused: <b>mailbox full</b>",
    )
    return Effect.objects.get(pk=effect.pk)


def test_every_promise_of_rounds_and_feedback_has_its_sentence() -> None:
    promised = {
        f"{app}.{name}"
        for app, module in (("rounds", rounds_tasks), ("feedback", feedback_tasks))
        for name, value in vars(module).items()
        if callable(value)
        and getattr(value, "__module__", "").startswith(f"{app}.tasks")
        and not name.startswith("_")
        and not hasattr(value, "delay")
    }
    assert promised - set(SENTENCES) == set()
    for task in SENTENCES:
        app, name = task.split(".")
        assert callable(import_string(f"{app}.tasks.{name}"))


def test_a_whole_round_is_told_in_words(world: World) -> None:
    letter = world.letter_issued()
    found = messages_of(letter.challenge.round, 1)
    host = letter.challenge.host_authority
    told = [message.what for message in found.done.object_list]
    assert f"The letter is issued, to {host}" in told
    assert f"The PDF of the letter to {host}" in told
    assert found.failed == found.waiting == []
    assert found.done.paginator.count == Effect.objects.filter(task__in=SENTENCES).count()
    assert not any("{" in what for what in told)


def test_what_was_carried_over_is_told_only_where_it_failed(world: World) -> None:
    world.opened()
    round = world.next_round()
    quiet = Effect.objects.filter(task__in=QUIET, state=EffectState.DONE)
    assert quiet.count() == 2 * len(world.authorities)
    told = [message.what for message in messages_of(round, 1).done.object_list]
    assert not any("last" in what for what in told)
    failed(round, "rounds.carry_forward")
    (message,) = messages_of(round, 1).failed
    assert message.what == f"The answers of last time, for {world.authorities[0]}"


def test_what_waits_and_what_failed_stand_first(client: Client, world: World) -> None:
    round = world.opened()
    failed(round)
    client.force_login(world.officer)
    page = client.get(f"/rounds/{round.pk}/messages").content.decode()
    assert page.index(">Failed</h2>") < page.index(">Waiting</h2>") < page.index(">Sent</h2>")
    assert "SMTPRecipientsRefused: &lt;b&gt;mailbox full&lt;/b&gt;" in page
    assert page.count("Invitation to the director of") == 4  # one is also named by its button


def test_trying_again_sends_it_and_is_written_down(client: Client, world: World) -> None:
    round = world.opened()
    effect = failed(round)
    client.force_login(world.officer)
    path = f"/rounds/{round.pk}/messages/{effect.pk}/retry"
    assert client.get(path).status_code == 405
    assert client.post(path).url == f"/rounds/{round.pk}/messages"
    effect.refresh_from_db()
    assert (effect.state, effect.attempts) == (EffectState.WAITING, 0)
    assert Event.objects.filter(verb="effect.retried", by_user=world.officer).count() == 1
    run_effects()
    assert messages_of(round, 1).failed == []


def test_only_its_own_officer_tries_again(client: Client, world: World) -> None:
    round = world.opened()
    effect = failed(round)
    for user, status in (
        (world.chair, 403),
        (world.approver, 403),
        (world.directors[0], 403),
        (World(1).officer, 404),
    ):
        client.force_login(fresh(user))
        assert client.get(f"/rounds/{round.pk}/messages").status_code == status
        answer = client.post(f"/rounds/{round.pk}/messages/{effect.pk}/retry")
        assert answer.status_code == status
    effect.refresh_from_db()
    assert effect.state == EffectState.FAILED


def test_a_message_of_another_round_is_not_found(client: Client, world: World) -> None:
    effect = failed(world.opened())
    other = World(1)
    own = other.opened()
    client.force_login(other.officer)
    answer = client.post(f"/rounds/{own.pk}/messages/{effect.pk}/retry")
    assert answer.status_code == 404
    reset = Effect.objects.create(
        task="authorities.send_password_reset", argument=1, sweep_after=timezone.now()
    )
    assert client.post(f"/rounds/{own.pk}/messages/{reset.pk}/retry").status_code == 404


def test_a_round_that_has_sent_nothing_says_so(client: Client, world: World) -> None:
    round = world.drafted()
    client.force_login(world.officer)
    assert (
        "Nothing has been sent yet" in client.get(f"/rounds/{round.pk}/messages").content.decode()
    )


def test_more_messages_take_no_more_queries(world: World) -> None:
    counts = []
    for round in (world.offered(), world.teamed()):
        run_effects()
        with CaptureQueriesContext(connection) as captured:
            messages_of(round, 1)
        counts.append(len(captured))
    assert counts[0] == counts[1] == 24
