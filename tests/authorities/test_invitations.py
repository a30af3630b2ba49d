"""From the mail to the role: shown by GET, taken by POST, once, within 48 hours."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from authorities.actions import accept_invitation, invite_again, invite_person, withdraw_invitation
from authorities.models import Invitation, User
from authorities.states import Role
from peerchallenge.shared.answers import Refused
from tests.world import World, fresh, run_effects

PASSWORD = "a long enough one"

pytestmark = pytest.mark.django_db


def invited(world: World, email: str = "new@example.org", role: Role = Role.REVIEWER) -> str:
    """The path in the mail that somebody just got."""
    invite_person(
        email,
        "Nell Newcomer",
        role,
        post="Head of early help",
        authority=world.authorities[0],
        by=world.officer,
    )
    return sent()


def sent() -> str:
    cache.clear()
    mail.outbox.clear()
    run_effects()
    return re.search(r"http\S+?(/invitations/\S+)", mail.outbox[-1].body)[1]


def test_the_mail_says_who_asks_for_what_and_where(world: World) -> None:
    invited(world)
    body = mail.outbox[-1].body
    assert mail.outbox[-1].to == ["new@example.org"]
    assert world.officer.name in body
    assert f"Reviewer, {world.authorities[0]}" in body


def test_opening_the_link_shows_and_changes_nothing(client: Client, world: World) -> None:
    path = invited(world)
    for _ in range(3):
        page = client.get(path)
        client.head(path)
    text = page.content.decode()
    assert "Nell Newcomer, you are invited" in text
    assert "Head of early help" in text
    assert world.officer.name in text
    assert not User.objects.filter(email="new@example.org").exists()
    assert Invitation.objects.open().count() == 1


def test_a_newcomer_chooses_a_password_and_is_in(client: Client, world: World) -> None:
    path = invited(world)
    answer = client.post(path, {"password": PASSWORD})
    assert answer["Location"] == "/"
    user = User.objects.get(email="new@example.org")
    assert user.check_password(PASSWORD)
    assert user.holds(Role.REVIEWER, authority=world.authorities[0])
    assert client.session["_auth_user_id"] == str(user.pk)
    assert "Welcome. Your role: Reviewer" in client.get("/").content.decode()


@pytest.mark.parametrize("password", ["", "short", "new@example.org", "password1234"])
def test_a_password_that_will_not_do_uses_nothing_up(
    client: Client, world: World, password: str
) -> None:
    path = invited(world)
    page = client.post(path, {"password": password})
    assert "There is a problem" in page.content.decode()
    assert Invitation.objects.open().count() == 1


def test_the_link_works_once(client: Client, world: World) -> None:
    path = invited(world)
    client.post(path, {"password": PASSWORD})
    again = Client().post(path, {"password": PASSWORD})
    assert again.status_code == 410
    assert User.objects.filter(email="new@example.org").count() == 1
    assert User.objects.get(email="new@example.org").memberships.count() == 1


def test_the_link_works_for_48_hours(client: Client, world: World) -> None:
    path = invited(world)
    left = Invitation.objects.get().expires_at - timezone.now()
    assert timedelta(hours=47, minutes=59) < left <= timedelta(hours=48)
    Invitation.objects.update(expires_at=timezone.now())
    answer = client.get(path)
    assert answer.status_code == 410
    assert "ask whoever invited you" in answer.content.decode()
    assert client.post(path, {"password": PASSWORD}).status_code == 410


def test_a_link_that_was_never_sent_is_not_found(client: Client, world: World) -> None:
    invited(world)
    for token in ("x", "A" * 43, "%00", "%ED%A0%80", "a" * 3000):
        assert client.get(f"/invitations/{token}").status_code == 404
        assert client.post(f"/invitations/{token}").status_code == 404


@pytest.mark.parametrize("used", ["used", "expired", "unknown"])
def test_a_link_that_does_not_work_gives_no_address_away(
    client: Client, world: World, used: str
) -> None:
    path = invited(world)
    if used == "used":
        client.post(path, {"password": PASSWORD})
    elif used == "expired":
        Invitation.objects.update(expires_at=timezone.now())
    else:
        path = "/invitations/unknown"
    page = Client().get(path).content.decode()
    assert "new@example.org" not in page
    assert "Nell" not in page


def test_only_a_fingerprint_of_the_link_is_kept(world: World) -> None:
    path = invited(world)
    token = path.rpartition("/")[2]
    kept = Invitation.objects.values().get()
    assert token not in str(kept)
    assert len(token) == 43
    assert len(kept["token_hash"]) == 64


def test_whoever_has_an_account_signs_in_to_accept(client: Client, world: World) -> None:
    known = world.directors[1]
    path = invited(world, email=known.email)
    page = client.get(path).content.decode()
    assert f'href="/sign-in?next={path}"' in page
    assert "Choose a password" not in page
    client.post(path, {"password": PASSWORD})
    assert Invitation.objects.open().count() == 1
    client.force_login(known)
    assert "Accept this role" in client.get(path).content.decode()
    assert client.post(path)["Location"] == "/"
    assert fresh(known).holds(Role.REVIEWER, authority=world.authorities[0])


def test_another_account_cannot_take_it(client: Client, world: World) -> None:
    path = invited(world)
    client.force_login(world.directors[1])
    page = client.get(path).content.decode()
    assert "this invitation is for another account" in page
    assert "new@example.org" not in page
    client.post(path, {"password": PASSWORD})
    assert Invitation.objects.open().count() == 1
    assert not fresh(world.directors[1]).holds(Role.REVIEWER)


def test_a_new_link_ends_the_one_before(client: Client, world: World) -> None:
    before = invited(world)
    invite_again(Invitation.objects.get(), by=world.officer)
    assert client.get(before).status_code == 404
    after = sent()
    assert after != before
    assert client.get(after).status_code == 200


def test_a_withdrawn_invitation_opens_nothing(client: Client, world: World) -> None:
    path = invited(world)
    withdraw_invitation(Invitation.objects.get(), by=world.officer)
    assert client.get(path).status_code == 404


def test_two_invitations_to_one_role_make_it_held_once(world: World) -> None:
    for _ in range(2):
        invite_person(
            "new@example.org",
            "Nell",
            Role.REVIEWER,
            authority=world.authorities[0],
            by=world.officer,
        )
    run_effects()
    first, second = Invitation.objects.order_by("pk")
    user = accept_invitation(first, password=PASSWORD, by=None)
    accept_invitation(second, by=user)
    assert user.memberships.count() == 1


def test_an_account_is_never_taken_over_by_an_invitation(world: World) -> None:
    known = world.directors[1]
    invited(world, email=known.email)
    with pytest.raises(Refused):
        accept_invitation(Invitation.objects.get(), password=PASSWORD, by=None)


def test_the_address_of_the_link_is_told_to_nobody_else(client: Client, world: World) -> None:
    answer = client.get(invited(world))
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "no-store"


def test_a_name_with_markup_stays_a_name(client: Client, world: World) -> None:
    Invitation.objects.all().delete()
    path = invited(world)
    Invitation.objects.update(name="<script>alert(1)</script>", post="<b>x</b>")
    page = client.get(path).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<b>x</b>" not in page
