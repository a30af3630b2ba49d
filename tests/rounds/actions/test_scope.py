from __future__ import annotations

import pytest

from peerchallenge.audit.actions import history_of
from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.models import Question, Round
from rounds.states import ChallengeState
from tests.rounds.mails import sent_by
from tests.rounds.teamed import Teamed
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def it(world: World, accepted: Round) -> Teamed:
    return Teamed.of(world, accepted)


def texts(it: Teamed) -> list[str]:
    return list(it.challenge.lines.values_list("text", flat=True))


def test_host_and_lead_write_and_the_same_words_twice_are_one_line(it: Teamed) -> None:
    actions.add_line(it.challenge, "Thresholds", by=it.organiser)
    actions.add_line(it.challenge, "Voice of the child", by=it.lead)
    actions.add_line(it.challenge, "Thresholds", by=it.director)
    assert texts(it) == ["Thresholds", "Voice of the child"]
    for other in (it.member, it.world.officer, it.world.director_of(it.world.authorities[1])):
        with pytest.raises(Refused, match="Only the host’s director"):
            actions.add_line(it.challenge, "Another", by=other)


def test_the_area_that_the_host_chose_is_taken_once(it: Teamed) -> None:
    with pytest.raises(Refused, match="has not chosen its area"):
        actions.take_area(it.challenge, by=it.lead)
    own = it.challenge.host.self_assessment
    actions.choose_area(own, own_area="Adoption", reason="Slow", by=it.director)
    challenge = it.again()
    first = actions.take_area(challenge, by=it.lead)
    assert actions.take_area(challenge, by=it.director) == first
    assert (first.text, first.from_area) == ("Adoption", True)


def test_a_question_of_the_self_assessment_is_a_line_once_those_who_take_it_may_read_it(
    it: Teamed,
) -> None:
    question = Question.objects.filter(section__round=it.round).first()
    with pytest.raises(Refused, match="once it has been sent"):
        actions.take_questions(it.challenge, [question.pk], by=it.lead)
    (line,) = actions.take_questions(it.challenge, [question.pk], by=it.director)
    assert (line.text, line.question) == (question.text, question)
    assert actions.take_questions(it.challenge, [question.pk], by=it.director) == []


def test_lines_and_parts_are_moved_and_taken_out(it: Teamed) -> None:
    one, two = (actions.add_line(it.challenge, text, by=it.lead) for text in ("One", "Two"))
    a, b = (actions.add_limb(two, text, by=it.lead) for text in ("a", "b"))
    actions.move_line(two, up=True, by=it.lead)
    actions.move_line(two, up=True, by=it.lead)
    actions.move_limb(b, up=True, by=it.lead)
    assert texts(it) == ["Two", "One"]
    assert list(two.limbs.values_list("text", flat=True)) == ["b", "a"]
    actions.remove_limb(a, by=it.lead)
    actions.remove_limb(a, by=it.lead)
    actions.remove_line(one, by=it.lead)
    assert texts(it) == ["Two"]
    assert list(two.limbs.values_list("text", flat=True)) == ["b"]


def test_whoever_saves_over_other_words_is_told_what_stands_there(it: Teamed) -> None:
    line = actions.add_line(it.challenge, "One", by=it.lead)
    seen = line.seen
    actions.change_line(line, "One, better", seen=seen, by=it.lead)
    with pytest.raises(actions.WordsChanged) as refused:
        actions.change_line(line, "One, mine", seen=seen, by=it.director)
    assert refused.value.now.text == "One, better"
    assert texts(it) == ["One, better"]
    limb = actions.add_limb(line, "a", by=it.lead)
    actions.change_limb(limb, "b", seen=limb.seen, by=it.lead)
    with pytest.raises(actions.WordsChanged):
        actions.change_limb(limb, "c", seen=limb.seen, by=it.director)


def test_what_was_taken_out_meanwhile_is_said(it: Teamed) -> None:
    line = actions.add_line(it.challenge, "One", by=it.lead)
    limb = actions.add_limb(line, "a", by=it.lead)
    actions.remove_line(line, by=it.director)
    for act in (
        lambda: actions.change_line(line, "Two", seen=line.seen, by=it.lead),
        lambda: actions.add_limb(line, "b", by=it.lead),
        lambda: actions.change_limb(limb, "b", seen=limb.seen, by=it.lead),
    ):
        with pytest.raises(Refused, match="taken it out meanwhile"):
            act()


