import pytest

from feedback import actions
from feedback.models import Finding
from feedback.states import FindingKind
from peerchallenge.shared.answers import Refused
from rounds.models import Challenge
from rounds.states import ChallengeState
from tests.feedback.conftest import Happened
from tests.world import World


def test_a_finding_is_kept_as_the_team_puts_it(world: World) -> None:
    challenge = world.visited()
    member, happened = world.member_of(challenge), Happened()
    finding = actions.record_finding(
        challenge,
        kind=FindingKind.STRENGTH,
        theme="Listening to fathers",
        team_text="He was asked.",
        by=member,
    )
    finding.refresh_from_db()
    assert (finding.kind, finding.theme) == ("strength", "Listening to fathers")
    assert (finding.team_text, finding.letter_text) == ("He was asked.", "")
    assert (finding.wording, finding.for_letter) == ("He was asked.", True)
    assert finding.written_by == member
    assert happened.verbs == ["finding.recorded"]
    assert happened.promises == []


def test_what_was_seen_on_a_first_day_is_noted_when_the_rest_is_put_off(world: World) -> None:
    challenge = world.visited()
    noted = {"kind": FindingKind.STRENGTH, "theme": "x", "team_text": "x"}
    lead = world.lead_of(challenge)
    Challenge.objects.filter(pk=challenge.pk).update(state=ChallengeState.POSTPONED)
    put_off = world.again(challenge)
    put_off.days.filter(phase="feedback").delete()
    actions.record_finding(put_off, **noted, by=lead)
    put_off.days.all().delete()
    with pytest.raises(Refused, match="from the day the dates are agreed"):
        actions.record_finding(put_off, **noted, by=lead)


def test_nobody_else_records_one(world: World) -> None:
    challenge = world.visited()
    host = world.director_of(challenge.host_authority)
    happened = Happened()
    with pytest.raises(Refused, match="Only the team records findings"):
        actions.record_finding(
            challenge, kind=FindingKind.STRENGTH, theme="x", team_text="x", by=host
        )
    assert (challenge.findings.count(), happened.verbs) == (4, [])


def test_no_more_are_kept_than_anybody_could_read(world: World) -> None:
    challenge = world.visited()
    new = {"kind": FindingKind.STRENGTH, "theme": "x", "team_text": "x"}
    lead = world.lead_of(challenge)
    many = [Finding(challenge=challenge, written_by=lead, **new) for _ in range(595)]
    Finding.objects.bulk_create(many)
    actions.record_finding(challenge, **new, by=lead)
    with pytest.raises(Refused, match="no more fit"):
        actions.record_finding(challenge, **new, by=lead)


@pytest.mark.parametrize("blank", ["", "  \n"])
def test_a_finding_without_a_theme_would_be_an_empty_heading_so_it_is_refused(
    world: World, blank: str
) -> None:
    challenge = world.visited()
    lead, finding = world.lead_of(challenge), challenge.findings.first()
    kept = {"kind": FindingKind.STRENGTH, "theme": blank, "team_text": "x", "by": lead}
    changed = {"letter_text": "", "for_letter": True, "seen": finding.seen}
    with pytest.raises(Refused, match="Say which theme"):
        actions.record_finding(challenge, **kept)
    with pytest.raises(Refused, match="Say which theme"):
        actions.change_finding(finding, **kept, **changed)
    with pytest.raises(Refused, match="Say which theme"):
        actions.merge_findings(
            challenge, {one.pk: one.seen for one in challenge.findings.all()}, **kept
        )
    assert not challenge.findings.filter(theme=blank).exists()


class TestChanging:
    def change(self, finding: Finding, by: object, **changes: object) -> Finding:
        kept = {
            "kind": finding.kind,
            "theme": finding.theme,
            "team_text": finding.team_text,
            "letter_text": finding.letter_text,
            "for_letter": finding.for_letter,
            "seen": finding.seen,
        }
        return actions.change_finding(finding, **{**kept, **changes}, by=by)

    def test_keeps_the_new_words_and_records_it_once(self, world: World) -> None:
        challenge = world.visited()
        finding, happened = challenge.findings.first(), Happened()
        self.change(finding, world.member_of(challenge), letter_text="Better", for_letter=False)
        finding.refresh_from_db()
        assert (finding.letter_text, finding.for_letter) == ("Better", False)
        assert (happened.verbs, happened.promises) == (["finding.changed"], [])

    def test_of_nothing_is_no_change(self, world: World) -> None:
        challenge = world.visited()
        happened = Happened()
        self.change(challenge.findings.first(), world.lead_of(challenge))
        assert happened.verbs == []

    def test_over_somebody_elses_text_is_refused_and_shows_it(self, world: World) -> None:
        challenge = world.visited()
        lead, member = world.lead_of(challenge), world.member_of(challenge)
        mine = challenge.findings.first()
        theirs = Finding.objects.get(pk=mine.pk)
        self.change(theirs, member, team_text="Theirs")
        happened = Happened()
        with pytest.raises(actions.FindingChanged) as changed:
            self.change(mine, lead, team_text="Mine")
        assert changed.value.theirs.team_text == "Theirs"
        assert Finding.objects.get(pk=mine.pk).team_text == "Theirs"
        assert happened.verbs == []

    def test_to_what_somebody_else_made_of_it_already_is_fine(self, world: World) -> None:
        challenge = world.visited()
        mine = challenge.findings.first()
        self.change(Finding.objects.get(pk=mine.pk), world.member_of(challenge), team_text="Same")
        self.change(mine, world.lead_of(challenge), team_text="Same")
        assert Finding.objects.get(pk=mine.pk).team_text == "Same"

    def test_after_the_letter_went_out_is_refused(self, world: World) -> None:
        letter = world.letter_with_host()
        finding = letter.challenge.findings.first()
        with pytest.raises(Refused, match="its findings stand"):
            self.change(finding, world.lead_of(letter.challenge), team_text="Later")
        with pytest.raises(Refused, match="its findings stand"):
            actions.delete_finding(finding, by=world.lead_of(letter.challenge))


def test_a_deleted_finding_is_gone_and_its_end_recorded(world: World) -> None:
    challenge = world.visited()
    finding, happened = challenge.findings.first(), Happened()
    actions.delete_finding(finding, by=world.lead_of(challenge))
    assert not Finding.objects.filter(pk=finding.pk).exists()
    assert (happened.verbs, happened.promises) == (["finding.deleted"], [])
