"""Answers of an earlier round begin the next one, and stand only once somebody says so."""

from __future__ import annotations

from typing import Any

import pytest

from authorities.states import Role
from peerchallenge.audit.models import Event
from peerchallenge.outbox.models import Effect
from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.models import Question, Round, SelfAssessment, WrittenAnswer
from rounds.models.content import ProgressContent
from rounds.queries.self_assessments import status_rows
from rounds.queries.writing import chapters_of
from rounds.states import ParticipationState, QuestionKind, SelfAssessmentState
from tests.world import World, fresh, run_effects

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(world: World) -> SelfAssessment:
    """Of the first round: every question answered by the first authority, and sent."""
    return world.sent(world.opened().participations.get(authority=world.authorities[0]))


def own_in(world: World, round: Round, place: int = 0) -> SelfAssessment:
    return round.participations.get(authority=world.authorities[place]).self_assessment


def asked(own: SelfAssessment) -> Question:
    return Question.objects.filter(section__round=own.participation.round)[0]


def ask_otherwise(own: SelfAssessment, **changes: Any) -> None:
    Question.objects.filter(pk=asked(own).pk).update(**changes)


def test_the_next_round_begins_with_the_words_of_the_last(
    world: World, first: SelfAssessment
) -> None:
    own = own_in(world, world.next_round())
    then = {one.question.key: one for one in first.answers.select_related("question")}
    now = {one.question.key: one for one in own.answers.select_related("question")}
    assert now.keys() == then.keys()
    for key, answer in now.items():
        old = then[key]
        assert answer.to_review
        assert (answer.text, answer.data, answer.asked) == (old.text, old.data, old.asked)
        assert (answer.saved_by, answer.saved_at) == (old.saved_by, old.saved_at)
        assert (answer.carried_from, answer.leaning, answer.version) == (old, "", 1)


def test_nobody_has_begun_by_it(world: World, first: SelfAssessment) -> None:
    round = world.next_round()
    own = own_in(world, round)
    assert own.state == SelfAssessmentState.NOT_STARTED
    assert own.participation.state == ParticipationState.INVITED
    row = next(row for row in status_rows(round) if row.authority == str(world.authorities[0]))
    assert row.progress.startswith("0 of ")
    assert {chapter.state for chapter in chapters_of(own)} == {"To review"}


def test_what_was_carried_is_written_down_and_done_once(
    world: World, first: SelfAssessment
) -> None:
    own = own_in(world, world.next_round())
    number = first.answers.count()
    event = Event.objects.get(verb="self_assessment.carried_forward")
    assert event.details == {"answers": number, "left": 0, "last": first.pk}
    own.answers.first().delete()
    assert actions.carry_forward(own) == 0
    assert own.answers.count() == number - 1


def test_whoever_began_in_the_meantime_keeps_what_they_wrote(
    world: World, first: SelfAssessment
) -> None:
    draft = world.drafted(questions_from=first.participation.round)
    own = own_in(world, actions.invite_authorities(draft, by=world.officer))
    director = fresh(world.directors[0])
    actions.save_answer(own, asked(own), "Written anew.", version=0, by=director)
    run_effects()
    kept = own.answers.get(question=asked(own))
    assert (kept.text, kept.version, kept.to_review) == ("Written anew.", 1, False)
    assert own.answers.count() == first.answers.count()
    own.refresh_from_db()
    assert own.state == SelfAssessmentState.DRAFTING


def test_what_is_sent_before_it_is_carried_stays_as_it_was_sent(
    world: World, first: SelfAssessment
) -> None:
    draft = world.drafted(questions_from=first.participation.round)
    round = actions.invite_authorities(draft, by=world.officer)
    own = world.sent(round.participations.get(authority=world.authorities[0]))
    run_effects()
    assert own.answers.filter(carried_from__isnull=False).count() == 0


@pytest.mark.parametrize(
    ("then", "now", "carried"),
    [
        ({}, {"kind": QuestionKind.SHORT_TEXT}, 0),
        ({}, {"text": "Put otherwise?"}, 1),
        ({}, {"withdrawn_at": "2026-01-01T00:00:00Z"}, 0),
        ({}, {"ancestor": None}, 0),
        ({"kind": "choice", "options": {"choices": ["Yes"]}}, {}, 1),
        (
            {"kind": "choice", "options": {"choices": ["Yes"]}},
            {"options": {"choices": ["No"]}},
            0,
        ),
        ({"kind": "table", "options": {"columns": ["A"]}}, {"options": {"columns": ["A"]}}, 1),
        ({"kind": "table", "options": {"columns": ["A"]}}, {"options": {"columns": ["B"]}}, 0),
        ({"kind": "measure", "options": {"unit": "%"}}, {}, 1),
        ({"kind": "measure", "options": {"unit": "%"}}, {"options": {"unit": "days"}}, 0),
        ({"kind": "file"}, {}, 0),
    ],
)
def test_only_what_still_fits_its_question_comes_along(
    world: World, then: dict[str, Any], now: dict[str, Any], carried: int
) -> None:
    first = own_in(world, world.opened())
    ask_otherwise(first, **then)
    question = asked(first)
    first.answers.create(question=question, text="Yes", saved_by=world.directors[0])
    SelfAssessment.objects.filter(pk=first.pk).update(
        state=SelfAssessmentState.SUBMITTED,
        submitted_at="2026-01-01T00:00:00Z",
        submitted_by=world.directors[0],
    )
    draft = world.drafted(questions_from=first.participation.round)
    own = own_in(world, draft)
    ask_otherwise(own, **now)
    actions.invite_authorities(draft, by=world.officer)
    run_effects()
    assert own.answers.count() == carried


