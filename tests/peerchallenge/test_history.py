"""Who did what in a round, told without what was written."""

import ast
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from feedback import actions as feedback
from peerchallenge.audit.models import Event
from peerchallenge.queries.history import PER_PAGE, history_of_round
from peerchallenge.queries.sentences_of_history import SENTENCES
from tests.world import (
    ANSWER_TOKEN,
    FINDING_TOKEN,
    LETTER_TOKEN,
    WORDING_TOKEN,
    World,
    fresh,
)

pytestmark = pytest.mark.django_db


def lines(round, **asked) -> list[str]:
    found, page = [], 1
    while True:
        listed = history_of_round(round, page=page, **asked).page
        found += [line.title for line in listed.object_list]
        if not listed.has_next():
            return found
        page += 1


def test_each_act_is_a_sentence_newest_first(world: World) -> None:
    letter = world.letter_issued()
    told = lines(letter.challenge.round)
    host = letter.challenge.host_authority
    assert told[-1] == f"{world.officer.name} started the round"
    assert f"{world.officer.name} invited the authorities" in told
    assert f"{world.approver.name} approved the letter to {host}" in told
    assert f"The system made and sealed the PDF of the letter to {host}" in told
    assert told.index(f"{world.approver.name} approved the letter to {host}") < told.index(
        f"{world.officer.name} invited the authorities"
    )


def test_every_act_of_a_whole_round_has_its_sentence(world: World) -> None:
    world.letter_issued()
    about_a_round = Event.objects.exclude(
        subject_type__in=["authorities.invitation", "authorities.membership", "authorities.user"]
    )
    assert set(about_a_round.values_list("verb", flat=True)) - set(SENTENCES) == set()


def test_every_verb_in_the_code_has_its_sentence() -> None:
    """Also those that a plain round never comes to."""
    verbs = {
        call.args[0].value
        for app in ("rounds", "feedback")
        for path in Path(app, "actions").glob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") == "record"
        and isinstance(call.args[0], ast.Constant)
    }
    assert len(verbs) > 30
    assert verbs - set(SENTENCES) == set()


def test_nothing_that_was_written_is_in_it(client: Client, world: World) -> None:
    letter = world.letter_issued()
    round = letter.challenge.round
    feedback.read_letter(letter, by=world.approver)
    for user in (world.officer, world.chair):
        client.force_login(user)
        for number in (1, 2, 3):
            page = client.get(f"/rounds/{round.pk}/history?saves=1&page={number}").content.decode()
            for token in (ANSWER_TOKEN, FINDING_TOKEN, LETTER_TOKEN, WORDING_TOKEN, "Adoption"):
                assert token not in page


def test_saves_are_shown_when_asked_for(world: World) -> None:
    round = world.opened()
    own = world.authorities[0]
    world.answered(round.participations.get(authority=own))
    wrote = f"{world.directors[0].name} wrote in the self-assessment of {own}"
    assert wrote not in lines(round)
    assert wrote in lines(round, saves=True)


def test_a_finding_that_was_deleted_is_still_told_of(world: World) -> None:
    challenge = world.visited()
    lead, finding = world.lead_of(challenge), challenge.findings.first()
    feedback.delete_finding(finding, by=lead)
    told = lines(challenge.round)
    assert f"{lead.name} deleted a finding for {challenge.host_authority}" in told
    assert told.count(f"{lead.name} recorded a finding for {challenge.host_authority}") == 4


def test_one_authority_can_be_followed(world: World) -> None:
    letter = world.letter_with_host()
    round, (first, second, third) = letter.challenge.round, world.authorities
    told = lines(round, authority=third.pk)
    assert any(f"sent the self-assessment of {third}" in line for line in told)
    assert not any(f"self-assessment of {first}" in line for line in told)
    assert not any(f"letter to {first}" in line for line in told)
    assert any(f"{first} challenges {third}" in line for line in told)
    assert not any("started the round" in line for line in told)
    assert lines(round, authority=999_999) == []
    assert any(f"letter to {first}" in line for line in lines(round, authority=first.pk))
    assert not any(f"letter to {first}" in line for line in lines(round, authority=second.pk))


def test_the_board_reads_it_and_others_are_told_why_not(client: Client, world: World) -> None:
    round = world.teamed()
    path = f"/rounds/{round.pk}/history"
    for user, status in (
        (world.officer, 200),
        (world.chair, 200),
        (world.approver, 403),
        (world.directors[0], 403),
        (world.lead_of(world.first(round)), 403),
    ):
        client.force_login(fresh(user))
        assert client.get(path).status_code == status
    client.force_login(World(1).officer)
    assert client.get(path).status_code == 404


def test_it_comes_in_pages(client: Client, world: World) -> None:
    round = world.opened()
    Event.objects.bulk_create(
        Event(verb="round.changed", subject_type="rounds.round", subject_id=round.pk)
        for _ in range(PER_PAGE)
    )
    client.force_login(world.officer)
    answer = client.get(f"/rounds/{round.pk}/history?saves=1&page=1")
    page = answer.content.decode()
    assert page.count("app-timeline__item") == PER_PAGE
    assert "?saves=True&amp;page=2" in page
    assert client.get(f"/rounds/{round.pk}/history?saves=1&page=99999").status_code == 200


@pytest.mark.parametrize("query", ["page=0", "page=x", "authority=-1", "authority=%00", "page=1e9"])
def test_an_address_that_says_nonsense_is_not_found(
    client: Client, world: World, query: str
) -> None:
    round = world.opened()
    client.force_login(world.officer)
    assert client.get(f"/rounds/{round.pk}/history?{query}").status_code == 404


def test_more_events_take_no_more_queries(world: World) -> None:
    round = world.proposed()
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            lines(round)
        counts.append(len(captured))
        Event.objects.bulk_create(
            Event(verb="round.changed", subject_type="rounds.round", subject_id=round.pk)
            for _ in range(3)
        )
    assert counts[0] == counts[1]
