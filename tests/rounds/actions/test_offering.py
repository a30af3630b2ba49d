"""What an authority can give: said, changed, never over somebody else's words unseen."""

from __future__ import annotations

import pytest

from authorities.models import User
from peerchallenge.audit.actions import history_of
from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.models import Capacity, Participation, Round
from rounds.queries.offering import (
    Strength,
    Wish,
    strengths_mark,
    strengths_of,
    wishes_mark,
    wishes_of,
)
from tests.world import World


def others(part: Participation) -> list[Participation]:
    return list(part.round.participations.exclude(pk=part.pk).order_by("authority__name"))


def strengths(part: Participation, *rows: Strength, by: User, seen: str | None = None) -> None:
    seen = strengths_mark(strengths_of(part)) if seen is None else seen
    actions.say_strengths(part, rows, seen=seen, by=by)


def wishes(part: Participation, *rows: Wish, by: User, seen: str | None = None) -> None:
    seen = wishes_mark(wishes_of(part)) if seen is None else seen
    actions.wish_for_challengers(part, rows, seen=seen, by=by)


def verbs(part: Participation) -> list[str]:
    return [one.verb for one in history_of(part) if one.verb.startswith("offer.")]


def test_nothing_special_is_one_press_and_a_second_changes_nothing(
    part: Participation, director: User, colleague: User
) -> None:
    actions.give_as_asked(part, by=director)
    capacity = actions.give_as_asked(part, by=colleague)
    assert (capacity.gives_least, capacity.gives_most, capacity.note) == (None, None, "")
    assert capacity.answered_by == director
    assert verbs(part) == ["offer.as_asked"]


def test_numbers_and_note_are_kept_with_who_said_them(part: Participation, director: User) -> None:
    given = {"least": 0, "most": 2, "note": "Our lead is on leave in May."}
    capacity = actions.say_numbers(part, **given, version=0, by=director)
    assert (capacity.gives_least, capacity.gives_most, capacity.version) == (0, 2, 1)
    assert capacity.answered_by == director
    # Said once more, from a page that is older by now.
    actions.say_numbers(part, **given, version=0, by=director)
    assert verbs(part) == ["offer.numbers_said"]


def test_another_number_said_meanwhile_is_not_overwritten(
    part: Participation, director: User, colleague: User
) -> None:
    actions.say_numbers(part, least=1, most=2, note="", version=0, by=colleague)
    with pytest.raises(actions.OfferChanged):
        actions.say_numbers(part, least=0, most=0, note="", version=0, by=director)
    assert part.capacity.gives_most == 2
    actions.say_numbers(part, least=0, most=0, note="", version=1, by=director)
    assert Capacity.objects.get(participation=part).gives_most == 0


@pytest.mark.parametrize(("least", "most"), [(2, 1), (3, 0)])
def test_the_least_is_not_more_than_the_most(
    part: Participation, director: User, least: int, most: int
) -> None:
    with pytest.raises(Refused, match="cannot be more than the most"):
        actions.say_numbers(part, least=least, most=most, note="", version=0, by=director)


def test_an_officer_writes_down_what_the_board_was_told(
    world: World, part: Participation, director: User
) -> None:
    actions.say_numbers(part, least=None, most=None, note="As always", version=0, by=director)
    actions.say_numbers_for(part, least=1, most=2, version=1, by=world.officer)
    capacity = Capacity.objects.get(participation=part)
    assert (capacity.gives_most, capacity.note) == (2, "As always")
    assert capacity.answered_by == world.officer
    assert verbs(part)[0] == "offer.numbers_said_for"


def test_only_an_officer_of_the_board_writes_down_numbers_for_others(
    world: World, part: Participation, director: User
) -> None:
    for person in (world.chair, director, World(size=0).officer):
        with pytest.raises(Refused, match="Only an officer of the board"):
            actions.say_numbers_for(part, least=1, most=2, version=0, by=person)
    assert not Capacity.objects.exists()


