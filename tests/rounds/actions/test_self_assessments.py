from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from authorities.models import User
from authorities.states import Role
from peerchallenge.audit.models import Event
from peerchallenge.outbox.models import Effect
from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.models import Participation, Question, SelfAssessment, WrittenAnswer
from rounds.states import ParticipationState, SelfAssessmentState
from tests.world import World


def verbs() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("verb", flat=True))


def promised() -> list[tuple[str, int]]:
    return list(Effect.objects.order_by("pk").values_list("task", "argument"))


def locks(queries: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in queries if "FOR UPDATE" in query["sql"]]


def again(own: SelfAssessment) -> SelfAssessment:
    return SelfAssessment.objects.get(pk=own.pk)


def test_the_first_word_begins_the_self_assessment_and_the_authority_takes_part(
    own: SelfAssessment, question: Question, director: User
) -> None:
    before = verbs()
    answer = actions.save_answer(own, question, "A word.", version=0, by=director)
    assert (answer.text, answer.version, answer.saved_by) == ("A word.", 1, director)
    assert again(own).state == SelfAssessmentState.DRAFTING
    assert Participation.objects.get(pk=own.participation_id).state == (
        ParticipationState.TAKING_PART
    )
    assert verbs() == [*before, "participation.began", "self_assessment.answer_saved"]


