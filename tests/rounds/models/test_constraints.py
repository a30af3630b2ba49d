"""What the database refuses, whatever the code above it thinks."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from rounds.models import (
    Challenge,
    GivenSection,
    Participation,
    PriorityArea,
    Round,
    TeamMember,
    VisitDay,
)
from rounds.states import LIVE, ChallengeState, GivenState, SelfAssessmentState
from tests.factories import UserFactory
from tests.world import World


def refused(constraint: str) -> pytest.RaisesExc[IntegrityError]:
    return pytest.raises(IntegrityError, match=constraint)


def test_a_window_for_visits_has_days(world: World) -> None:
    round = world.drafted()
    round.visits_from, round.visits_to = date(2027, 3, 2), date(2027, 3, 1)
    with refused("round_window_has_days"):
        round.save()


def test_a_name_is_used_once_in_a_region(world: World) -> None:
    first, second = world.drafted(), world.drafted()
    second.name = first.name
    with refused("round_name_once_in_region"):
        second.save()


def test_two_regions_may_use_the_same_name(world: World) -> None:
    first, other = world.drafted(), World().drafted()
    Round.objects.filter(pk=other.pk).update(name=first.name)
    assert Round.objects.filter(name=first.name).count() == 2


def test_an_area_is_named_once_in_a_round(world: World) -> None:
    with refused("area_named_once_in_round"):
        PriorityArea.objects.create(round=world.drafted(), position=9, name="Adoption")


def test_an_authority_takes_part_once(world: World) -> None:
    with refused("authority_once_in_round"):
        Participation.objects.create(round=world.drafted(), authority=world.authorities[0])


def members(round: Round) -> list[Participation]:
    return list(round.participations.order_by("pk"))


def test_nobody_challenges_itself(world: World) -> None:
    round = world.opened()
    one = members(round)[0]
    with refused("challenge_not_of_oneself"):
        Challenge.objects.create(round=round, host=one, challenger=one)


@pytest.mark.parametrize("state", LIVE)
def test_a_host_has_one_challenge_that_stands(world: World, state: ChallengeState) -> None:
    round = world.opened()
    host, one, other = members(round)
    Challenge.objects.create(round=round, host=host, challenger=one, state=ChallengeState.OFFERED)
    with refused("host_has_one_live_challenge"):
        Challenge.objects.create(round=round, host=host, challenger=other, state=state)


def test_a_host_has_one_challenge_that_is_proposed(world: World) -> None:
    """Beside one that stands, even with the same first challenger: its fellows may be others."""
    round = world.opened()
    host, one, other = members(round)
    Challenge.objects.create(round=round, host=host, challenger=one, state=ChallengeState.OFFERED)
    Challenge.objects.create(round=round, host=host, challenger=one)
    with refused("host_has_one_proposed_challenge"):
        Challenge.objects.create(round=round, host=host, challenger=other)


@pytest.mark.parametrize("state", sorted(set(ChallengeState) - set(LIVE)))
def test_what_does_not_stand_is_in_nobodys_way(world: World, state: ChallengeState) -> None:
    round = world.opened()
    host, one, other = members(round)
    Challenge.objects.create(round=round, host=host, challenger=one, state=ChallengeState.OFFERED)
    Challenge.objects.create(round=round, host=host, challenger=other, state=state)
    assert round.challenges.live().count() == 1


@pytest.mark.parametrize("side", ["host", "challenger"])
@pytest.mark.parametrize("half", ["at", "by"])
def test_an_acceptance_says_when_and_by_whom(
    world: World, side: str, half: str, proposed: Round
) -> None:
    challenge = world.first(proposed)
    value = timezone.now() if half == "at" else world.officer
    setattr(challenge, f"{side}_accepted_{half}", value)
    with refused(f"challenge_{side}_accepted_by_somebody"):
        challenge.save()


def test_a_phase_is_dated_once(world: World, proposed: Round) -> None:
    challenge = world.first(proposed)
    VisitDay.objects.create(challenge=challenge, phase="day1", day=date(2027, 1, 11))
    with refused("phase_dated_once"):
        VisitDay.objects.create(challenge=challenge, phase="day1", day=date(2027, 1, 12))


def test_a_person_has_one_seat_in_a_team(world: World, proposed: Round) -> None:
    challenge, user = world.first(proposed), UserFactory()
    TeamMember.objects.create(challenge=challenge, user=user)
    with refused("one_seat_a_person"):
        TeamMember.objects.create(challenge=challenge, user=user)


def test_a_challenge_has_one_lead(world: World, proposed: Round) -> None:
    challenge = world.first(proposed)
    TeamMember.objects.create(challenge=challenge, user=UserFactory(), seat="lead")
    with refused("one_lead_a_challenge"):
        TeamMember.objects.create(challenge=challenge, user=UserFactory(), seat="lead")


def test_a_self_assessment_is_on_one_area(world: World) -> None:
    self_assessment = members(world.opened())[0].self_assessment
    self_assessment.area = self_assessment.participation.round.areas.first()
    self_assessment.own_area, self_assessment.own_area_reason = "Their own", "Because"
    with refused("self_assessment_one_area"):
        self_assessment.save()


def test_an_area_of_ones_own_has_a_reason(world: World) -> None:
    self_assessment = members(world.opened())[0].self_assessment
    self_assessment.own_area = "Their own"
    with refused("self_assessment_own_area_has_reason"):
        self_assessment.save()


def test_a_self_assessment_is_sent_by_somebody_at_a_time(world: World) -> None:
    self_assessment = members(world.opened())[0].self_assessment
    self_assessment.state = SelfAssessmentState.SUBMITTED
    with refused("self_assessment_sent_at_a_time"), transaction.atomic():
        self_assessment.save()
    self_assessment.submitted_at = timezone.now()
    with refused("self_assessment_submitted_by_somebody"):
        self_assessment.save()


@pytest.mark.parametrize("state", [state for state in GivenState if state != GivenState.ENDED])
def test_a_section_is_with_one_colleague_until_it_is_taken_back(
    world: World, state: GivenState
) -> None:
    own, by = members(world.opened())[0].self_assessment, world.directors[0]
    section = own.participation.round.sections.first()
    fields = {"self_assessment": own, "section": section, "given_by": by}
    GivenSection.objects.create(**fields, user=UserFactory(), state=GivenState.ENDED)
    first = GivenSection.objects.create(**fields, user=UserFactory(), state=state)
    with refused("section_with_one_holder"), transaction.atomic():
        GivenSection.objects.create(**fields, user=UserFactory())
    first.state = GivenState.ENDED
    first.save()
    GivenSection.objects.create(**fields, user=UserFactory())
