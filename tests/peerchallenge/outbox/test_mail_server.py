"""Effects whose mail server is away, takes nothing for now, or refuses somebody; a real one."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from authorities import tasks
from peerchallenge.outbox import actions
from peerchallenge.outbox.actions import REST_AFTER_HOLD_UPS, promise, run, sweep
from peerchallenge.outbox.models import Effect, EffectState
from peerchallenge.queries.messages import messages_of
from peerchallenge.shared import mail
from peerchallenge.shared.mail import Mail, send_each
from tests.services import LOOPBACK
from tests.smtp import MailServer
from tests.world import World

pytestmark = pytest.mark.django_db
WAITING, DONE, FAILED = EffectState.WAITING, EffectState.DONE, EffectState.FAILED
ANNA, BEN = "anna@example.org", "ben@example.org"
PLACE = {"authority": "Dorset", "person": "Anna"}


@pytest.fixture
def server(settings: LazySettings) -> Iterator[MailServer]:
    with MailServer() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = LOOPBACK, running.port
        settings.EMAIL_TIMEOUT = 1
        yield running


@pytest.fixture
def write(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Effect]:
    """Promise a mail to some, and try once."""

    def written(*people: str) -> Effect:
        def tell(argument: int) -> None:
            context = {"user": {"name": "Anna"}, "link": "https://example.org/"}
            send_each("authorities/password_changed", [Mail(one, context) for one in people])

        monkeypatch.setattr(tasks, "tell", tell, raising=False)
        return tried(promise("authorities.tell", 1))

    return written


def tried(effect: Effect) -> Effect:
    run(effect.pk)
    return Effect.objects.get(pk=effect.pk)


def test_while_the_server_is_down_a_mail_waits_and_goes_once_it_is_back(
    server: MailServer, write: Callable[..., Effect]
) -> None:
    server.stop()
    effect = write(ANNA)
    for _ in range(actions.MOST_FAILURES + 2):
        effect = tried(effect)
    assert (effect.state, effect.attempts, effect.failures) == (WAITING, 6, 0)
    assert effect.error == "The mail server cannot be reached: Connection refused."
    server.start()
    effect = tried(effect)
    assert (effect.state, effect.error, server.told) == (DONE, "", [ANNA])


def test_its_rests_grow_to_an_hour_and_after_two_days_it_is_put_aside(
    server: MailServer, write: Callable[..., Effect]
) -> None:
    server.stop()
    effect, rests = write(ANNA), []
    while effect.state == WAITING:
        rests.append(effect.sweep_after - timezone.now())
        assert sweep() == 0
        effect = tried(effect)
    assert all(now <= later + timedelta(seconds=1) for now, later in pairwise(rests))
    assert timedelta(minutes=59) < max(rests) < timedelta(hours=1)
    assert timedelta(days=1, hours=23) < sum(rests, timedelta()) < timedelta(days=2)
    assert (effect.state, effect.attempts) == (FAILED, len(REST_AFTER_HOLD_UPS) + 1)
    assert effect.error.startswith("It was held up for two days, the last time so: The mail")


@pytest.mark.parametrize(
    ("line", "said", "reason"),
    [
        ("CONNECT", "421 too busy", "The mail server cannot be reached: 421 too busy."),
        ("CONNECT", "554 closed", "The mail server cannot be reached: 554 closed."),
        ("MAIL", "550 who are you", f"does not take the mail to {ANNA} now: 550 who are you."),
        (f"RCPT TO:<{ANNA}>", "452 4.2.2 Full", "now: 452 4.2.2 Full."),
        ("DATA", "451 later", "now: 451 later."),
    ],
)
def test_what_may_pass_is_waited_for(
    server: MailServer, write: Callable[..., Effect], line: str, said: str, reason: str
) -> None:
    server.says[line] = said
    effect = write(ANNA)
    assert (effect.state, effect.hold_ups) == (WAITING, 1)
    assert effect.error.endswith(reason)
    del server.says[line]
    assert (tried(effect).state, server.told) == (DONE, [ANNA])


def test_somebody_refused_is_put_aside_at_once_and_keeps_the_mail_from_nobody(
    server: MailServer, write: Callable[..., Effect]
) -> None:
    server.says[f"RCPT TO:<{ANNA}>"] = "550 5.1.1 No such user"
    effect = write(ANNA, BEN)
    assert (effect.state, effect.attempts, server.told) == (FAILED, 1, [BEN])
    assert effect.error == (
        f"The mail server refuses the mail to {ANNA}: 550 5.1.1 No such user. Tell them in "
        "another way. If the address is wrong, invite them with the right one under People, "
        "then try again."
    )


def test_whoever_has_it_does_not_get_it_again_for_two_days(
    server: MailServer, write: Callable[..., Effect]
) -> None:
    server.says[f"RCPT TO:<{ANNA}>"] = "452 4.2.2 Full"
    effect = write(ANNA, BEN)
    while effect.state == WAITING:
        effect = tried(effect)
    assert (effect.state, effect.attempts, server.told) == (FAILED, 3, [BEN] * 3)


def test_a_mail_that_may_have_arrived_is_tried_three_times(
    server: MailServer, write: Callable[..., Effect]
) -> None:
    server.says["DATA"] = ""
    effect = write(ANNA)
    assert (effect.state, effect.failures) == (WAITING, 1)
    assert effect.error.startswith(f"The mail server broke off during the mail to {ANNA}: ")


def test_a_server_that_lets_its_callers_wait_is_let_be_for_a_while(
    server: MailServer, write: Callable[..., Effect], monkeypatch: pytest.MonkeyPatch
) -> None:
    server.says["CONNECT"] = "220-and so on"  # a line that promises another
    effect = write(ANNA)
    del server.says["CONNECT"]
    assert tried(effect).error == effect.error
    assert (effect.hold_ups, server.told) == (1, [])
    cache.delete(mail.AWAY)
    assert (tried(effect).state, server.told) == (DONE, [ANNA])


def test_the_officer_sees_what_waits_for_what_and_until_when(
    server: MailServer, client: Client, world: World
) -> None:
    round = world.opened()
    server.stop()
    effect = Effect.objects.filter(task="rounds.invite_participation").first()
    Effect.objects.filter(pk=effect.pk).update(state=WAITING, attempts=0, ended_at=None)
    effect = tried(effect)
    (found,) = [one for one in messages_of(round, 1).waiting if one.next_try]
    assert (found.state, found.reason, found.next_try) == (
        "Held up",
        "The mail server cannot be reached: Connection refused.",
        effect.sweep_after,
    )
    client.force_login(world.officer)
    page = client.get(f"/rounds/{round.pk}/messages").content.decode()
    assert found.reason in page
    assert f">{timezone.localtime(effect.sweep_after):%H:%M}</time>" in page
    mail_server = "tell whoever looks after the mail server"
    assert mail_server in page
    # What rests after a failure of its own is none of the mail server’s.
    Effect.objects.filter(pk=effect.pk).update(hold_ups=0)
    page = client.get(f"/rounds/{round.pk}/messages").content.decode()
    assert (found.reason in page, mail_server in page) == (True, False)
