"""What each authority gave and received, in challenges and in days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from authorities.models import Authority, Succession
from authorities.states import Role
from rounds import actions
from rounds.models import Challenge, EarlierChallenge, FellowChallenger, Round
from rounds.queries.ledger import (
    Gift,
    Heir,
    Sums,
    Turn,
    carried_over,
    days_of_team,
    gifts_of,
    heir_of,
    sums_by_authority,
)
from rounds.states import ChallengeState
from tests.factories import AuthorityFactory
from tests.world import World

DAYS = st.dates(date(2010, 1, 1), date(2030, 12, 31))
PLACES = st.integers(1, 9)
GIFTS = st.builds(
    Gift,
    giver=PLACES,
    host=PLACES,
    turn=st.builds(Turn, DAYS, st.sampled_from("ab"), st.just("A round")),
    on=DAYS,
    days=st.integers(0, 300),
    challenges=st.integers(0, 1),
    to_come=st.booleans(),
)
DAY = date(2013, 2, 4)
HEIRS = st.dictionaries(PLACES, st.builds(Heir, PLACES, DAYS), max_size=9)


@given(st.lists(GIFTS))
def test_what_is_given_in_all_is_what_is_received_in_all(gifts: list[Gift]) -> None:
    everybody = sum(sums_by_authority(gifts).values(), start=Sums())
    assert everybody.days_given == everybody.days_received == sum(gift.days for gift in gifts)
    assert everybody.challenges_given == everybody.challenges_received
    assert everybody.balance == 0


@given(st.lists(GIFTS), HEIRS)
def test_whoever_carries_on_an_authority_loses_nothing_of_its_past(
    gifts: list[Gift], heirs: dict[int, Heir]
) -> None:
    before = sum(sums_by_authority(gifts).values(), start=Sums())
    after = sum(sums_by_authority(carried_over(gifts, heirs)).values(), start=Sums())
    assert after == before


@given(PLACES, DAYS, HEIRS)
def test_nobody_carries_on_what_happened_after_the_day(
    authority: int, on: date, heirs: dict[int, Heir]
) -> None:
    found = heir_of(authority, on, heirs)
    if found == authority:
        return
    assert on < heirs[authority].on


@given(
    st.lists(PLACES, min_size=1, unique=True),
    st.dictionaries(PLACES, st.integers(0, 9)),
    st.integers(0, 5),
)
def test_everybody_who_challenges_gives_at_least_the_days_on_site(
    challengers: list[int], seats: dict[int, int], on_site: int
) -> None:
    days = days_of_team(challengers, seats, on_site)
    assert all(days[one] == max(1, seats.get(one, 0)) * on_site for one in challengers)
    assert {one for one in days if one not in challengers} <= set(seats)


@pytest.mark.parametrize(
    ("sums", "words"),
    [
        (Sums(), "Neither gave nor received yet"),
        (Sums(1, 1, 4, 4), "Gave as many days as it received"),
        (Sums(1, 1, 5, 4), "Gave 1 day more than it received"),
        (Sums(1, 1, 2, 6), "Received 4 days more than it gave"),
    ],
)
def test_a_balance_is_said_in_words(sums: Sums, words: str) -> None:
    assert sums.in_words == words


def earlier(world: World, host: Authority, challenger: Authority, on: date, days: int) -> None:
    EarlierChallenge.objects.create(
        region=world.region,
        host=host,
        challenger=challenger,
        held_on=on,
        days=days,
        round_name="Winter 2012 to 2013",
        entered_by=world.officer,
    )


def test_an_offer_counts_once_both_sides_have_accepted(world: World, accepted: Round) -> None:
    challenge = world.first(accepted)
    Challenge.objects.exclude(pk=challenge.pk).update(state=ChallengeState.OFFERED)
    host, challenger = challenge.host_authority, challenge.challenger_authority
    # Two visits of a day each, with nobody named yet.
    assert sums_by_authority(gifts_of(world.region)) == {
        host.pk: Sums(0, 1, 0, 2),
        challenger.pk: Sums(1, 0, 2, 0, 2),
    }


def test_the_days_on_site_count_for_each_of_an_authoritys_people(
    world: World, accepted: Round
) -> None:
    challenge = world.first(accepted)
    challenger = challenge.challenger_authority
    lead = world.person(Role.REVIEWER, challenger)
    actions.name_lead(challenge, lead, by=world.director_of(challenger))
    for _ in range(2):
        member = world.person(Role.REVIEWER, challenger)
        actions.seat_team_member(challenge, member, by=world.director_of(challenger))
    given = {gift.giver: gift.days for gift in gifts_of(world.region)}
    assert given[challenger.pk] == 6


def test_people_on_anothers_team_give_days_and_no_challenge(world: World, accepted: Round) -> None:
    challenge = world.first(accepted)
    third = next(
        one
        for one in world.authorities
        if one not in (challenge.host_authority, challenge.challenger_authority)
    )
    partner = world.person(Role.REVIEWER, third)
    challenge.team.create(user=partner, seat="member")
    found = [gift for gift in gifts_of(world.region) if gift.host == challenge.host.authority_id]
    assert [(gift.giver, gift.days, gift.challenges) for gift in found] == [
        (challenge.challenger.authority_id, 2, 1),
        (third.pk, 2, 0),
    ]


def test_a_seat_that_ended_before_the_visit_gave_nothing(world: World) -> None:
    challenge = world.first(world.booked())
    challenger = challenge.challenger.authority_id
    member = challenge.team.get(seat="member")
    first_day = challenge.days.first().day
    assert days_of(world, challenge)[challenger] == 4
    member.to_date = first_day - timedelta(days=1)
    member.from_date = first_day - timedelta(days=9)
    member.save()
    assert days_of(world, challenge)[challenger] == 2


def days_of(world: World, challenge: Challenge) -> dict[int, int]:
    return {
        gift.giver: gift.days
        for gift in gifts_of(world.region)
        if gift.host == challenge.host.authority_id
    }


def test_a_challenger_beside_the_first_gives_a_challenge_too(world: World, accepted: Round) -> None:
    challenge = world.first(accepted)
    third = accepted.participations.exclude(pk__in=[challenge.host_id, challenge.challenger_id])
    FellowChallenger.objects.create(challenge=challenge, participation=third.get())
    found = sums_by_authority(
        gift for gift in gifts_of(world.region) if gift.host == challenge.host.authority_id
    )
    assert found[challenge.host.authority_id] == Sums(0, 2, 0, 4)


def test_those_who_carry_on_have_the_past_of_those_who_are_no_more(world: World) -> None:
    old, new, other = world.authorities
    Succession.objects.create(before=old, after=new, on=date(2019, 4, 1), event="merged")
    earlier(world, other, old, DAY, 4)
    earlier(world, old, other, date(2019, 5, 1), 1)
    assert sums_by_authority(gifts_of(world.region)) == {
        new.pk: Sums(1, 0, 4, 0),
        other.pk: Sums(1, 1, 1, 4),
        old.pk: Sums(0, 1, 0, 1),
    }


@pytest.mark.parametrize("event", ["split", "part_transferred"])
def test_what_was_split_leaves_its_past_where_it_was(world: World, event: str) -> None:
    old, new, other = world.authorities
    Succession.objects.create(before=old, after=new, on=date(2019, 4, 1), event=event)
    earlier(world, other, old, DAY, 4)
    assert [gift.host for gift in gifts_of(world.region)] == [other.pk]
    assert [gift.giver for gift in gifts_of(world.region)] == [old.pk]


def test_another_regions_past_is_not_counted(world: World) -> None:
    elsewhere = World()
    earlier(elsewhere, *elsewhere.authorities[:2], DAY, 3)
    assert gifts_of(world.region) == []


def test_the_ledger_asks_as_often_for_one_challenge_as_for_many(world: World) -> None:
    round = world.booked()
    first, *_, last = round.challenges.order_by("pk")
    FellowChallenger.objects.create(challenge=first, participation=last.host)
    for _ in range(3):
        earlier(world, AuthorityFactory(region=world.region), world.authorities[0], DAY, 2)
    with CaptureQueriesContext(connection) as many:
        gifts_of(world.region)
    round.challenges.exclude(pk=world.first(round).pk).update(state=ChallengeState.CANCELLED)
    EarlierChallenge.objects.first().delete()
    with CaptureQueriesContext(connection) as one:
        gifts_of(world.region)
    assert len(many) == len(one) == 7
