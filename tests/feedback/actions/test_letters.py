from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from feedback import actions
from feedback.models import Letter, LetterPart
from feedback.states import LetterState
from feedback.tasks import count_silence_as_agreement
from peerchallenge.audit.actions import CLOCK
from peerchallenge.audit.models import Event
from peerchallenge.shared.answers import Refused
from peerchallenge.shared.dates import working_days_after
from rounds.states import ChallengeState
from tests.feedback.conftest import Happened, again
from tests.world import World


def text(letter: Letter, key: str) -> str:
    return letter.parts.get(key=key).text


class TestDrafting:
    def test_fills_the_template_with_this_challenges_names_and_days(self, world: World) -> None:
        challenge = world.visited()
        happened = Happened()
        letter = actions.draft_letter(challenge, by=world.lead_of(challenge))
        words = "\n".join(letter.parts.values_list("text", flat=True))
        assert challenge.challenger_authority.short_name in words
        assert world.lead_of(challenge).name in words
        assert "{" not in words
        assert letter.state == LetterState.DRAFTING
        assert happened.verbs == ["letter.drafted", "challenge.fed_back", "challenge.letter"]
        assert happened.promises == []
        assert world.again(challenge).state == ChallengeState.LETTER

    def test_leaves_what_is_not_known_for_the_writer_to_see(self, world: World) -> None:
        challenge = world.visited()
        challenge.days.filter(phase="feedback").delete()
        letter = actions.draft_letter(challenge, by=world.lead_of(challenge))
        assert "{feedback}" in text(letter, "what_we_did")
        actions.edit_letter(letter, {"headlines": "x", "opening": "x"}, by=letter.drafted_by)
        with pytest.raises(Refused, match=r"replace “\{feedback\}” in “What we did”"):
            actions.send_letter_to_host(letter, by=letter.drafted_by)


class TestEditing:
    def test_saves_what_changed_and_says_who_and_which(self, world: World) -> None:
        letter = world.letter_drafted()
        member, happened = world.member_of(letter.challenge), Happened()
        kept = text(letter, "closing")
        actions.edit_letter(letter, {"headlines": "New", "closing": kept}, by=member)
        assert text(letter, "headlines") == "New"
        assert letter.parts.get(key="headlines").saved_by == member
        assert letter.parts.get(key="closing").saved_by is None
        assert happened.verbs == ["letter.edited"]
        assert Event.objects.last().details == {"parts": ["headlines"]}

    def test_of_nothing_records_nothing(self, world: World) -> None:
        letter = world.letter_drafted()
        happened = Happened()
        actions.edit_letter(
            letter, {"headlines": text(letter, "headlines") + "\n "}, by=letter.drafted_by
        )
        assert happened.verbs == []

    def test_over_somebody_elses_text_is_refused_and_nothing_is_saved(self, world: World) -> None:
        letter = world.letter_drafted()
        lead, member = world.lead_of(letter.challenge), world.member_of(letter.challenge)
        seen = {part.key: part.seen for part in letter.parts.all()}
        actions.edit_letter(letter, {"headlines": "Theirs"}, seen=seen, by=member)
        happened = Happened()
        with pytest.raises(actions.OverwriteRefused) as refused:
            actions.edit_letter(
                letter, {"headlines": "Mine", "closing": "Mine too"}, seen=seen, by=lead
            )
        assert [(part.key, part.text, part.saved_by) for part in refused.value.theirs] == [
            ("headlines", "Theirs", member)
        ]
        assert text(letter, "closing") != "Mine too"
        assert happened.verbs == []

    def test_a_part_left_alone_does_not_undo_somebody_elses(self, world: World) -> None:
        letter = world.letter_drafted()
        lead, member = world.lead_of(letter.challenge), world.member_of(letter.challenge)
        seen = {part.key: part.seen for part in letter.parts.all()}
        shown = text(letter, "headlines")
        actions.edit_letter(letter, {"headlines": "Theirs"}, seen=seen, by=member)
        actions.edit_letter(letter, {"headlines": shown, "closing": "Mine"}, seen=seen, by=lead)
        assert (text(letter, "headlines"), text(letter, "closing")) == ("Theirs", "Mine")

    def test_is_over_once_the_host_has_it(self, world: World) -> None:
        letter = world.letter_with_host()
        with pytest.raises(Refused, match="so its text stands"):
            actions.edit_letter(letter, {"headlines": "Late"}, by=letter.drafted_by)


