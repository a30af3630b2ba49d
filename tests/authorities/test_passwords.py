"""A forgotten password, and a changed one."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from authorities.models import User
from peerchallenge.audit.models import Event
from peerchallenge.outbox.models import Effect
from tests.authorities.conftest import PASSWORD
from tests.world import run_effects

NEW = "quite other words"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_earlier_attempts() -> None:
    cache.clear()


def ask(client: Client, email: str) -> str:
    """Ask for a link; the path in the mail, or nothing where none was sent."""
    mail.outbox.clear()
    answer = client.post("/password/reset", {"email": email})
    assert answer["Location"] == "/password/reset/sent"
    run_effects()
    found = [re.search(r"http\S+(/password/reset/\S+)", message.body) for message in mail.outbox]
    return found[0][1] if found else ""


def choose(client: Client, path: str, password: str = NEW):
    page = client.get(path, follow=True)
    return client.post(page.redirect_chain[-1][0], {"password1": password}, follow=True)


def test_a_forgotten_password_is_replaced_through_a_link(client: Client, person: User) -> None:
    path = ask(client, "Ada@Example.org")
    assert mail.outbox[0].to == ["ada@example.org"]
    assert mail.outbox[0].subject == "Choose a new password"
    answer = choose(client, path)
    assert "Your password is changed" in answer.content.decode()
    person.refresh_from_db()
    assert person.check_password(NEW)


def test_the_link_is_not_in_the_page_that_asks_for_the_password(
    client: Client, person: User
) -> None:
    """Nothing the page loads can learn it from the address it came from."""
    path = ask(client, person.email)
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].endswith("-set-password")


def test_the_link_works_once(client: Client, person: User) -> None:
    path = ask(client, person.email)
    choose(client, path)
    assert "This link does not work any more" in client.get(path).content.decode()


def test_the_link_works_for_one_hour(client: Client, person: User, settings) -> None:
    path = ask(client, person.email)
    settings.PASSWORD_RESET_TIMEOUT = -1
    page = client.get(path).content.decode()
    assert "This link does not work any more" in page
    assert "ada@example.org" not in page


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client: Client, person: User) -> None:
    assert ask(client, "nobody@example.org") == ""
    sent = client.get("/password/reset/sent").content.decode()
    assert "If there is an account with this address" in sent


def test_a_closed_account_gets_no_link(client: Client, person: User) -> None:
    User.objects.update(is_active=False)
    assert ask(client, person.email) == ""


def test_asking_six_times_in_an_hour_is_too_much(client: Client, person: User) -> None:
    for _ in range(5):
        ask(client, person.email)
    assert client.post("/password/reset", {"email": person.email}).status_code == 429


def test_who_changes_the_password_is_written_down_and_told(client: Client, person: User) -> None:
    client.force_login(person)
    mail.outbox.clear()
    answer = client.post("/password/change", {"oldpassword": PASSWORD, "password1": NEW})
    assert answer.status_code == 302
    run_effects()
    assert Event.objects.filter(verb="person.password_changed", by_user=person).count() == 1
    assert [message.subject for message in mail.outbox] == ["Your password was changed"]
    assert NEW not in mail.outbox[0].body


def test_changing_it_keeps_this_session_and_ends_the_others(client: Client, person: User) -> None:
    elsewhere = Client()
    client.force_login(person)
    elsewhere.force_login(person)
    client.post("/password/change", {"oldpassword": PASSWORD, "password1": NEW})
    assert client.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("wrong", NEW, "This is not your current password"),
        (PASSWORD, "short", "This password is too short"),
        (PASSWORD, "password1234", "This password is too common"),
        (PASSWORD, "ada@example.org", "too similar to the e-mail address"),
        (PASSWORD, "Ada Byron Ada", "too similar to the name"),
        (PASSWORD, "", "Enter a new password"),
    ],
)
def test_a_password_that_will_not_do_says_why(
    client: Client, person: User, old: str, new: str, said: str
) -> None:
    client.force_login(person)
    page = client.post("/password/change", {"oldpassword": old, "password1": new})
    assert said in page.content.decode()
    assert User.objects.get().check_password(PASSWORD)


def test_a_link_sent_late_is_drawn_late(client: Client, person: User) -> None:
    """What waits in the outbox is no secret yet: the worker draws the link."""
    client.post("/password/reset", {"email": person.email})
    effect = Effect.objects.get(task="authorities.send_password_reset")
    assert effect.argument == person.pk
    assert effect.promised_at > timezone.now() - timedelta(minutes=1)
    assert not Event.objects.filter(details__icontains="reset/").exists()


def test_whoever_has_no_password_yet_gets_one_by_e_mail(client: Client, person: User) -> None:
    person.set_unusable_password()
    person.save()
    client.force_login(person)
    assert client.get("/password/change")["Location"] == "/password/reset"
    choose(client, ask(client, person.email))
    assert User.objects.get().check_password(NEW)
