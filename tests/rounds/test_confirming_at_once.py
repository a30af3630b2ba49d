"""Two officers confirm at the same moment, and directors answer meanwhile: nobody told twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import close_old_connections, connection

from authorities.states import Role
from peerchallenge.audit.models import Event
from peerchallenge.outbox.models import Effect
from peerchallenge.shared.answers import Refused
from rounds import actions, queries
from rounds.models import Round, Scenario, ScenarioMatch
from rounds.states import ChallengeState
from tests.world import World, fresh

at_once = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite lets one writer in at a time"
)
C = ChallengeState


def together(*acts: Callable[[], object]) -> list[object]:
    """Each in a thread and a connection of its own, started at the same moment."""
    ready = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        close_old_connections()
        ready.wait()
        try:
            return act()
        except (Refused, actions.MatchesChanged) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def promised() -> Counter[tuple[str, int]]:
    told = ("rounds.offer_to_host", "rounds.offer_to_challenger", "rounds.tell_host_cancelled")
    found = Effect.objects.filter(task__in=told)
    return Counter(found.values_list("task", "argument"))


def other_ring(round: Round, world: World) -> Scenario:
    members = list(round.participations.order_by("authority__dfe_code"))
    scenario = Scenario.objects.create(round=round, name="Other", created_by=world.officer)
    for place, host in enumerate(members):
        ScenarioMatch.objects.create(
            scenario=scenario, host=host, challenger=members[(place + 2) % len(members)]
        )
    return scenario


@at_once
@pytest.mark.django_db(transaction=True)
def test_of_officers_who_confirm_at_once_one_tells_and_the_others_hear_it_is_done() -> None:
    world = World(size=5)
    round = world.proposed()
    officers = [world.officer, *(world.person(Role.BOARD_OFFICER) for _ in range(3))]
    seen = queries.offers_version(queries.published_in(round))
    answers = together(
        *(
            lambda by=by: actions.confirm_matches(round, version=seen, by=fresh(by))
            for by in officers
        )
    )
    assert sum(isinstance(answer, list) for answer in answers) == 1
    assert sum(isinstance(answer, actions.MatchesChanged) for answer in answers) == 3
    assert set(promised().values()) == {1}
    assert len(promised()) == 10
    assert Event.objects.filter(verb="challenge.offered").count() == 5


@at_once
@pytest.mark.django_db(transaction=True)
def test_of_two_scenarios_published_at_once_one_is() -> None:
    world = World(size=5)
    round = world.proposed()
    first, second = queries.published_in(round), other_ring(round, world)
    actions.take_back_scenario(first, by=world.officer)
    together(
        *(
            lambda one=one: actions.publish_scenario(one, by=fresh(world.officer))
            for one in (first, second, first, second)
        )
    )
    published = Scenario.objects.get(published_at__isnull=False)
    pairs = set(published.matches.values_list("host", "challenger"))
    proposed = round.challenges.filter(state=C.PROPOSED).values_list("host", "challenger")
    assert set(proposed) == pairs
    assert len(pairs) == 5


@at_once
@pytest.mark.django_db(transaction=True)
def test_an_answer_given_while_an_offer_is_taken_back_comes_before_or_not_at_all() -> None:
    world = World(size=5)
    round = world.offered()
    actions.publish_scenario(other_ring(round, world), by=world.officer)
    before = list(round.challenges.live().with_both_sides())
    directors = [world.director_of(one.host_authority) for one in before]
    answers = together(
        lambda: actions.confirm_matches(round, by=fresh(world.officer)),
        *(
            lambda one=one, by=by: actions.decline_challenge(one, reason="No.", by=fresh(by))
            for one, by in zip(before[:2], directors[:2], strict=True)
        ),
        *(
            lambda one=one, by=by: actions.accept_challenge(one, by=fresh(by))
            for one, by in zip(before[2:], directors[2:], strict=True)
        ),
    )
    assert isinstance(answers[0], list)
    for one, answer in zip(before[:2], answers[1:3], strict=True):
        one.refresh_from_db()
        assert one.state == (C.CANCELLED if isinstance(answer, Refused) else C.DECLINED)
    assert set(
        round.challenges.filter(pk__in=[one.pk for one in before[2:]]).values_list(
            "state", flat=True
        )
    ) == {C.CANCELLED}
    assert round.challenges.live().count() == 5
    assert set(promised().values()) == {1}