class TestSendingToTheHost:
    def test_keeps_what_was_sent_and_promises_one_mail(self, world: World) -> None:
        letter = world.letter_drafted()
        happened = Happened()
        actions.send_letter_to_host(letter, by=letter.drafted_by)
        letter = again(letter)
        assert letter.state == LetterState.WITH_HOST
        assert "tokletter headlines" in [part.text for part in letter.as_sent.parts]
        assert happened.verbs == ["letter.sent_to_host"]
        assert happened.promises == ["feedback.ask_host_for_accuracy"]

    def test_waits_for_every_part_and_a_finding(self, world: World) -> None:
        letter = world.letter_drafted()
        actions.edit_letter(letter, {"headlines": " "}, by=letter.drafted_by)
        letter.challenge.findings.update(for_letter=False)
        with pytest.raises(Refused) as refused:
            actions.send_letter_to_host(letter, by=letter.drafted_by)
        assert refused.value.reason == (
            "Before it goes on: write “Headline messages”; "
            "choose at least one finding for the letter."
        )
        assert again(letter).state == LetterState.DRAFTING


class TestTheHostsReply:
    def test_agreeing_makes_it_the_approvers(self, world: World) -> None:
        letter = world.letter_with_host()
        happened = Happened()
        host = world.director_of(letter.challenge.host_authority)
        reply = actions.reply_on_accuracy(letter, agrees=True, by=host)
        assert (reply.agrees, reply.by) == (True, host)
        assert again(letter).state == LetterState.CHECKED
        assert happened.verbs == ["letter.accuracy_replied"]
        assert happened.promises == ["feedback.tell_lead_of_reply", "feedback.ask_for_approval"]

    def test_objecting_gives_it_back_to_the_team(self, world: World) -> None:
        letter = world.letter_with_host()
        happened = Happened()
        host = world.director_of(letter.challenge.host_authority)
        actions.reply_on_accuracy(letter, agrees=False, comment="Two, not three.", by=host)
        assert again(letter).state == LetterState.WITH_TEAM
        assert happened.verbs == ["letter.accuracy_replied"]
        assert happened.promises == ["feedback.tell_lead_of_reply"]

    def test_objecting_says_what_is_wrong(self, world: World) -> None:
        letter = world.letter_with_host()
        host = world.director_of(letter.challenge.host_authority)
        with pytest.raises(Refused, match="Say what is wrong"):
            actions.reply_on_accuracy(letter, agrees=False, comment=" \n", by=host)
        assert again(letter).state == LetterState.WITH_HOST


