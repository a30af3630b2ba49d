"""Priority areas: kept with their evidence, set before or after the authorities are invited."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.models import PriorityArea, Question, Round
from rounds.queries.areas import area_version
from tests.world import World, run_effects


def without_areas(world: World) -> Round:
    round = world.drafted()
    round.areas.all().delete()
    return actions.invite_authorities(round, by=world.officer)


def change(world: World, area: PriorityArea, **new: Any) -> PriorityArea:
    given = {"name": area.name, "evidence": area.evidence, "questions": [], **new}
    return actions.change_area(area, version=area_version(area), by=world.officer, **given)


def test_the_settings_keep_the_evidence_of_an_area(world: World) -> None:
    round = world.drafted()
    for area in round.areas.all():
        change(world, area, evidence=f"Why {area.name}")
    actions.change_round(
        round,
        name=round.name,
        authorities=world.authorities,
        areas=["Thresholds", "Children on the edge of care", "Adoption", "Neglect"],
        self_assessment_due=round.self_assessment_due,
        visits_from=round.visits_from,
        visits_to=round.visits_to,
        by=world.officer,
    )
    assert [(area.name, area.evidence) for area in round.areas.all()] == [
        ("Thresholds", "Why Thresholds"),
        ("Children on the edge of care", "Why Diversion from care"),
        ("Adoption", "Why Adoption"),
        ("Neglect", ""),
    ]


def test_an_area_knows_the_questions_that_speak_to_it(world: World) -> None:
    round, other = world.opened(), World().opened()
    mine = Question.objects.filter(section__round=round).first()
    theirs = Question.objects.filter(section__round=other).first()
    area = actions.add_area(
        round, "Neglect", evidence="x", questions=[mine.pk, theirs.pk], by=world.officer
    )
    assert list(area.questions.all()) == [mine]
    assert area.position == 4


def test_a_round_has_at_most_six_areas_of_different_names(world: World) -> None:
    round = world.opened()
    with pytest.raises(Refused, match="already has an area called “adoption”"):
        actions.add_area(round, "adoption", by=world.officer)
    for number in range(3):
        actions.add_area(round, f"Area {number}", by=world.officer)
    with pytest.raises(Refused, match="at most 6 areas"):
        actions.add_area(round, "One more", by=world.officer)


def test_an_area_that_was_chosen_stays_and_keeps_its_name(world: World) -> None:
    round = world.opened()
    own = round.participations.first().self_assessment
    first, second = round.areas.all()[:2]
    actions.choose_area(own, area=first, by=world.directors[0])
    with pytest.raises(Refused, match="so it stays"):
        actions.remove_area(first, by=world.officer)
    with pytest.raises(Refused, match="keeps its name"):
        change(world, first, name="Otherwise")
    assert change(world, first, evidence="Better").evidence == "Better"
    actions.remove_area(second, by=world.officer)
    with pytest.raises(Refused, match="no longer among the areas"):
        actions.choose_area(own, area=second, by=world.directors[0])


def test_areas_change_places(world: World) -> None:
    round = world.drafted()
    first, second, third = round.areas.all()
    actions.move_area(third, up=True, by=world.officer)
    actions.move_area(first, up=True, by=world.officer)
    assert list(round.areas.all()) == [first, third, second]


def test_the_second_of_two_officers_is_told(world: World) -> None:
    area = world.drafted().areas.first()
    version = area_version(area)
    change(world, area, evidence="First")
    with pytest.raises(actions.AreaChanged):
        actions.change_area(
            area, area.name, evidence="Second", questions=[], version=version, by=world.officer
        )


def test_without_areas_a_self_assessment_is_sent_and_the_area_chosen_later(world: World) -> None:
    round = without_areas(world)
    part = round.participations.get(authority=world.authorities[0])
    own, director = part.self_assessment, world.directors[0]
    for question in Question.objects.filter(section__round=round):
        actions.save_answer(own, question, "Known.", version=0, by=director)
    area = actions.add_area(round, "Neglect", by=world.officer)
    with pytest.raises(Refused, match="sets the areas of this round from what comes in"):
        actions.choose_area(own, area=area, by=director)
    actions.submit_self_assessment(own, by=director)
    actions.set_areas(round, by=world.officer)
    run_effects()
    told = [one for one in mail.outbox if "choose your area" in one.subject]
    assert sorted(one.to for one in told) == sorted([person.email] for person in world.directors)
    assert actions.choose_area(own, area=area, by=director).area == area


def test_areas_are_set_once(world: World) -> None:
    round = without_areas(world)
    with pytest.raises(Refused, match="Write at least one area first"):
        actions.set_areas(round, by=world.officer)
    actions.add_area(round, "Neglect", by=world.officer)
    actions.set_areas(round, by=world.officer)
    with pytest.raises(Refused, match="know the areas of this round already"):
        actions.set_areas(round, by=world.officer)


def test_what_was_sent_with_its_area_stays_as_it_was_sent(world: World) -> None:
    round = world.opened()
    own = world.sent(round.participations.get(authority=world.authorities[0]))
    with pytest.raises(Refused, match="can no longer be changed"):
        actions.choose_area(own, area=round.areas.last(), by=world.directors[0])


def test_once_a_match_is_accepted_a_late_choice_is_made(world: World) -> None:
    round = world.accepted()
    Round.objects.filter(pk=round.pk).update(
        format_data={**round.format_data, "areas_came_late": True}
    )
    own = round.participations.get(authority=world.authorities[0]).self_assessment
    with pytest.raises(Refused, match="can no longer be changed"):
        actions.choose_area(own, area=round.areas.last(), by=world.directors[0])


def test_only_officers_write_areas(world: World) -> None:
    round = world.drafted()
    area = round.areas.first()
    for user in (world.chair, world.directors[0], World().officer):
        for act in (
            lambda by: actions.add_area(round, "New", by=by),
            lambda by: actions.move_area(area, up=False, by=by),
            lambda by: actions.remove_area(area, by=by),
            lambda by: actions.set_areas(round, by=by),
            lambda by: actions.read_area_answers(area, [], by=by),
        ):
            with pytest.raises(Refused, match="Only an officer of the board"):
                act(user)
