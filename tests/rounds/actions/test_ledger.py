"""Entering what was held before the rounds were run here, and taking it out again."""

from __future__ import annotations

from datetime import date

import pytest

from peerchallenge.audit.models import Event
from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.models import EarlierChallenge
from rounds.queries.earlier import Entry
from tests.factories import AuthorityFactory
from tests.world import World

DAY = date(2013, 2, 4)


@pytest.fixture
def entry(world: World) -> Entry:
    one, other, _ = world.authorities
    return Entry(one.pk, other.pk, DAY, "Winter", 4)


def test_each_challenge_entered_is_in_the_record(world: World, entry: Entry) -> None:
    other = Entry(entry.challenger, entry.host, DAY)
    made = actions.enter_earlier_challenges(world.region, [entry, other], by=world.officer)
    events = Event.objects.filter(verb="earlier_challenge.entered").order_by("subject_id")
    assert [event.subject_id for event in events] == [one.pk for one in made]
    assert {event.by_user_id for event in events} == {world.officer.pk}
    first = EarlierChallenge.objects.get(host=entry.host)
    assert (first.challenger_id, first.round_name, first.days, first.entered_by) == (
        entry.challenger,
        "Winter",
        4,
        world.officer,
    )


def test_entered_twice_it_is_there_once(world: World, entry: Entry) -> None:
    again = Entry(entry.host, entry.challenger, DAY, "Summer", 9)
    actions.enter_earlier_challenges(world.region, [entry, again], by=world.officer)
    assert actions.enter_earlier_challenges(world.region, [again], by=world.officer) == []
    assert EarlierChallenge.objects.get().round_name == "Winter"


def test_nobody_else_enters_or_removes_any(world: World, entry: Entry) -> None:
    (made,) = actions.enter_earlier_challenges(world.region, [entry], by=world.officer)
    for person in (world.chair, world.approver, world.directors[0], World(size=0).officer):
        with pytest.raises(Refused, match="Only an officer of the board"):
            actions.enter_earlier_challenges(world.region, [entry], by=person)
        with pytest.raises(Refused, match="Only an officer of the board"):
            actions.remove_earlier_challenge(made, by=person)
    assert EarlierChallenge.objects.count() == 1


def test_another_regions_authority_is_refused(world: World, entry: Entry) -> None:
    elsewhere = Entry(entry.host, AuthorityFactory().pk, DAY)
    with pytest.raises(Refused, match="is not of this region"):
        actions.enter_earlier_challenges(world.region, [entry, elsewhere], by=world.officer)
    assert not EarlierChallenge.objects.exists()


def test_removed_twice_it_is_recorded_once(world: World, entry: Entry) -> None:
    (made,) = actions.enter_earlier_challenges(world.region, [entry], by=world.officer)
    for _ in range(2):
        actions.remove_earlier_challenge(made, by=world.officer)
    event = Event.objects.get(verb="earlier_challenge.removed")
    assert event.details["what"].startswith(str(world.authorities[1]))
    assert not EarlierChallenge.objects.exists()