def test_strengths_are_the_rounds_areas_or_their_own(part: Participation, director: User) -> None:
    adoption, *_ = part.round.areas.all()
    strengths(part, Strength(None, "Data"), Strength(adoption, "", "We place fast."), by=director)
    assert [(one.name, one.evidence) for one in strengths_of(part)] == [
        ("Adoption", "We place fast."),
        ("Data", ""),
    ]
    assert part.capacity.answered_by == director
    strengths(part, by=director)
    assert not part.strengths.exists()
    assert verbs(part) == ["offer.strengths_said"] * 2


def test_two_lists_of_strengths_do_not_replace_one_another(
    part: Participation, director: User, colleague: User
) -> None:
    empty = strengths_mark([])
    strengths(part, Strength(None, "Data"), by=colleague)
    with pytest.raises(actions.OfferChanged):
        strengths(part, Strength(None, "Fostering"), by=director, seen=empty)
    # The same, said from an older page, is no quarrel.
    strengths(part, Strength(None, "Data"), by=director, seen=empty)
    assert [str(one) for one in part.strengths.all()] == ["Data"]


def test_an_area_of_another_round_is_refused(
    world: World, part: Participation, director: User
) -> None:
    foreign = World().opened().areas.first()
    with pytest.raises(Refused, match="no longer among the areas"):
        strengths(part, Strength(foreign), by=director)


def test_an_area_taken_out_becomes_an_area_of_their_own(
    world: World, part: Participation, director: User
) -> None:
    adoption = part.round.areas.get(name="Adoption")
    strengths(part, Strength(adoption, "", "We place fast."), by=director)
    actions.remove_area(adoption, by=world.officer)
    assert [(one.own_area, one.evidence) for one in part.strengths.all()] == [
        ("Adoption", "We place fast.")
    ]


def test_wishes_are_ranked(part: Participation, director: User) -> None:
    one, two = others(part)
    wishes(part, Wish(two, "They turned adoption round."), Wish(one), by=director)
    assert [(row.rank, row.challenger) for row in part.preferences.all()] == [(1, two), (2, one)]
    wishes(part, Wish(one), by=director)
    assert [row.challenger for row in part.preferences.all()] == [one]


def test_two_lists_of_wishes_do_not_replace_one_another(
    part: Participation, director: User, colleague: User
) -> None:
    one, two = others(part)
    wishes(part, Wish(one), by=colleague)
    with pytest.raises(actions.OfferChanged):
        wishes(part, Wish(two), by=director, seen=wishes_mark([]))
    assert [row.challenger for row in part.preferences.all()] == [one]


def test_a_wish_is_for_another_of_the_round_once(part: Participation, director: User) -> None:
    one, _ = others(part)
    foreign = World().opened().participations.first()
    for rows in ([Wish(part)], [Wish(one), Wish(one)], [Wish(foreign)]):
        with pytest.raises(Refused, match="others of the round, each once"):
            wishes(part, *rows, by=director)


def test_a_wish_for_one_that_has_left_stays_until_it_is_taken_back(
    world: World, part: Participation, director: User
) -> None:
    one, two = others(part)
    wishes(part, Wish(one), by=director)
    actions.withdraw_participation(one, reason="No capacity", by=world.officer)
    wishes(part, *wishes_of(part), Wish(two), by=director)
    assert [row.challenger for row in part.preferences.all()] == [one, two]


def test_nothing_is_said_once_the_matches_are_confirmed(
    world: World, part: Participation, director: User
) -> None:
    Round.objects.filter(pk=part.round_id).update(state="under_way")
    part = Participation.objects.get(pk=part.pk)
    for say in (
        lambda: actions.give_as_asked(part, by=director),
        lambda: actions.say_numbers(part, least=1, most=1, note="", version=0, by=director),
        lambda: strengths(part, Strength(None, "Data"), by=director),
        lambda: wishes(part, Wish(others(part)[0]), by=director),
    ):
        with pytest.raises(Refused, match="matches are confirmed"):
            say()
    # The officers match again after a withdrawal, and are told by telephone.
    assert actions.say_numbers_for(part, least=0, most=0, version=0, by=world.officer)
