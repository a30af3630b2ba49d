from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from authorities.states import Role
from feedback import actions, queries
from feedback.actions import PointAnswer
from feedback.models import AccuracyPoint, Letter
from feedback.states import LetterState, PointOutcome
from feedback.tasks import count_silence_as_agreement
from peerchallenge.audit.models import Event
from peerchallenge.shared.answers import Refused
from tests.feedback.conftest import Happened, again
from tests.world import World

TITLE, WHOLE = "face:title", "whole"
EMPTY = queries.Row(1, queries.Place(TITLE, "", ""), None, is_new=False).seen


class TestNoting:
    def test_keeps_each_paragraph_and_quotes_it_until_the_reply_takes_them_along(
        self, world: World
    ) -> None:
        letter = world.letter_with_host()
        host, happened = world.director_of(letter.challenge.host_authority), Happened()
        actions.note_point(letter, TITLE, "It is fostering.\n", by=host)
        actions.note_point(letter, WHOLE, "Thanks are missing.", by=host)
        actions.note_point(letter, "face:salutation", "Dear Sir", by=host)
        actions.note_point(letter, "face:salutation", " ", by=host)
        check = queries.accuracy_check(letter)
        assert check.noted == {TITLE: "It is fostering.", WHOLE: "Thanks are missing."}
        reply = actions.reply_on_accuracy(letter, agrees=False, seen=check.seen, by=host)
        assert again(letter).state == LetterState.WITH_TEAM
        assert (reply.corrections, reply.content) == (2, letter.sent_content)
        assert [(p.quoted, p.wrong, p.by) for p in reply.points.all()] == [
            (letter.as_sent.title, "It is fostering.", host),
            ("", "Thanks are missing.", host),
        ]
        assert AccuracyPoint.objects.count() == 2
        assert happened.verbs == ["letter.point_noted"] * 4 + ["letter.accuracy_replied"]
        assert Event.objects.last().details == {"agrees": False, "points": 2}

    def test_of_a_colleague_is_not_overwritten_unseen(self, world: World) -> None:
        letter = world.letter_with_host()
        authority = letter.challenge.host_authority
        one, other = world.director_of(authority), world.person(Role.AUTHORITY_OFFICER, authority)
        actions.note_point(letter, TITLE, "Theirs", seen=EMPTY, by=one)
        with pytest.raises(actions.NotedMeanwhile) as meanwhile:
            actions.note_point(letter, TITLE, "Mine", seen=EMPTY, by=other)
        theirs = meanwhile.value.theirs
        assert (theirs.wrong, theirs.by) == ("Theirs", one)
        actions.note_point(letter, TITLE, "Both", seen=theirs.seen, by=other)
        with pytest.raises(actions.NotedMeanwhile):
            actions.reply_on_accuracy(letter, agrees=False, seen=queries.seen_of({}), by=one)
        with pytest.raises(Refused, match="Something is noted as wrong"):
            actions.reply_on_accuracy(letter, agrees=True, by=one)
        assert again(letter).state == LetterState.WITH_HOST

    def test_is_for_a_paragraph_that_the_letter_has(self, world: World) -> None:
        letter = world.letter_with_host()
        host = world.director_of(letter.challenge.host_authority)
        with pytest.raises(Refused, match="no such paragraph"):
            actions.note_point(letter, "part:nowhere:1", "Wrong", by=host)

    def test_is_the_hosts_alone(self, world: World) -> None:
        letter = world.letter_with_host()
        with pytest.raises(Refused, match="Only the host’s director and officers"):
            actions.note_point(letter, TITLE, "It is fostering.", by=letter.drafted_by)

    def test_counts_as_sent_when_the_days_run_out(self, world: World) -> None:
        letter = world.letter_with_host()
        host = world.director_of(letter.challenge.host_authority)
        actions.note_point(letter, TITLE, "It is fostering.", by=host)
        sent = timezone.now() - timedelta(days=30)
        Letter.objects.filter(pk=letter.pk).update(sent_to_host_at=sent)
        happened = Happened()
        count_silence_as_agreement()
        letter = again(letter)
        assert letter.state == LetterState.WITH_TEAM
        assert [(r.agrees, r.by, r.corrections) for r in letter.replies.all()] == [(False, None, 1)]
        assert happened.promises == ["feedback.tell_lead_of_reply"]


