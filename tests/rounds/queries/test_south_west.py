"""The South West's first round kept in the database: the same problem as the one on file."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from authorities.actions import load_facts
from authorities.models import Authority, Region
from authorities.states import Role
from bench.published import AREAS, AUTUMN_2012, BATH, DORSET, KNOWN, SOUTH_WEST_2012, as_json
from rounds import actions
from rounds.matching import solve
from rounds.matching.weighing import in_a_word, problem_of
from rounds.models import PRESETS, Round, Scenario, ScenarioMatch, SelfAssessment
from rounds.queries.weighing import facts_of, members_by_id, settings_of
from rounds.states import SelfAssessmentState
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> object:
    load_facts()
    user = UserFactory()
    region = Region.objects.get(slug="south-west")
    MembershipFactory(user=user, role=Role.BOARD_OFFICER, region=region)
    return user


@pytest.fixture
def scenario(officer: object) -> Scenario:
    """The round as its officer knew it in the autumn of 2012, with two matches locked."""
    region = Region.objects.get(slug="south-west")
    round: Round = actions.start_round(
        region,
        PRESETS["paired_visits"],
        name="Winter 2012 to 2013",
        authorities=list(Authority.objects.filter(region=region).open_on(AUTUMN_2012)),
        areas=[],
        self_assessment_due=date(2012, 11, 30),
        visits_from=date(2013, 1, 7),
        visits_to=date(2013, 3, 28),
        by=officer,
    )
    members = members_by_id(round)
    for code, area in AREAS.items():
        SelfAssessment.objects.filter(participation=members[code]).update(
            own_area=area,
            own_area_reason="Chosen by the authority.",
            state=SelfAssessmentState.SUBMITTED,
            submitted_at=timezone.now(),
            submitted_by=officer,
        )
    scenario = Scenario.objects.create(round=round, name="As it was", created_by=officer)
    for host, challenger in KNOWN:
        ScenarioMatch.objects.create(
            scenario=scenario, host=members[host], challenger=members[challenger], locked=True
        )
    return scenario


def test_it_is_the_problem_on_file(scenario: Scenario) -> None:
    facts = facts_of(scenario.round)
    assert len(facts.sides) == 16
    problem = problem_of(facts, settings_of(scenario, scenario.round))
    assert as_json(problem) == SOUTH_WEST_2012.read_text()


def test_it_is_matched_around_the_two_that_are_locked(scenario: Scenario) -> None:
    facts, settings = facts_of(scenario.round), settings_of(scenario, scenario.round)
    solution = solve(problem_of(facts, settings))
    assert solution.status == "optimal"
    assert {pair[:2] for pair in solution.pairs} >= KNOWN
    assert in_a_word(facts, settings, BATH, DORSET) == "38 miles apart"