class TestSilence:
    def sent(self, world: World, *, overdue: bool) -> Letter:
        """So long ago that the fifth working day is over, or as long as it can be and is not."""
        letter, today = world.letter_with_host(), timezone.localdate()
        day = today
        while working_days_after(day, 5) >= today:
            day -= timedelta(days=1)
        day += timedelta(days=0 if overdue else 1)
        Letter.objects.filter(pk=letter.pk).update(sent_to_host_at=timezone.now() - (today - day))
        return letter

    def test_past_the_fifth_working_day_is_agreement(self, world: World) -> None:
        letter = self.sent(world, overdue=True)
        happened = Happened()
        count_silence_as_agreement()
        letter = again(letter)
        assert letter.state == LetterState.CHECKED
        assert [(reply.agrees, reply.by) for reply in letter.replies.all()] == [(True, None)]
        assert happened.verbs == ["letter.accuracy_replied"]
        assert happened.promises == ["feedback.tell_lead_of_reply", "feedback.ask_for_approval"]

    def test_until_the_fifth_working_day_is_over_is_nothing_yet(self, world: World) -> None:
        letter = self.sent(world, overdue=False)
        happened = Happened()
        count_silence_as_agreement()
        assert again(letter).state == LetterState.WITH_HOST
        assert happened.verbs == []

    def test_counted_again_changes_nothing(self, world: World) -> None:
        letter = self.sent(world, overdue=True)
        count_silence_as_agreement()
        happened = Happened()
        count_silence_as_agreement()
        actions.count_silence_as_agreement(letter, by=CLOCK)
        assert (happened.verbs, letter.replies.count()) == ([], 1)


class TestApproving:
    def test_signs_it_off_and_tells_the_officers(self, world: World) -> None:
        letter = world.letter_checked()
        happened = Happened()
        actions.approve_letter(letter, by=world.approver)
        letter = again(letter)
        assert (letter.state, letter.approved_by) == (LetterState.APPROVED, world.approver)
        assert happened.verbs == ["letter.approved"]
        assert happened.promises == ["feedback.tell_officers_approved"]

    def test_waits_for_the_team_to_deal_with_what_the_host_said(self, world: World) -> None:
        letter = world.letter_with_host()
        host = world.director_of(letter.challenge.host_authority)
        actions.reply_on_accuracy(letter, agrees=False, comment="Two, not three.", by=host)
        with pytest.raises(Refused):
            actions.approve_letter(letter, by=world.approver)
        happened = Happened()
        actions.hand_letter_over(letter, by=letter.drafted_by)
        assert happened.verbs == ["letter.handed_over"]
        assert happened.promises == ["feedback.ask_for_approval"]
        assert actions.approve_letter(letter, by=world.approver).state == LetterState.APPROVED


class TestSendingBack:
    def test_takes_the_approval_away_and_says_why(self, world: World) -> None:
        letter = world.letter_approved()
        happened = Happened()
        actions.send_letter_back(letter, reason="Too long.", by=world.approver)
        letter = again(letter)
        assert (letter.state, letter.approved_by) == (LetterState.WITH_TEAM, None)
        assert letter.sent_back_because == "Too long."
        assert happened.verbs == ["letter.sent_back"]
        assert Event.objects.last().details == {}
        assert happened.promises == ["feedback.tell_lead_sent_back"]

    def test_needs_a_reason(self, world: World) -> None:
        letter = world.letter_checked()
        with pytest.raises(Refused, match="Say what the team should change"):
            actions.send_letter_back(letter, reason=" ", by=world.approver)

    def test_only_the_lead_hands_it_over_again(self, world: World) -> None:
        letter = world.letter_checked()
        actions.send_letter_back(letter, reason="Say more.", by=world.approver)
        with pytest.raises(Refused, match="Only the lead reviewer asks for"):
            actions.hand_letter_over(letter, by=world.member_of(letter.challenge))

    def test_a_letter_handed_over_again_is_complete(self, world: World) -> None:
        letter = world.letter_checked()
        actions.send_letter_back(letter, reason="Say more.", by=world.approver)
        LetterPart.objects.filter(letter=letter, key="headlines").update(text="")
        with pytest.raises(Refused, match="write “Headline messages”"):
            actions.hand_letter_over(letter, by=letter.drafted_by)


def test_reading_is_recorded(world: World) -> None:
    letter = world.letter_drafted()
    happened = Happened()
    actions.read_letter(letter, by=letter.drafted_by)
    actions.read_letter(letter, downloaded=True, by=letter.drafted_by)
    actions.read_findings(letter.challenge, by=letter.drafted_by)
    assert happened.verbs == ["letter.read", "letter.downloaded", "findings.read"]
