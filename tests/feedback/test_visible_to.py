"""Who finds a letter or a finding at all; for everybody else it does not exist."""

from __future__ import annotations

from django.utils import timezone

from feedback.models import Finding, Letter
from feedback.states import LetterState
from rounds.models import Challenge
from rounds.states import ChallengeState
from tests.feedback.conftest import PERSONAS, cast
from tests.world import World, fresh

L = LetterState
TEAM = {"lead", "member"}
HOST = {"director", "authority_officer", "lead_member"}
# Sealed states last: the database lets nothing come back from there.
SEEN_IN = {
    L.DRAFTING: TEAM,
    L.WITH_HOST: TEAM | HOST,
    L.WITH_TEAM: TEAM | HOST,
    L.CHECKED: TEAM | HOST | {"approver"},
    L.APPROVED: TEAM | HOST | {"approver"},
    L.ISSUING: TEAM | HOST | {"approver"},
    L.ISSUED: TEAM | HOST | {"approver", "officer"},
    L.SHARED: TEAM | HOST | {"approver", "officer"},
    L.PUBLISHED: TEAM | HOST | {"approver", "officer"},
    L.SUPERSEDED: TEAM | HOST | {"approver", "officer"},
}


def test_a_letter_is_seen_by_these_people_in_each_state(world: World) -> None:
    letter = world.letter_issuing()
    Letter.objects.filter(pk=letter.pk).update(pdf=b"x", sha256="0" * 64, sealed_at=timezone.now())
    everybody = cast(world, letter.challenge)
    seen = {}
    for state in SEEN_IN:
        Letter.objects.filter(pk=letter.pk).update(state=state)
        seen[state] = {
            name
            for name in PERSONAS
            if Letter.objects.visible_to(fresh(everybody[name])).filter(pk=letter.pk).exists()
        }
    assert seen == SEEN_IN
    assert set(seen) == set(LetterState)


def test_a_letter_is_found_once_by_somebody_who_sees_it_in_two_ways(world: World) -> None:
    letter = world.letter_checked()
    director = world.director_of(letter.challenge.host_authority)
    world.region.memberships.create(user=director, role="approver", from_date=timezone.localdate())
    assert Letter.objects.visible_to(fresh(director)).count() == 1


def test_an_approver_of_another_region_sees_nothing(world: World) -> None:
    letter = world.letter_checked()
    other = World(size=3)
    assert not Letter.objects.visible_to(other.approver).filter(pk=letter.pk).exists()


def test_the_team_sees_letter_and_findings_while_the_challenge_is_open(world: World) -> None:
    letter = world.letter_drafted()
    lead = world.lead_of(letter.challenge)
    open_in = set()
    for state in ChallengeState:
        Challenge.objects.filter(pk=letter.challenge_id).update(state=state)
        found = Finding.objects.visible_to(fresh(lead)).exists()
        assert Letter.objects.visible_to(fresh(lead)).exists() == found
        open_in |= {state} if found else set()
    assert open_in == {
        ChallengeState.ACCEPTED,
        ChallengeState.SCOPED,
        ChallengeState.READY,
        ChallengeState.ON_SITE,
        ChallengeState.FED_BACK,
        ChallengeState.LETTER,
        ChallengeState.ACTION_PLANNING,
        ChallengeState.AWAITING_REVISIT,
        ChallengeState.POSTPONED,
    }


def test_a_seat_that_has_ended_sees_nothing(world: World) -> None:
    letter = world.letter_drafted()
    member = world.member_of(letter.challenge)
    assert Letter.objects.visible_to(fresh(member)).exists()
    yesterday = timezone.localdate() - timezone.timedelta(days=1)
    letter.challenge.team.filter(user=member).update(to_date=yesterday)
    assert not Letter.objects.visible_to(fresh(member)).exists()
    assert not Finding.objects.visible_to(fresh(member)).exists()


def test_findings_are_seen_by_the_team_alone(world: World) -> None:
    challenge = world.visited()
    everybody = cast(world, challenge)
    seen = {
        name for name in PERSONAS if Finding.objects.visible_to(fresh(everybody[name])).exists()
    }
    assert seen == TEAM
