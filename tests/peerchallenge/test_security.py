"""What every answer carries, and what no input can do."""

from urllib.parse import quote, urlencode

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from authorities.models import Invitation, User
from authorities.states import Role
from tests.world import World

pytestmark = pytest.mark.django_db

HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
FORM = "application/x-www-form-urlencoded"
NASTY = [
    "\x00",
    "a\x00b",
    "\ud800",
    "x\udfffy",
    "\u202e\u2066",
    "A" * 100_000,
    "9" * 40,
    "-1",
    "1e309",
    "NaN",
    "' OR 1=1 --",
    "{{ 7|add:7 }}",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "a@b@c.example",
    "é" * 300,
]


@pytest.mark.parametrize(
    ("address", "status"),
    [("/sign-in", 200), ("/", 302), ("/no-such-page", 404), ("/healthy", 200), ("/help", 200)],
)
def test_every_answer_carries_the_headers(client: Client, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert {name: answer.get(name) for name in HEADERS} == HEADERS
    policy = dict(part.split(" ", 1) for part in answer["Content-Security-Policy"].split("; "))
    assert policy == POLICY


def test_the_pages_of_somebody_signed_in_carry_them_too(client: Client, world: World) -> None:
    client.force_login(world.officer)
    round = world.opened()
    for address in ("/", "/people", "/account", f"/rounds/{round.pk}/history"):
        answer = client.get(address)
        assert {name: answer.get(name) for name in HEADERS} == HEADERS


def test_cookies_are_not_for_scripts_or_other_sites(client: Client, world: World) -> None:
    user = User.objects.create_user("ada@example.org", "Ada", "three odd words")
    client.post("/sign-in", {"login": user.email, "password": "three odd words"})
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["expires"] == ""  # it ends with the browser


def hostile_posts(world: World) -> dict[str, list[str]]:
    """Every form of these pages and what it reads."""
    invitation = Invitation.objects.create(
        email="x@example.org", name="X", role=Role.REVIEWER, authority=world.authorities[0]
    )
    member = world.chair.memberships.get()
    return {
        "/sign-in": ["login", "password", "next"],
        "/sign-out": ["next"],
        "/password/reset": ["email"],
        "/password/change": ["oldpassword", "password1", "next"],
        "/people/invite": ["name", "email", "place", "role", "post"],
        f"/people/{member.pk}/end": ["when", "last_day_day", "last_day_month", "last_day_year"],
        f"/people/invitations/{invitation.pk}/again": ["x"],
    }


@pytest.mark.parametrize("text", NASTY, ids=[repr(text)[:16] for text in NASTY])
def test_no_form_falls_over(client: Client, world: World, text: str) -> None:
    for address, names in hostile_posts(world).items():
        cache.clear()
        for filled in (dict.fromkeys(names, text), *({name: text} for name in names)):
            if not address.startswith(("/sign-in", "/password/reset")):
                client.force_login(world.officer)
            else:
                client.logout()
            sent = urlencode(filled, encoding="utf-8", errors="surrogatepass")
            answer = client.post(address, sent, content_type=FORM)
            assert answer.status_code < 500


@pytest.mark.parametrize("text", NASTY, ids=[repr(text)[:16] for text in NASTY])
def test_no_address_falls_over(client: Client, world: World, text: str) -> None:
    round = world.opened()
    told = quote(text[:2000].encode("utf-8", "surrogatepass"))
    client.force_login(world.officer)
    for address in (
        f"/people?q={told}",
        f"/people?region={told}",
        f"/people?left={told}",
        f"/people/invite?place={told}",
        f"/rounds/{round.pk}/history?authority={told}",
        f"/rounds/{round.pk}/history?page={told}&saves={told}",
        f"/rounds/{round.pk}/messages?page={told}",
        f"/invitations/{told}",
        f"/password/reset/{told}-{told}",
        f"/password/reset/1-{told}",
        f"/authorities/{told}",
        f"/sign-in?next={told}",
        f"/sign-out?next={told}",
        f"/{told}",
    ):
        assert client.get(address).status_code < 500


def test_every_page_of_ours_is_behind_the_door_but_these() -> None:
    """A view is public only where it says so, and these say so."""
    public = {
        pattern.name
        for pattern in patterns(get_resolver())
        if not getattr(pattern.callback, "login_required", True)
    }
    assert public == {
        *("account_login", "account_logout", "accept_invitation"),
        *("account_reset_password", "account_reset_password_done"),
        *("account_reset_password_from_key", "account_reset_password_from_key_done"),
        *("help", "accessibility", "privacy", "healthy"),
        # Behind a secret address of its own.
        "calendar_feed",
        # Whether a copy is of an issued letter, and what hosts have published.
        *("verify", "published_letters", "published_letter", "published_pdf"),
    }


def patterns(resolver: URLResolver) -> list[URLPattern]:
    found: list[URLPattern] = []
    for entry in resolver.url_patterns:
        found += [entry] if isinstance(entry, URLPattern) else patterns(entry)
    return found


def test_a_role_that_ended_opens_nothing_at_the_next_request(client: Client, world: World) -> None:
    from authorities.actions import end_membership

    client.force_login(world.chair)
    round = world.opened()
    assert client.get(f"/rounds/{round.pk}/history").status_code == 200
    end_membership(world.chair.memberships.get(), by=world.officer)
    assert client.get(f"/rounds/{round.pk}/history").status_code == 404
    assert "You hold no role today" in client.get("/").content.decode()


def test_somebody_deactivated_is_out_at_the_next_request(client: Client, world: World) -> None:
    client.force_login(world.officer)
    User.objects.filter(pk=world.officer.pk).update(is_active=False)
    assert client.get("/people").status_code == 302