def test_both_agree_and_both_sides_are_told(it: Teamed) -> None:
    actions.add_line(it.challenge, "Thresholds", by=it.lead)
    version = it.again().scope.version
    host = it.challenge.host_authority

    def agrees(user):
        return sent_by(lambda: actions.agree_scope(it.challenge, version=version, by=user))

    assert agrees(it.director) == {f"Please agree the lines of enquiry for {host}": [it.lead.email]}
    assert it.again().state == ChallengeState.ACCEPTED
    assert agrees(it.director) == {}
    sender = it.world.director_of(it.challenge.challenger_authority)
    assert agrees(it.lead) == {
        f"The lines of enquiry for {host} are agreed": sorted(
            [it.director.email, it.lead.email, it.member.email, sender.email]
        )
    }
    assert it.again().state == ChallengeState.SCOPED


def test_nobody_agrees_to_words_they_have_not_seen_or_to_none(it: Teamed) -> None:
    with pytest.raises(Refused, match="nothing to agree yet"):
        actions.agree_scope(it.challenge, version=0, by=it.lead)
    actions.add_line(it.challenge, "Thresholds", by=it.lead)
    with pytest.raises(actions.ScopeChanged):
        actions.agree_scope(it.challenge, version=0, by=it.director)
    with pytest.raises(Refused, match="Only the host’s director and the lead"):
        actions.agree_scope(it.challenge, version=1, by=it.organiser)


def test_a_changed_word_undoes_both_agreements_and_those_who_gave_them_are_told(
    it: Teamed,
) -> None:
    it.agreed()
    line = it.challenge.lines.get()
    told = sent_by(lambda: actions.change_line(line, "Other", seen=line.seen, by=it.lead))
    subject = f"The lines of enquiry for {it.challenge.host_authority} are open again"
    assert told == {subject: [it.director.email]}
    challenge = it.again()
    assert challenge.state == ChallengeState.ACCEPTED
    assert (challenge.scope.host_agreed_at, challenge.scope.lead_agreed_at) == (None, None)
    assert "scope.reopened" in {event.verb for event in history_of(challenge)}
    line = it.challenge.lines.get()
    assert sent_by(lambda: actions.change_line(line, "More", seen=line.seen, by=it.lead)) == {}


def test_another_order_undoes_nothing(it: Teamed) -> None:
    actions.add_line(it.challenge, "First", by=it.lead)
    challenge = it.agreed()
    actions.move_line(challenge.lines.first(), up=False, by=it.lead)
    assert it.again().state == ChallengeState.SCOPED


def test_a_side_takes_its_agreement_back_and_the_others_stands(it: Teamed) -> None:
    it.agreed()
    told = sent_by(lambda: actions.unagree_scope(it.challenge, by=it.director))
    assert list(told.values()) == [[it.lead.email]]
    scope = it.again().scope
    assert scope.host_agreed_at is None
    assert scope.lead_agreed_at is not None
    assert it.again().state == ChallengeState.ACCEPTED
    actions.unagree_scope(it.challenge, by=it.director)
    assert "scope.host_unagreed" in {event.verb for event in history_of(it.challenge)}


def test_once_the_visit_has_begun_nothing_is_changed(it: Teamed) -> None:
    line = actions.add_line(it.challenge, "One", by=it.lead)
    actions.follow_calendar(it.challenge, ChallengeState.ON_SITE, by=it.lead)
    with pytest.raises(Refused, match="until the visit begins"):
        actions.remove_line(line, by=it.director)


def test_there_is_an_end_to_lines_and_parts(it: Teamed) -> None:
    line = actions.add_line(it.challenge, "0", by=it.lead)
    for number in range(1, 12):
        actions.add_line(it.challenge, str(number), by=it.lead)
    with pytest.raises(Refused, match="which is the most"):
        actions.add_line(it.challenge, "13", by=it.lead)
    for number in range(10):
        actions.add_limb(line, str(number), by=it.lead)
    with pytest.raises(Refused, match="which is the most"):
        actions.add_limb(line, "11", by=it.lead)