class TestAnswering:
    def noted(self, world: World) -> tuple[Letter, AccuracyPoint]:
        letter = world.letter_with_host()
        host = world.director_of(letter.challenge.host_authority)
        actions.note_point(letter, TITLE, "It is fostering.", by=host)
        reply = actions.reply_on_accuracy(letter, agrees=False, by=host)
        return again(letter), reply.points.get()

    def test_comes_before_the_letter_goes_on_and_stands_from_then(self, world: World) -> None:
        letter, point = self.noted(world)
        lead = letter.drafted_by
        for goes_on in (actions.hand_letter_over, actions.send_letter_to_host):
            with pytest.raises(Refused, match="answer the point that the host made"):
                goes_on(letter, by=lead)
        with pytest.raises(Refused, match="Say why"):
            actions.answer_points(letter, {point.pk: PointAnswer("kept", " ")}, by=lead)
        happened = Happened()
        actions.answer_points(letter, {point.pk: PointAnswer("kept", "Agreed so.")}, by=lead)
        assert happened.verbs == ["letter.points_answered"]
        host_reads = [
            queries.accuracy_thread(again(letter), as_host=True)[0].points[0].answered,
            queries.accuracy_thread(actions.hand_letter_over(letter, by=lead), as_host=True)[0]
            .points[0]
            .answered,
        ]
        assert host_reads == [False, True]
        letter = actions.send_letter_back(letter, reason="Shorter.", by=world.approver)
        actions.answer_points(letter, {point.pk: PointAnswer("changed")}, by=lead)
        point.refresh_from_db()
        assert (point.outcome, point.answer, point.answered_by) == ("kept", "Agreed so.", lead)

    def test_is_the_leads(self, world: World) -> None:
        letter, point = self.noted(world)
        member = world.member_of(letter.challenge)
        with pytest.raises(Refused, match="Only the lead reviewer answers"):
            actions.answer_points(letter, {point.pk: PointAnswer("changed")}, by=member)

    def test_of_somebody_else_is_not_overwritten_unseen(self, world: World) -> None:
        letter, point = self.noted(world)
        seen = {point.pk: point.answer_seen}
        first = PointAnswer(PointOutcome.CHANGED, "Done.")
        actions.answer_points(letter, {point.pk: first}, seen=seen, by=letter.drafted_by)
        happened = Happened()
        second = PointAnswer(PointOutcome.KEPT, "No.")
        with pytest.raises(actions.AnsweredMeanwhile) as meanwhile:
            actions.answer_points(letter, {point.pk: second}, seen=seen, by=letter.drafted_by)
        assert [theirs.answer for theirs in meanwhile.value.theirs] == ["Done."]
        actions.answer_points(letter, {point.pk: first}, seen=seen, by=letter.drafted_by)
        assert happened.verbs == []

    def test_a_second_check_marks_what_changed_and_keeps_the_first_thread(
        self, world: World
    ) -> None:
        letter, point = self.noted(world)
        lead, host = letter.drafted_by, world.director_of(letter.challenge.host_authority)
        actions.edit_letter(letter, {"headlines": "Said anew."}, by=lead)
        actions.answer_points(letter, {point.pk: PointAnswer("changed")}, by=lead)
        letter = actions.send_letter_to_host(letter, by=lead)
        check = queries.accuracy_check(letter)
        assert check.compared_with == "your last check"
        assert [row.place.text for row in check.rows if row.is_new] == ["Said anew."]
        actions.note_point(letter, TITLE, "Still.", by=host)
        actions.reply_on_accuracy(letter, agrees=False, by=host)
        threads = queries.accuracy_thread(again(letter), as_host=True)
        assert [[(p.point.wrong, p.answered) for p in t.points] for t in threads] == [
            [("Still.", False)],
            [("It is fostering.", True)],
        ]
