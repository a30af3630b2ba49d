"""Several people press at once: a visit is postponed once, and gets its new days once."""

from __future__ import annotations

from datetime import date

import pytest

from peerchallenge.outbox.models import Effect
from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.models import Challenge, DateOffer, Postponement, VisitDay
from rounds.states import ChallengeState
from tests.rounds.test_confirming_at_once import at_once, together
from tests.world import World, fresh

SNOW = {"kind": "other", "reason": "Snow"}


def booked(world: World) -> Challenge:
    challenge = world.first(world.booked())
    for phase, day in (("day1", date(2031, 6, 3)), ("feedback", date(2031, 6, 10))):
        VisitDay.objects.filter(challenge=challenge, phase=phase).update(day=day)
    return challenge


def offered(world: World, challenge: Challenge) -> list[DateOffer]:
    """One date, in the round's window, as an officer had it found."""
    postponement = actions.postpone_challenge(challenge, **SNOW, by=world.officer)
    last = challenge.round.visits_to
    monday = last.toordinal() - last.weekday() - 21
    days = {"day1": date.fromordinal(monday + 3), "feedback": date.fromordinal(monday + 10)}
    actions.offer_dates(postponement, [days], by=world.officer)
    return list(postponement.offers.all())


@at_once
@pytest.mark.django_db(transaction=True)
def test_of_those_who_postpone_at_once_one_does_and_the_others_hear_it_is_done() -> None:
    world = World()
    challenge = booked(world)
    people = [
        world.officer,
        world.lead_of(challenge),
        *(fresh(world.director_of(side.authority)) for side in challenge.sides),
    ]
    answers = together(
        *(
            lambda one=one: actions.postpone_challenge(challenge, **SNOW, by=fresh(one))
            for one in people
        )
    )
    assert sum(isinstance(answer, Postponement) for answer in answers) == 1
    assert sum(isinstance(answer, Refused) for answer in answers) == 3
    assert Postponement.objects.count() == 1
    assert Effect.objects.filter(task="rounds.tell_host_postponed").count() == 1


@at_once
@pytest.mark.django_db(transaction=True)
def test_both_directors_answer_at_once_and_the_days_are_set_once() -> None:
    world = World()
    challenge = booked(world)
    [offer] = offered(world, challenge)
    before = Effect.objects.filter(task="rounds.tell_host_dates").count()
    directors = [fresh(world.director_of(side.authority)) for side in challenge.sides]
    together(
        *(
            lambda one=one: actions.answer_dates(challenge, {offer.pk: True}, by=one)
            for one in directors
        )
    )
    found = world.again(challenge)
    assert (found.state, found.dates_sent, found.days.count()) == (ChallengeState.ACCEPTED, True, 2)
    assert Effect.objects.filter(task="rounds.tell_host_dates").count() == before + 1


@at_once
@pytest.mark.django_db(transaction=True)
def test_an_officer_who_chooses_while_a_director_answers_makes_no_second_visit() -> None:
    world = World()
    challenge = booked(world)
    [offer] = offered(world, challenge)
    host, challenger = (fresh(world.director_of(side.authority)) for side in challenge.sides)
    actions.answer_dates(challenge, {offer.pk: True}, by=host)
    days = {phase: date.fromisoformat(day) for phase, day in offer.days.items()}
    together(
        lambda: actions.choose_dates(challenge, days, by=fresh(world.officer)),
        lambda: actions.answer_dates(challenge, {offer.pk: True}, by=challenger),
    )
    found = world.again(challenge)
    assert dict(found.days.values_list("phase", "day")) == days
    assert found.postponements.get().resumed_at
