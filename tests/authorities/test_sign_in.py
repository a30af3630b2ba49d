"""Signing in and out: what it says, what it refuses, what it never gives away."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from authorities.models import User
from peerchallenge.audit.models import Event
from tests.authorities.conftest import PASSWORD
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_earlier_attempts() -> None:
    cache.clear()


def sign_in(client: Client, email: str, password: str, **extra: object):
    data = {"login": email, "password": password, **extra.pop("data", {})}
    return client.post("/sign-in", data, **extra)


def test_the_right_password_leads_home(client: Client, person: User) -> None:
    answer = sign_in(client, "ADA@example.org", PASSWORD)
    assert answer.status_code == 302
    assert answer["Location"] == "/"
    assert client.session["_auth_user_id"] == str(person.pk)
    assert Event.objects.filter(verb="person.signed_in", by_user=person).count() == 1


def test_the_session_gets_a_new_key(client: Client, person: User) -> None:
    client.get("/sign-in")
    session = client.session
    session["before"] = "yes"
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    sign_in(client, person.email, PASSWORD)
    assert client.cookies["sessionid"].value != before
    assert not Client(headers={"cookie": f"sessionid={before}"}).get("/").wsgi_request.user.pk


@pytest.mark.parametrize("email", ["ada@example.org", "nobody@example.org"])
def test_a_wrong_password_reads_like_a_wrong_address(
    client: Client, person: User, email: str
) -> None:
    page = sign_in(client, email, "something else").content.decode()
    assert "The e-mail address and password do not match an account" in page
    assert "Error: Sign in" in page


def test_a_blank_form_says_what_to_enter(client: Client) -> None:
    page = sign_in(client, "", "").content.decode()
    assert "Enter your e-mail address" in page
    assert "Enter your password" in page


def test_password_keepers_know_the_boxes(client: Client) -> None:
    page = client.get("/sign-in").content.decode()
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert "placeholder" not in page


def test_somebody_whose_account_is_closed_is_told_so(client: Client, person: User) -> None:
    User.objects.update(is_active=False)
    answer = sign_in(client, person.email, PASSWORD)
    assert answer.status_code == 403
    assert "This account is closed" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_five_wrong_passwords_lock_the_account_for_everybody_but_not_others(
    client: Client, person: User
) -> None:
    other = User.objects.create_user("bo@example.org", "Bo", PASSWORD)
    for _ in range(5):
        sign_in(client, person.email, "wrong")
    page = sign_in(client, person.email, PASSWORD).content.decode()
    assert "Wait five minutes" in page
    assert sign_in(client, other.email, PASSWORD).status_code == 302


def test_a_made_up_forwarding_header_is_no_way_round_the_lock(client: Client, person: User) -> None:
    """20 wrong tries from one address, each for another account, whatever the header says."""
    for number in range(20):
        header = {"x-forwarded-for": f"198.51.100.{number}"}
        sign_in(client, f"person.{number}@example.org", "wrong", headers=header)
    header = {"x-forwarded-for": "203.0.113.9"}
    page = sign_in(client, person.email, PASSWORD, headers=header).content.decode()
    assert "Wait five minutes" in page


def test_too_many_tries_get_a_page_that_says_so(client: Client, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    sign_in(client, "a@example.org", "wrong")
    answer = sign_in(client, "a@example.org", "wrong")
    assert answer.status_code == 429
    assert "Too many tries" in answer.content.decode()


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "https://testserver/people",
        "https:///evil.example",
        "\x00//evil.example",
    ],
)
def test_signing_in_never_leads_off_the_site(client: Client, person: User, target: str) -> None:
    answer = sign_in(client, person.email, PASSWORD, data={"next": target})
    assert answer["Location"] == "/"


def test_signing_in_leads_to_the_page_asked_for(client: Client, person: User) -> None:
    assert client.get("/account")["Location"] == "/sign-in?next=/account"
    page = client.get("/sign-in?next=/account").content.decode()
    assert '<input type="hidden" name="next" value="/account">' in page
    answer = sign_in(client, person.email, PASSWORD, data={"next": "/account"})
    assert answer["Location"] == "/account"


def test_signing_out_needs_a_button(client: Client, person: User) -> None:
    client.force_login(person)
    assert "Do you want to sign out?" in client.get("/sign-out").content.decode()
    assert "_auth_user_id" in client.session
    answer = client.post("/sign-out")
    assert answer["Location"] == "/sign-in"
    assert "_auth_user_id" not in client.session


def test_a_stranger_who_signs_out_is_asked_to_sign_in(client: Client) -> None:
    assert client.get("/sign-out")["Location"] == "/sign-in"


def test_forms_without_a_token_are_refused(person: User) -> None:
    client = Client(enforce_csrf_checks=True)
    assert sign_in(client, person.email, PASSWORD).status_code == 403
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "name",
    ["account_signup", "account_email", "account_set_password", "account_reauthenticate"],
)
def test_the_library_has_no_page_that_we_did_not_choose(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_there_is_no_list_of_e_mail_addresses_beside_the_accounts(
    client: Client, person: User
) -> None:
    from allauth.account.models import EmailAddress

    sign_in(client, person.email, PASSWORD)
    assert EmailAddress.objects.count() == 0


def test_every_page_asks_a_stranger_to_sign_in(client: Client) -> None:
    UserFactory()
    for path in ("/", "/people", "/people/invite", "/account", "/authorities", "/rounds/1/history"):
        assert client.get(path)["Location"].startswith("/sign-in?next=/")