def test_saving_locks_the_self_assessment_before_it_reads_the_answer(
    own: SelfAssessment, question: Question, director: User
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite locks the whole file")
    with CaptureQueriesContext(connection) as queries:
        actions.save_answer(own, question, "A word.", version=0, by=director)
    assert len(locks(queries)) == 1
    assert "FOR UPDATE" in queries[1]["sql"]  # after the savepoint, before anything else


def test_each_save_counts_one_version_and_one_line_of_the_record(
    own: SelfAssessment, question: Question, director: User
) -> None:
    for version, text in enumerate(("one", "one two", "one two three")):
        answer = actions.save_answer(own, question, text, version=version, by=director)
        assert answer.version == version + 1
    assert verbs().count("self_assessment.answer_saved") == 3
    event = Event.objects.filter(verb="self_assessment.answer_saved").last()
    assert event.details == {"question": question.key}  # never what was written


def test_saving_what_is_there_changes_and_records_nothing(
    own: SelfAssessment, question: Question, director: User
) -> None:
    actions.save_answer(own, question, "The same.", version=0, by=director)
    before = verbs()
    answer = actions.save_answer(own, question, "The same.", version=0, by=director)
    assert (answer.version, verbs()) == (1, before)


def test_nothing_written_where_nothing_was_begins_nothing(
    own: SelfAssessment, question: Question, director: User
) -> None:
    before = verbs()
    assert actions.save_answer(own, question, "", version=0, by=director).version == 0
    assert not WrittenAnswer.objects.exists()
    assert again(own).state == SelfAssessmentState.NOT_STARTED
    assert verbs() == before


def test_an_answer_can_be_emptied(own: SelfAssessment, question: Question, director: User) -> None:
    actions.save_answer(own, question, "Words.", version=0, by=director)
    answer = actions.save_answer(own, question, "", version=1, by=director)
    assert (answer.text, answer.version) == ("", 2)


def test_a_text_saved_since_is_not_overwritten(
    world: World, own: SelfAssessment, question: Question, director: User
) -> None:
    colleague = world.person(Role.AUTHORITY_OFFICER)
    actions.save_answer(own, question, "Mine at first.", version=0, by=director)
    actions.save_answer(own, question, "Theirs.", version=1, by=colleague)
    before = verbs()
    with pytest.raises(actions.OverwriteRefused) as refused:
        actions.save_answer(own, question, "Mine.", version=1, by=director)
    assert refused.value.theirs.text == "Theirs."
    assert refused.value.theirs.saved_by == colleague
    assert own.answers.get().text == "Theirs."
    assert verbs() == before


def test_two_people_who_both_start_from_an_empty_box_do_not_overwrite_each_other(
    world: World, own: SelfAssessment, question: Question, director: User
) -> None:
    colleague = world.person(Role.AUTHORITY_OFFICER)
    actions.save_answer(own, question, "Theirs.", version=0, by=colleague)
    with pytest.raises(actions.OverwriteRefused):
        actions.save_answer(own, question, "Mine.", version=0, by=director)


def test_a_sent_self_assessment_takes_no_more_words(world: World, part: Participation) -> None:
    own = world.sent(part)
    answer = own.answers.first()
    with pytest.raises(Refused, match="has been sent"):
        actions.save_answer(own, answer.question, "Late.", version=1, by=world.directors[0])
    with pytest.raises(Refused, match="has been sent"):
        actions.choose_area(own, own_area="Late", reason="Late.", by=world.directors[0])


def test_an_area_of_the_region_takes_the_place_of_ones_own(
    own: SelfAssessment, director: User
) -> None:
    actions.choose_area(own, own_area="Domestic violence", reason="Half of all.", by=director)
    assert (again(own).area_name, again(own).own_area_reason) == (
        "Domestic violence",
        "Half of all.",
    )
    area = own.participation.round.areas.first()
    chosen = actions.choose_area(own, area=area, by=director)
    assert (chosen.area, chosen.own_area, chosen.own_area_reason) == (area, "", "")
    assert verbs()[-1] == "self_assessment.area_chosen"


def test_choosing_the_same_area_again_records_nothing(own: SelfAssessment, director: User) -> None:
    area = own.participation.round.areas.first()
    actions.choose_area(own, area=area, by=director)
    before = verbs()
    actions.choose_area(own, area=area, seen="anything", by=director)
    assert verbs() == before


def test_an_area_chosen_since_is_not_overwritten(
    world: World, own: SelfAssessment, director: User
) -> None:
    seen = own.area_seen
    colleague = world.person(Role.AUTHORITY_OFFICER)
    actions.choose_area(own, own_area="Theirs", reason="A reason.", seen=seen, by=colleague)
    with pytest.raises(actions.AreaRefused) as refused:
        actions.choose_area(own, own_area="Mine", reason="Another.", seen=seen, by=director)
    assert refused.value.theirs.area_name == "Theirs"
    assert again(own).area_name == "Theirs"


def test_sending_locks_it_records_it_and_promises_a_note(world: World, part: Participation) -> None:
    own = world.answered(part)
    sent = actions.submit_self_assessment(own, by=world.directors[0])
    assert sent.state == SelfAssessmentState.SUBMITTED
    assert sent.submitted_by == world.directors[0]
    assert timezone.localdate(sent.submitted_at) == timezone.localdate()
    assert verbs()[-1] == "self_assessment.submitted"
    assert promised()[-1] == ("rounds.confirm_self_assessment", own.pk)


def test_it_is_not_sent_while_something_is_missing(world: World, part: Participation) -> None:
    own = world.answered(part)
    answer = own.answers.get(question__key="leadership_direction")
    actions.save_answer(own, answer.question, "", version=1, by=world.directors[0])
    with pytest.raises(Refused, match="answer “What are your priorities for children"):
        actions.submit_self_assessment(own, by=world.directors[0])
    assert again(own).state == SelfAssessmentState.DRAFTING


def test_an_answer_that_may_be_left_out_holds_nothing_up(world: World, part: Participation) -> None:
    own = world.answered(part)
    for answer in own.answers.filter(question__required=False):
        actions.save_answer(own, answer.question, "", version=1, by=world.directors[0])
    sent = actions.submit_self_assessment(own, by=world.directors[0])
    assert sent.state == SelfAssessmentState.SUBMITTED


def test_too_many_words_are_kept_but_not_sent(world: World, part: Participation) -> None:
    own = world.answered(part)
    answer = own.answers.first()
    limit = answer.question.word_limit
    long = "word " * (limit + 1)
    kept = actions.save_answer(own, answer.question, long, version=1, by=world.directors[0])
    assert kept.words == limit + 1
    with pytest.raises(Refused, match="by 1 word"):
        actions.submit_self_assessment(own, by=world.directors[0])
    actions.save_answer(own, answer.question, "word " * limit, version=2, by=world.directors[0])
    sent = actions.submit_self_assessment(own, by=world.directors[0])
    assert sent.state == SelfAssessmentState.SUBMITTED


def test_without_an_area_it_is_not_sent(world: World, part: Participation) -> None:
    own = world.answered(part)
    SelfAssessment.objects.filter(pk=own.pk).update(area=None)
    with pytest.raises(Refused, match="choose the area to be challenged on"):
        actions.submit_self_assessment(own, by=world.directors[0])


def test_returned_it_opens_again_and_can_be_sent_again(world: World, part: Participation) -> None:
    own = world.sent(part)
    back = actions.return_self_assessment(own, reason="Say how you know.", by=world.officer)
    assert back.state == SelfAssessmentState.RETURNED
    event = Event.objects.filter(verb="self_assessment.returned").get()
    assert (event.by_user, event.details) == (world.officer, {"reason": "Say how you know."})
    assert promised()[-1] == ("rounds.tell_self_assessment_returned", own.pk)
    answer = own.answers.first()
    actions.save_answer(own, answer.question, "We audited it.", version=1, by=world.directors[0])
    sent = actions.submit_self_assessment(own, by=world.directors[0])
    assert sent.state == SelfAssessmentState.SUBMITTED


def test_reading_it_is_written_down(world: World, part: Participation) -> None:
    own = world.sent(part)
    actions.read_self_assessment(own, by=world.officer)
    event = Event.objects.last()
    assert (event.verb, event.subject_id, event.by_user) == (
        "self_assessment.read",
        own.pk,
        world.officer,
    )


def test_nobody_but_a_board_officer_returns_it(world: World, part: Participation) -> None:
    own = world.sent(part)
    for user in (world.directors[0], world.chair):
        with pytest.raises(Refused, match="Only an officer"):
            actions.return_self_assessment(own, reason="Say how you know.", by=user)