def test_what_was_never_sent_does_not_come_along(world: World) -> None:
    unsent = world.answered(world.opened().participations.get(authority=world.authorities[0]))
    own = own_in(world, world.next_round())
    assert unsent.answers.exists()
    assert not own.answers.exists()
    assert not Event.objects.filter(verb="self_assessment.carried_forward").exists()


def test_an_authority_that_left_a_round_out_finds_what_it_said_before(
    world: World, first: SelfAssessment
) -> None:
    world.next_round()  # in which it writes nothing more, and sends nothing
    own = own_in(world, world.next_round())
    assert own.answers.count() == first.answers.count()
    assert set(own.answers.values_list("carried_from__self_assessment", flat=True)) == {first.pk}


def test_no_other_authority_gets_any_of_it(world: World, first: SelfAssessment) -> None:
    round = world.next_round()
    assert not own_in(world, round, 1).answers.exists()
    carried = WrittenAnswer.objects.filter(carried_from__isnull=False)
    assert {answer.self_assessment for answer in carried} == {own_in(world, round)}


def test_who_was_in_no_round_before_is_promised_nothing(
    world: World, first: SelfAssessment
) -> None:
    assert not Effect.objects.filter(task__endswith="carry_forward").exists()
    world.next_round()
    for task in ("rounds.carry_forward", "feedback.carry_areas_forward"):
        assert Effect.objects.filter(task=task, state="done").count() == len(world.authorities)


class TestLettingAllStand:
    def test_all_stand_and_it_can_be_sent(self, world: World, first: SelfAssessment) -> None:
        round = world.next_round()
        own, director = own_in(world, round), fresh(world.directors[0])
        actions.choose_area(own, area=round.areas.first(), by=director)
        with pytest.raises(Refused, match="review 2 answers from last time in "):
            actions.submit_self_assessment(own, by=director)
        number = own.answers.count()
        assert actions.review_carried(own, by=director) == number
        assert actions.review_carried(own, by=director) == 0
        assert not any(answer.to_review for answer in own.answers.all())
        event = Event.objects.get(verb="self_assessment.carried_reviewed")
        assert (event.by_user, event.details) == (director, {"answers": number})
        sent = actions.submit_self_assessment(own, by=director)
        assert sent.state == SelfAssessmentState.SUBMITTED

    def test_it_is_a_beginning(self, world: World, first: SelfAssessment) -> None:
        own = own_in(world, world.next_round())
        actions.review_carried(own, by=fresh(world.directors[0]))
        own.refresh_from_db()
        assert own.state == SelfAssessmentState.DRAFTING

    def test_what_the_board_took_out_is_not_counted(
        self, world: World, first: SelfAssessment
    ) -> None:
        own = own_in(world, world.next_round())
        ask_otherwise(own, withdrawn_at="2026-01-01T00:00:00Z")
        left = own.answers.count() - 1
        assert actions.review_carried(own, by=fresh(world.directors[0])) == left
        assert own.answers.get(question=asked(own)).to_review

    def test_only_the_director_does(self, world: World, first: SelfAssessment) -> None:
        own = own_in(world, world.next_round())
        colleague = world.person(Role.AUTHORITY_OFFICER)
        with pytest.raises(Refused, match="Only the director"):
            actions.review_carried(own, by=colleague)

    def test_not_once_it_is_sent(self, world: World, first: SelfAssessment) -> None:
        with pytest.raises(Refused, match="has been sent"):
            actions.review_carried(first, by=fresh(world.directors[0]))


class TestAreasOfTheLastLetter:
    rows = (ProgressContent("Letter 1", "Consider this."), ProgressContent("Letter 1", "And."))

    def test_each_is_a_row_in_its_place_once(self, world: World) -> None:
        own = own_in(world, world.opened())
        assert actions.add_progress_rows(own, self.rows) == 2
        assert actions.add_progress_rows(own, self.rows) == 0
        there = own.progress.values_list("position", "source", "area_for_consideration")
        assert list(there) == [(1, "Letter 1", "Consider this."), (2, "Letter 1", "And.")]
        assert Event.objects.get(verb="self_assessment.areas_carried").details == {"areas": 2}

    def test_none_where_it_has_been_sent(self, first: SelfAssessment) -> None:
        assert actions.add_progress_rows(first, self.rows) == 0
        assert not first.progress.exists()

    def test_a_letter_without_areas_writes_nothing_down(self, world: World) -> None:
        own = own_in(world, world.opened())
        assert actions.add_progress_rows(own, []) == 0
        assert not Event.objects.filter(verb="self_assessment.areas_carried").exists()
