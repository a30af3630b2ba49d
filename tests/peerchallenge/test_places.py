"""The list of authorities, and what is known of one."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from authorities.models import Authority, Succession
from authorities.states import Role
from tests.factories import AuthorityFactory
from tests.world import World

pytestmark = pytest.mark.django_db


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_everybody_sees_the_authorities_of_their_region_with_their_directors(
    client: Client, world: World
) -> None:
    elsewhere = AuthorityFactory(name="Farawayshire")
    client.force_login(world.directors[0])
    text = page(client, "/authorities")
    for authority, director in zip(world.authorities, world.directors, strict=True):
        assert authority.name in text
        assert director.name in text
    assert elsewhere.name not in text
    assert client.get(f"/authorities/{elsewhere.pk}").status_code == 404


def test_the_list_says_who_takes_part_in_what(client: Client, world: World) -> None:
    client.force_login(world.chair)
    round = world.drafted()
    assert round.name not in page(client, "/authorities")
    round = world.opened()
    assert page(client, "/authorities").count(round.name) == 3


def test_an_authority_that_has_closed_stands_apart(client: Client, world: World) -> None:
    client.force_login(world.chair)
    Authority.objects.filter(pk=world.authorities[0].pk).update(valid_to=date(2019, 3, 31))
    text = page(client, "/authorities")
    assert "2 today" in text
    assert f"Closed, {world.region.name}" in text


def test_successions_are_told_both_ways(client: Client, world: World) -> None:
    client.force_login(world.chair)
    before, after = world.authorities[:2]
    Authority.objects.filter(pk=before.pk).update(valid_to=date(2019, 3, 31))
    Succession.objects.create(before=before, after=after, on=date(2019, 4, 1), event="merged")
    text = page(client, f"/authorities/{before.pk}")
    assert (
        f'1 April 2019: merged into <a class="govuk-link" href="/authorities/{after.pk}">' in text
    )
    assert "31 March 2019" in text
    text = page(client, f"/authorities/{after.pk}")
    assert "1 April 2019: merged out of" in text


@pytest.mark.parametrize(
    ("who", "sees"),
    [("officer", True), ("own director", True), ("other director", False), ("chair", False)],
)
def test_people_are_shown_to_officers_and_their_own(
    client: Client, world: World, who: str, *, sees: bool
) -> None:
    world.person(Role.REVIEWER, name="Quentin Quill")
    users = {
        "officer": world.officer,
        "own director": world.directors[0],
        "other director": world.directors[1],
        "chair": world.chair,
    }
    client.force_login(users[who])
    text = page(client, f"/authorities/{world.authorities[0].pk}")
    assert ("Quentin Quill" in text) == sees


def test_rounds_are_listed_and_linked_for_the_board(client: Client, world: World) -> None:
    round = world.opened()
    path = f"/authorities/{world.authorities[0].pk}"
    client.force_login(world.chair)
    assert f'href="/rounds/{round.pk}"' in page(client, path)
    client.force_login(world.directors[1])
    text = page(client, path)
    assert round.name in text
    assert f'href="/rounds/{round.pk}"' not in text


def test_where_the_facts_come_from_is_said(client: Client, world: World) -> None:
    client.force_login(world.officer)
    for path in ("/authorities", f"/authorities/{world.authorities[0].pk}"):
        text = page(client, path)
        assert "Open Government Licence" in text
        assert "mySociety" in text


def test_a_number_no_key_can_be_is_not_found(client: Client, world: World) -> None:
    client.force_login(world.officer)
    for key in ("0", "9" * 18, "9" * 19, "-1", "1e3", "%00"):
        assert client.get(f"/authorities/{key}").status_code == 404


def test_more_authorities_take_no_more_queries(client: Client, world: World) -> None:
    client.force_login(world.officer)
    world.opened()
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            page(client, "/authorities")
        counts.append(len(captured))
        AuthorityFactory.create_batch(3, region=world.region)
    assert counts[0] == counts[1] == 8
