"""What the matching knows of a round: all that came in, nothing that has not been sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from authorities.models import Authority, Border, Intervention, Neighbour
from rounds import actions
from rounds.matching import solve
from rounds.matching.facts import Place, RoundFacts
from rounds.matching.weighing import problem_of
from rounds.models import (
    PRESETS,
    Capacity,
    Challenge,
    Exclusion,
    FellowChallenger,
    HostPreference,
    PriorityArea,
    Question,
    Scenario,
    ScenarioMatch,
    StrengthOffered,
    Unavailable,
    WrittenAnswer,
)
from rounds.queries.weighing import facts_of, members_by_id, pairs_in, settings_of
from rounds.states import ChallengeState, Leaning, ParticipationState
from tests.rounds.queries.known import YEAR, codes, declared, held, members, side
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def test_a_new_round_asks_one_challenge_of_everybody(world: World) -> None:
    round = world.opened()
    facts = facts_of(round)
    assert sorted(facts.sides) == sorted(members_by_id(round)) == sorted(codes(world))
    assert {(side.gives_least, side.gives_most) for side in facts.sides.values()} == {(1, 1)}
    assert (facts.topology, facts.challengers_per_host, facts.visit_days) == ("directed", 1, 2)
    assert not facts.mutual_allowed
    assert solve(problem_of(facts, settings_of(None, round))).status == "optimal"


def test_who_has_withdrawn_is_left_out(world: World) -> None:
    round = world.opened()
    round.participations.filter(authority=world.authorities[0]).update(
        state=ParticipationState.WITHDRAWN
    )
    assert sorted(facts_of(round).sides) == codes(world)[1:]


def test_an_area_is_known_once_the_self_assessment_has_been_sent(world: World) -> None:
    round = world.opened()
    first, second, _ = members(round)
    world.answered(first)
    world.sent(second)
    assert [side(round, place).area for place in range(3)] == ["", "Adoption", ""]


def test_what_it_can_give_is_what_it_said(world: World) -> None:
    round = world.opened()
    first, second, third = members(round)
    Capacity.objects.create(participation=first, gives_most=0)
    Capacity.objects.create(participation=second, gives_least=2)
    Capacity.objects.create(participation=third, gives_most=2)
    sides = [side(round, place) for place in range(3)]
    assert [(one.gives_least, one.gives_most) for one in sides] == [(0, 0), (2, 2), (1, 2)]


@pytest.mark.parametrize(
    ("preset", "expected"),
    [
        ("paired_visits", ("directed", 1, (), False, 1)),
        ("five_day_week", ("directed", 1, (), False, 1)),
        ("top_three", ("pairs", 1, (), True, 1)),
        ("group", ("groups", 3, (3, 4), True, 3)),
        ("challenge_panel", ("panel", 2, (), True, 3)),
    ],
)
def test_the_format_says_who_may_meet_whom(
    world: World, preset: str, expected: tuple[Any, ...]
) -> None:
    round = world.opened()
    round.format_data["topology"] = PRESETS[preset].topology
    round.format_data["rules"] = PRESETS[preset].data["rules"]
    round.save()
    facts = facts_of(round)
    gives = side(round).gives_most
    assert expected == (
        facts.topology,
        facts.challengers_per_host,
        facts.group_sizes,
        facts.mutual_allowed,
        gives,
    )


def test_strengths_offered_in_the_rounds_areas_and_in_areas_of_its_own(world: World) -> None:
    round = world.opened()
    area = PriorityArea.objects.get(round=round, name="Thresholds")
    own = members(round)[0]
    StrengthOffered.objects.create(participation=own, area=area)
    StrengthOffered.objects.create(participation=own, own_area="Kinship care")
    assert side(round).strengths == {"Thresholds", "Kinship care"}
    assert side(round, 1).strengths == frozenset()


def test_what_its_own_answers_lean_to_by_area_once_sent(world: World) -> None:
    round = world.opened()
    area = PriorityArea.objects.get(round=round, name="Thresholds")
    first, second, _ = members(round)
    asked = list(Question.objects.filter(section__round=round)[:4])
    area.questions.set(asked)
    for member in (first, second):
        world.answered(member)
        answers = WrittenAnswer.objects.filter(self_assessment=member.self_assessment)
        answers.filter(question__in=asked[:3]).update(leaning=Leaning.STRENGTH)
        answers.filter(question=asked[2]).update(leaning=Leaning.CONCERN)
    actions.submit_self_assessment(first.self_assessment, by=world.director_of(first.authority))
    assert side(round).leanings == {"Thresholds": pytest.approx(2 / 3)}
    assert side(round, 1).leanings == {}


def test_the_hosts_wishes_in_their_order(world: World) -> None:
    first, second, third = members(world.opened())
    HostPreference.objects.create(participation=first, challenger=second, rank=2)
    HostPreference.objects.create(participation=first, challenger=third, rank=1)
    assert side(first.round).wishes == (codes(world)[2], codes(world)[1])


def test_places_neighbours_and_borders(world: World) -> None:
    one, other, _ = world.authorities
    Authority.objects.filter(pk=one.pk).update(latitude=50, longitude=-6, crossing_minutes=120)
    Neighbour.objects.create(authority=one, neighbour=other, rank=4)
    Border.objects.create(authority=one, other=other)
    facts = facts_of(world.opened())
    ids = (one.dfe_code, other.dfe_code)
    assert facts.sides[ids[0]].place == Place(50, -6, 120)
    assert facts.sides[ids[1]].place is None
    assert facts.neighbours == {ids[0]: {ids[1]: 4}}
    assert facts.borders == {ids, ids[::-1]}


def test_free_days_are_the_windows_working_days_but_for_those_it_cannot(world: World) -> None:
    round = world.opened()
    round.visits_from, round.visits_to = date(2027, 3, 22), date(2027, 4, 2)
    round.save()
    own = {"authority": world.authorities[0], "said_by": world.officer}
    away = {"first_day": date(2027, 3, 20), "last_day": date(2027, 3, 23)}
    Unavailable.objects.create(**own, **away)
    rather_not = {"first_day": date(2027, 3, 24), "last_day": date(2027, 3, 24)}
    Unavailable.objects.create(**own, **rather_not, rather_not=True)
    # Good Friday and Easter Monday are no working days, 29 March to 2 April is one week.
    assert side(round, 1).free_days == {
        *(date(2027, 3, day) for day in (22, 23, 24, 25, 30, 31)),
        *(date(2027, 4, day) for day in (1, 2)),
    }
    assert side(round).free_days == side(round, 1).free_days - {
        date(2027, 3, 22),
        date(2027, 3, 23),
    }


@pytest.mark.parametrize("last", [date(2027, 3, 22), date(2027, 3, 26)])
def test_a_window_too_short_for_any_visits_keeps_nobody_apart(world: World, last: date) -> None:
    """Two visits are five to nine days apart: a week is too short, whoever challenges."""
    round = world.opened()
    round.visits_from, round.visits_to = date(2027, 3, 22), last
    round.save()
    assert side(round).free_days is None


def test_intervention_and_the_officers_word(world: World) -> None:
    round = world.opened()
    today = timezone.localdate()
    first, second, third = members(round)
    Intervention.objects.create(authority=first.authority, from_date=today)
    Intervention.objects.create(authority=second.authority, from_date=today - YEAR, to_date=today)
    Intervention.objects.create(
        authority=third.authority, from_date=today - YEAR, to_date=today - timedelta(days=1)
    )
    Capacity.objects.create(
        participation=second,
        despite_intervention_at=timezone.now(),
        despite_intervention_by=world.officer,
    )
    sides = [side(round, place) for place in range(3)]
    assert [one.in_intervention for one in sides] == [True, True, False]
    assert [one.despite_intervention for one in sides] == [False, True, False]


def test_offers_that_stand_are_previous_and_what_is_on_its_way_is_locked(world: World) -> None:
    round = world.offered()
    pairs = tuple(
        sorted(
            round.challenges.values_list(
                "host__authority__dfe_code", "challenger__authority__dfe_code"
            )
        )
    )
    assert settings_of(None, round).previous == pairs
    assert settings_of(None, round).locked == frozenset()
    on_its_way = world.first(round)
    Challenge.objects.filter(pk=on_its_way.pk).update(state=ChallengeState.READY)
    fellow = round.participations.exclude(
        pk__in=(on_its_way.host_id, on_its_way.challenger_id)
    ).get()
    FellowChallenger.objects.create(challenge=on_its_way, participation=fellow)
    host = on_its_way.host_authority.dfe_code
    assert settings_of(None, round).locked == {
        (host, on_its_way.challenger_authority.dfe_code),
        (host, fellow.authority.dfe_code),
    }


def test_a_scenario_says_what_counts_what_is_locked_and_who_is_kept_apart(world: World) -> None:
    round = world.opened()
    first, second, third = members(round)
    scenario = Scenario.objects.create(
        round=round,
        name="Near",
        weights={"travel": 9},
        worst_first=False,
        created_by=world.officer,
    )
    ScenarioMatch.objects.create(scenario=scenario, host=first, challenger=second, locked=True)
    ScenarioMatch.objects.create(scenario=scenario, host=second, challenger=third)
    Exclusion.objects.create(scenario=scenario, host=third, challenger=first)
    a, b, c = codes(world)
    settings = settings_of(scenario, round)
    assert (settings.weight("travel"), settings.weight("strength")) == (9, 5)
    assert not settings.worst_first
    assert (settings.locked, settings.excluded) == ({(a, b)}, {(c, a)})
    assert settings.previous == ()
    assert pairs_in(scenario) == ((a, b), (b, c))


@pytest.mark.parametrize("size", [3, 16])
def test_facts_take_the_same_queries_however_many_take_part(
    size: int, django_assert_num_queries: Any
) -> None:
    world = World(size)
    round = world.opened()
    for member, other in zip(members(round), members(round)[1:], strict=False):
        Capacity.objects.create(participation=member, gives_most=2)
        StrengthOffered.objects.create(participation=member, own_area="Kinship care")
        HostPreference.objects.create(participation=member, challenger=other, rank=1)
        declared(world, member.authority, other.authority)
        held(world, member.authority, other.authority, 1, days=2)
    with django_assert_num_queries(15):
        facts = facts_of(round)
    with django_assert_num_queries(2):
        settings_of(None, round)
    assert isinstance(facts, RoundFacts)
    assert len(facts.earlier) == size - 1
    assert replace(facts, sides={}) != facts
