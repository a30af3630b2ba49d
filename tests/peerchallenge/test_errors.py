"""What goes wrong is said in plain words, with the right status and no trace of the inside."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import path
from pytest_django import DjangoAssertNumQueries, DjangoDbBlocker

from peerchallenge.urls import handler400, handler403, handler404, handler500
from peerchallenge.urls import urlpatterns as addresses
from tests.services import free_port
from tests.world import World


def broken(request: object) -> None:
    raise RuntimeError("the inside of the machine")


def suspicious(request: object) -> None:
    from django.core.exceptions import SuspiciousOperation

    raise SuspiciousOperation("the inside of the machine")


urlpatterns = [*addresses, path("broken", broken), path("suspicious", suspicious)]
__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


@pytest.fixture
def calm() -> Client:
    """A client that shows the error page, as a browser does."""
    return Client(raise_request_exception=False)


@pytest.mark.django_db
@pytest.mark.parametrize("signed_in", [False, True])
def test_a_page_that_does_not_exist(calm: Client, world: World, *, signed_in: bool) -> None:
    if signed_in:
        calm.force_login(world.officer)
    answer = calm.get("/no-such-page")
    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()


@pytest.mark.django_db
def test_a_refused_page_leads_home_and_looks_up_nobodys_work(
    calm: Client, world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    round = world.offered()
    calm.force_login(world.directors[0])
    with django_assert_max_num_queries(4):  # who it is, what they hold, and the round
        answer = calm.get(f"/rounds/{round.pk}/letters")
    page = answer.content.decode()
    assert answer.status_code in {403, 404}
    assert 'href="/"' in page
    assert "Self-assessment" not in page


@pytest.mark.django_db
@pytest.mark.urls("tests.peerchallenge.test_errors")
@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/broken", 500, "Something went wrong"),
        ("/suspicious", 400, "We could not read that"),
    ],
)
def test_a_fault_says_nothing_of_the_inside(
    calm: Client, world: World, address: str, status: int, said: str
) -> None:
    calm.force_login(world.officer)
    answer = calm.get(address)
    page = answer.content.decode()
    assert answer.status_code == status
    assert said in page
    assert "the inside of the machine" not in page
    assert answer["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.django_db
def test_a_refusal_says_why(calm: Client, world: World) -> None:
    calm.force_login(world.chair)
    answer = calm.get("/people")
    assert answer.status_code == 403
    assert "look after people here" in answer.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_in_plain_words(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.officer)
    answer = client.post("/people/invite", {})
    assert answer.status_code == 403
    assert "Traceback" not in answer.content.decode()
    assert "DEBUG" not in answer.content.decode()


@pytest.mark.parametrize("address", ["/", "/people", "/rounds/1/history", "/healthy"])
def test_a_database_that_is_down_gets_a_plain_503(
    calm: Client, django_db_blocker: DjangoDbBlocker, address: str
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("an embedded database is not a server that can be down")
    settings = connection.settings_dict
    port = settings["PORT"]
    calm.cookies["sessionid"] = "a" * 32
    with django_db_blocker.unblock():
        connection.close()
        settings["PORT"] = free_port()
        try:
            answer = calm.get(address)
        finally:
            connection.close()
            settings["PORT"] = port
    page = answer.content.decode()
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert "Not available just now" in page
    assert "connection" not in page


@pytest.mark.django_db
def test_a_healthy_site_says_so(client: Client) -> None:
    answer = client.get("/healthy")
    assert (answer.status_code, answer.content) == (200, b"ok")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/help", "/accessibility", "/privacy"])
def test_plain_pages_are_for_everybody(client: Client, world: World, address: str) -> None:
    assert client.get(address).status_code == 200
    client.force_login(world.directors[0])
    assert client.get(address).status_code == 200


@pytest.mark.django_db
def test_a_check_from_inside_is_not_sent_to_https(client: Client, settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert (client.get("/healthy").status_code, client.get("/help").status_code) == (200, 301)
