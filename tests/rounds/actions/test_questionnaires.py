"""A round's questionnaire: where it comes from, and how officers change it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from authorities.models import User
from peerchallenge.audit.actions import history_of
from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.models import PRESETS, Asked, Question, RegionPreset, Round, Section, SelfAssessment
from rounds.queries.questionnaires import introduction_version, section_version
from rounds.states import QuestionKind, RoundState
from tests.world import World


def asked_in(round: Round) -> list[tuple[str, list[str]]]:
    return [
        (section.key, [question.key for question in section.questions.asked()])
        for section in round.sections.all()
    ]


def changed(question: Question, **new: Any) -> Asked:
    return replace(question.asks, **new)


def correct(question: Question, by: User, **new: Any) -> Question:
    version = question.asks.version
    return actions.change_question(question, changed(question, **new), version=version, by=by)


def another(world: World, name: str = "Next", preset: str = "paired_visits", **more: Any) -> Round:
    drafted = world.drafted()
    dates = {
        when: getattr(drafted, when) for when in ("self_assessment_due", "visits_from", "visits_to")
    }
    Round.objects.filter(pk=drafted.pk).delete()
    return actions.start_round(
        world.region,
        PRESETS[preset],
        name=name,
        authorities=world.authorities,
        areas=["Adoption"],
        by=world.officer,
        **dates,
        **more,
    )


@pytest.mark.parametrize("key", PRESETS)
def test_every_preset_starts_a_round_with_its_own_questions(world: World, key: str) -> None:
    round = another(world, preset=key)
    sections = PRESETS[key].sections
    assert asked_in(round) == [
        (section["key"], [row["key"] for row in section["questions"]]) for section in sections
    ]
    first = Question.objects.filter(section__round=round).first()
    assert first.asks == Asked.of(sections[0]["questions"][0])


def test_a_question_knows_the_same_one_of_the_regions_last_round(world: World) -> None:
    last = world.opened()
    round = another(world)
    ancestors = {
        one.key: one.ancestor.section.round for one in Question.objects.filter(section__round=round)
    }
    assert len(ancestors) == 22
    assert set(ancestors.values()) == {last}


def test_a_first_round_has_no_ancestors(world: World) -> None:
    round = world.drafted()
    assert not Question.objects.filter(section__round=round, ancestor__isnull=False).exists()


def test_a_round_may_start_from_the_last_ones_questions(world: World) -> None:
    last = world.opened()
    section = last.sections.first()
    new = actions.add_question(section, Asked("Anything else?", required=False), by=world.officer)
    actions.remove_question(section.questions.first(), by=world.officer)
    round = another(world, questions_from=last)
    assert asked_in(round) == asked_in(last)
    copy = Question.objects.get(section__round=round, key=new.key)
    assert (copy.ancestor, copy.text) == (new, "Anything else?")


def test_another_regions_questions_are_not_taken(world: World) -> None:
    other = World().opened()
    with pytest.raises(Refused, match="Only an officer of the board"):
        another(world, questions_from=other)


def test_a_round_starts_from_the_regions_own_wording(world: World) -> None:
    draft = world.drafted()
    correct(draft.sections.first().questions.first(), world.officer, text="Where are you?")
    preset = actions.keep_as_preset(draft, by=world.officer)
    round = another(world)
    assert round.sections.first().questions.first().text == "Where are you?"
    assert actions.keep_as_preset(draft, by=world.officer).version == preset.version
    actions.restore_preset(world.region, "paired_visits", by=world.officer)
    assert not RegionPreset.objects.exists()
    standard = PRESETS["paired_visits"].sections[0]["questions"][0]["text"]
    again = another(world, name="Later")
    assert again.sections.first().questions.first().text == standard


def test_sections_and_questions_move_in_a_draft(world: World) -> None:
    round = world.drafted()
    first, second = round.sections.all()[:2]
    actions.move_section(second, up=True, by=world.officer)
    assert list(round.sections.all()[:2]) == [second, first]
    actions.move_section(second, up=True, by=world.officer)
    assert round.sections.first() == second
    one, two = first.questions.all()
    actions.move_question(one, up=False, by=world.officer)
    assert list(first.questions.all()) == [two, one]


def test_what_is_taken_out_of_a_draft_is_gone(world: World) -> None:
    round = world.drafted()
    section = round.sections.first()
    one, two = section.questions.all()
    actions.remove_question(one, by=world.officer)
    assert [(q.pk, q.position) for q in section.questions.all()] == [(two.pk, 1)]
    actions.remove_section(section, by=world.officer)
    assert [one.position for one in round.sections.all()] == list(range(1, 10))


def test_an_open_round_keeps_its_order(world: World) -> None:
    section = world.opened().sections.first()
    for act in (
        lambda: actions.move_section(section, up=False, by=world.officer),
        lambda: actions.move_question(section.questions.first(), up=False, by=world.officer),
        lambda: actions.remove_section(section, by=world.officer),
    ):
        with pytest.raises(Refused, match="the order of the questions stays"):
            act()


def test_an_answer_stays_with_the_question_as_it_was_asked(
    world: World, own: SelfAssessment, question: Question
) -> None:
    before = question.text
    actions.save_answer(own, question, "By the sea.", version=0, by=world.directors[0])
    correct(question, world.officer, text="Where is your area?")
    answer = own.answers.get()
    assert (answer.text, answer.asked, answer.asked_otherwise) == ("By the sea.", before, True)


def test_a_question_taken_out_of_an_open_round_leaves_what_was_answered(
    world: World, own: SelfAssessment, question: Question
) -> None:
    actions.save_answer(own, question, "By the sea.", version=0, by=world.directors[0])
    gone = actions.remove_question(question, by=world.officer)
    assert gone.withdrawn_at is not None
    assert own.answers.get().text == "By the sea."
    assert actions.remove_question(question, by=world.officer).withdrawn_at == gone.withdrawn_at
    with pytest.raises(Refused, match="has been taken out"):
        correct(Question.objects.get(pk=question.pk), world.officer, text="Other")
    back = actions.restore_question(question, by=world.officer)
    assert (back.withdrawn_at, back.required) == (None, False)


def test_what_is_added_to_an_open_round_is_optional(world: World, question: Question) -> None:
    section = question.section
    with pytest.raises(Refused, match="is optional"):
        actions.add_question(section, Asked("More?"), by=world.officer)
    added = actions.add_question(section, Asked("More?", required=False), by=world.officer)
    assert added.position == section.questions.count()


def test_an_answered_question_keeps_its_kind(
    world: World, own: SelfAssessment, question: Question
) -> None:
    correct(question, world.officer, kind=QuestionKind.SHORT_TEXT)
    question.refresh_from_db()
    actions.save_answer(own, question, "By the sea.", version=0, by=world.directors[0])
    with pytest.raises(Refused, match="its kind stays as it is"):
        correct(question, world.officer, kind=QuestionKind.LONG_TEXT)


def test_a_choice_that_was_made_stays_among_the_choices(
    world: World, own: SelfAssessment, question: Question
) -> None:
    correct(question, world.officer, kind="choice", options={"choices": ["Sure", "Unsure"]})
    question.refresh_from_db()
    actions.save_answer(own, question, "Sure", version=0, by=world.directors[0])
    with pytest.raises(Refused, match="“Sure” has been chosen already"):
        correct(question, world.officer, options={"choices": ["Unsure", "Half"]})
    correct(question, world.officer, options={"choices": ["Sure", "Half"]})


def test_nobody_who_has_sent_is_asked_more_without_a_word(world: World) -> None:
    round = world.opened()
    world.sent(round.participations.first())
    section = round.sections.first()
    added = actions.add_question(section, Asked("More?", required=False), by=world.officer)
    with pytest.raises(Refused, match="1 authority has sent"):
        correct(added, world.officer, required=True)


@pytest.mark.parametrize(
    ("places", "in_round", "in_preset"),
    [(["round"], True, False), (["preset"], False, True), (["round", "preset"], True, True)],
)
def test_a_correction_counts_where_it_is_to(
    world: World, question: Question, places: list[str], in_round: bool, in_preset: bool
) -> None:
    new = changed(question, text="Where are you?")
    actions.change_question(
        question, new, version=question.asks.version, applies_to=places, by=world.officer
    )
    question.refresh_from_db()
    assert (question.text == "Where are you?") == in_round
    own = RegionPreset.objects.filter(region=world.region, key="paired_visits").first()
    asked = own.questionnaire["sections"][0]["questions"][0]["text"] if own else ""
    assert (asked == "Where are you?") == in_preset


def test_the_second_of_two_officers_sees_that_the_first_was_quicker(
    world: World, question: Question
) -> None:
    version = question.asks.version
    correct(question, world.officer, text="First?")
    with pytest.raises(actions.QuestionnaireChanged):
        actions.change_question(
            question, changed(question, text="Second?"), version=version, by=world.officer
        )
    same = changed(question, text="First?")
    actions.change_question(question, same, version=version, by=world.officer)
    question.refresh_from_db()
    assert question.text == "First?"


EDITS: dict[str, Callable[[Round, Section, Question, User], object]] = {
    "introduction": lambda r, s, q, by: actions.change_introduction(r, "x", version="", by=by),
    "add section": lambda r, s, q, by: actions.add_section(r, "New", by=by),
    "rename": lambda r, s, q, by: actions.change_section(s, "New", version="", by=by),
    "remove section": lambda r, s, q, by: actions.remove_section(s, by=by),
    "move section": lambda r, s, q, by: actions.move_section(s, up=True, by=by),
    "add question": lambda r, s, q, by: actions.add_question(s, Asked("New"), by=by),
    "change": lambda r, s, q, by: actions.change_question(q, Asked("New"), version="", by=by),
    "remove": lambda r, s, q, by: actions.remove_question(q, by=by),
    "restore": lambda r, s, q, by: actions.restore_question(q, by=by),
    "move": lambda r, s, q, by: actions.move_question(q, up=True, by=by),
    "keep": lambda r, s, q, by: actions.keep_as_preset(r, by=by),
    "back": lambda r, s, q, by: actions.restore_preset(r.region, "paired_visits", by=by),
}


@pytest.mark.parametrize("edit", EDITS)
def test_only_officers_change_what_is_asked(world: World, edit: str) -> None:
    round = world.drafted()
    section = round.sections.first()
    for user in (world.chair, world.directors[0], World().officer):
        with pytest.raises(Refused, match="Only an officer of the board"):
            EDITS[edit](round, section, section.questions.first(), user)


def test_nothing_is_changed_in_a_round_that_is_over(world: World, question: Question) -> None:
    round = question.section.round
    Round.objects.filter(pk=round.pk).update(state=RoundState.CLOSED)
    with pytest.raises(Refused, match="Nobody writes in this round any more"):
        correct(question, world.officer, text="Too late?")


def test_each_change_is_recorded_once(world: World) -> None:
    round = world.drafted()
    before = history_of(round).count()
    actions.change_introduction(
        round, "Hello.", version=introduction_version(round), by=world.officer
    )
    section = actions.add_section(round, "Last", by=world.officer)
    actions.change_section(
        section, "Last of all", version=section_version(section), by=world.officer
    )
    actions.add_question(section, Asked("Why?"), by=world.officer)
    verbs = [event.verb for event in history_of(round)][: history_of(round).count() - before]
    assert sorted(verbs) == [
        "round.introduction_changed",
        "round.question_added",
        "round.section_added",
        "round.section_changed",
    ]
