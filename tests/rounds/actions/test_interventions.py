"""The officer's word that an authority in intervention may challenge all the same."""

from __future__ import annotations

import pytest

from peerchallenge.audit.models import Event
from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.models import Capacity, Participation, Round
from rounds.queries.interventions import word_on
from rounds.states import RoundState
from tests.world import World, fresh

REASON = "tokreason: its help for care leavers is untouched"


def test_the_word_is_kept_with_who_when_and_why(world: World, part: Participation) -> None:
    actions.allow_despite_intervention(part, reason=REASON, by=world.officer)
    capacity = Capacity.objects.get(participation=part)
    assert capacity.despite_intervention_by == world.officer
    word = word_on(part)
    assert word is not None
    assert (word.who, word.reason) == (world.officer.name, REASON)


def test_said_twice_the_first_stays(world: World, part: Participation) -> None:
    for reason in (REASON, "Another reason"):
        actions.allow_despite_intervention(part, reason=reason, by=world.officer)
    assert Event.objects.filter(verb="participation.allowed_despite_intervention").count() == 1
    word = word_on(part)
    assert word is not None
    assert word.reason == REASON


def test_withdrawn_it_is_gone_and_both_stay_on_record(world: World, part: Participation) -> None:
    actions.allow_despite_intervention(part, reason=REASON, by=world.officer)
    actions.withdraw_word(part, by=world.officer)
    assert word_on(part) is None
    assert Event.objects.filter(verb="participation.word_withdrawn").count() == 1
    with pytest.raises(Refused, match="No officer has said"):
        actions.withdraw_word(part, by=world.officer)


def test_given_again_the_newest_reason_counts(world: World, part: Participation) -> None:
    actions.allow_despite_intervention(part, reason="First", by=world.officer)
    actions.withdraw_word(part, by=world.officer)
    actions.allow_despite_intervention(part, reason="Second", by=world.officer)
    word = word_on(part)
    assert word is not None
    assert word.reason == "Second"


def test_what_the_authority_said_itself_stays(world: World, part: Participation) -> None:
    Capacity.objects.create(participation=part, gives_most=2, note="One team")
    actions.allow_despite_intervention(part, reason=REASON, by=world.officer)
    capacity = Capacity.objects.get(participation=part)
    assert (capacity.gives_most, capacity.note, capacity.version) == (2, "One team", 0)


def test_only_an_officer_and_only_while_the_round_is_matched(
    world: World, part: Participation
) -> None:
    for person in (world.chair, world.directors[0], World(size=0).officer):
        with pytest.raises(Refused, match="Only an officer of the board"):
            actions.allow_despite_intervention(part, reason=REASON, by=fresh(person))
    Round.objects.update(state=RoundState.CLOSED)
    with pytest.raises(Refused, match="ends when the round does"):
        actions.allow_despite_intervention(part, reason=REASON, by=world.officer)
    assert not Capacity.objects.exists()


def test_only_an_officer_takes_the_word_back(world: World, part: Participation) -> None:
    actions.allow_despite_intervention(part, reason=REASON, by=world.officer)
    for person in (world.chair, world.directors[0], World(size=0).officer):
        with pytest.raises(Refused, match="Only an officer of the board"):
            actions.withdraw_word(part, by=fresh(person))
    assert word_on(part) is not None
