"""Where a demonstration is on, its mail can be read; elsewhere there is no such page."""

from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from authorities.actions import invite_person
from authorities.states import Role
from peerchallenge.queries.mail import sent_mail
from tests.world import World, run_effects

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings, tmp_path: Path) -> Path:
    settings.DEMO = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    settings.ROOT_URLCONF = "tests.peerchallenge.demo_urls"
    return tmp_path


def test_without_a_demonstration_there_is_no_such_page(client: Client, world: World) -> None:
    assert client.get("/demo/mail").status_code == 404
    assert "Mail of the demonstration" not in client.get("/sign-in").content.decode()
    assert "demo-peer-challenge" not in client.get("/sign-in").content.decode()


def test_a_stranger_follows_an_invitation_from_the_page(
    client: Client, demo: Path, world: World
) -> None:
    invite_person(
        "new@example.org", "Nell", Role.REVIEWER, authority=world.authorities[0], by=world.officer
    )
    run_effects()
    page = client.get("/demo/mail").content.decode()
    assert "new@example.org" in page
    assert 'href="http://localhost:8000/invitations/' in page
    assert "no e-mail leaves it" in page


def test_words_survive_the_way(demo: Path) -> None:
    body = "South West Children’s Board\n\n" + "-" * 79 + " not an end\nÉire — “quoted”\n"
    EmailMessage("Déjà vu", body, to=["a@example.org"]).send()
    mail = sent_mail(demo).object_list[0]
    assert (mail.to, mail.subject) == ("a@example.org", "Déjà vu")
    assert mail.body == body.strip()


def test_the_newest_comes_first_and_pages_hold_twenty(client: Client, demo: Path) -> None:
    for number in range(21):
        message = EmailMessage(f"Mail {number}", "Hello", to=[f"person.{number}@example.org"])
        message.extra_headers["Date"] = f"Sat, 21 Nov 2026 10:{number:02}:00 +0000"
        message.send()
    found = sent_mail(demo)
    assert [mail.subject for mail in found.object_list] == [f"Mail {n}" for n in range(20, 0, -1)]
    assert "?page=2" in client.get("/demo/mail").content.decode()
    page = client.get("/demo/mail", {"to": "person.7@"}).content.decode()
    assert "Mail 7" in page
    assert "Mail 17" not in page


def test_what_a_mail_says_never_becomes_markup(client: Client, demo: Path) -> None:
    EmailMessage(
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)> javascript:alert(1)",
        to=["a@example.org"],
    ).send()
    page = client.get("/demo/mail").content.decode()
    assert "<script>alert" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page


def test_no_mail_yet_says_what_to_do(client: Client, demo: Path) -> None:
    assert "No mail yet" in client.get("/demo/mail").content.decode()


def test_the_way_in_is_on_the_sign_in_page(client: Client, demo: Path) -> None:
    page = client.get("/sign-in").content.decode()
    assert "officer@southwest.example" in page
    assert "demo-peer-challenge" in page
