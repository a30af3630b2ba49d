"""A team puts its findings together: merged, taken apart, in order, and first each alone."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from feedback import actions, permissions
from feedback.models import Finding, IndependentPhase
from feedback.states import FindingKind, Grouping, SourceKind, Way
from peerchallenge.audit.models import Event
from peerchallenge.shared.answers import Refused
from rounds.models import Challenge
from tests.feedback.conftest import Happened
from tests.world import World, fresh

THEME = "Working together"


def noted(challenge: Challenge, by: object, text: str, **more: object) -> Finding:
    said = {"kind": FindingKind.STRENGTH, "theme": THEME, **more}
    return actions.record_finding(challenge, team_text=text, by=by, **said)


def texts(challenge: Challenge) -> list[str]:
    """What the letter would say on the theme, in its order."""
    return [one.team_text for one in challenge.findings.in_letter().filter(theme=THEME)]


def test_the_same_words_sent_twice_are_kept_once_and_other_words_beside_them(world: World) -> None:
    challenge = world.visited()
    member, page = world.member_of(challenge), uuid4()
    happened = Happened()
    first = noted(challenge, member, "Once", sent_as=page)
    assert noted(challenge, member, "Once", sent_as=page) == first
    # “Back” in the browser: new words above the key of the old ones.
    assert noted(challenge, member, "Twice", sent_as=page) != first
    assert noted(challenge, world.lead_of(challenge), "Once", sent_as=page) != first
    assert texts(challenge) == ["Once", "Twice", "Once"]
    assert happened.verbs == ["finding.recorded"] * 3


class TestMerging:
    def merge(self, challenge: Challenge, parts: list[Finding], by: object) -> Finding:
        return actions.merge_findings(
            challenge,
            {part.pk: part.seen for part in parts},
            kind=FindingKind.STRENGTH,
            theme=THEME,
            team_text="Both of it",
            by=by,
        )

    def test_keeps_texts_and_sources_and_can_be_taken_apart(self, world: World) -> None:
        challenge = world.visited()
        lead, member = world.lead_of(challenge), world.member_of(challenge)
        one, two = noted(challenge, member, "One"), noted(challenge, lead, "Two")
        noted(challenge, lead, "Three")
        actions.give_source(one, kind=SourceKind.DATA, said="Return of March", by=member)
        happened = Happened()
        merged = self.merge(challenge, [one, two], lead)
        assert texts(challenge) == ["Both of it", "Three"]
        assert [part.team_text for part in merged.merged.order_by("pk")] == ["One", "Two"]
        again = Finding.objects.get(pk=one.pk)
        assert not permissions.change_finding(lead, again)
        actions.give_source(merged, kind=SourceKind.OBSERVED, by=lead)
        assert set(actions.take_finding_apart(merged, by=member)) == {one, two}
        assert texts(challenge) == ["One", "Two", "Three"]
        assert [str(source) for source in one.sources.all()] == [
            "Return of March",
            "Seen on site",
        ]
        assert happened.verbs == [
            "finding.merged",
            "finding.source_given",
            "finding.taken_apart",
        ]

    def test_only_the_team_takes_one_apart(self, world: World) -> None:
        challenge = world.visited()
        lead = world.lead_of(challenge)
        merged = self.merge(
            challenge, [noted(challenge, lead, "One"), noted(challenge, lead, "Two")], lead
        )
        with pytest.raises(Refused, match="Only the team"):
            actions.take_finding_apart(merged, by=world.director_of(challenge.host_authority))
        assert texts(challenge) == ["Both of it"]

    def test_of_one_that_somebody_changed_or_merged_meanwhile_is_refused(
        self, world: World
    ) -> None:
        challenge = world.visited()
        lead = world.lead_of(challenge)
        one, two, three = (noted(challenge, lead, text) for text in ("One", "Two", "Three"))
        Finding.objects.filter(pk=one.pk).update(team_text="Changed")
        with pytest.raises(actions.FindingChanged):
            self.merge(challenge, [one, two], lead)
        self.merge(challenge, [two, three], lead)
        one.refresh_from_db()
        with pytest.raises(Refused, match="merged or deleted meanwhile"):
            self.merge(challenge, [one, two], lead)
        with pytest.raises(Refused, match="two or more"):
            self.merge(challenge, [one], lead)
        with pytest.raises(Refused, match="not merged from others"):
            actions.take_finding_apart(one, by=lead)


def test_a_finding_is_moved_among_those_of_its_kind_and_theme(world: World) -> None:
    challenge = world.visited()
    lead = world.lead_of(challenge)
    one, two, three = (noted(challenge, lead, text) for text in ("One", "Two", "Three"))
    noted(challenge, lead, "Elsewhere", theme="Early help and prevention")
    happened = Happened()
    for finding, way, after in (
        (three, Way.UP, ["One", "Three", "Two"]),
        (two, Way.TOP, ["Two", "One", "Three"]),
        (two, Way.DOWN, ["One", "Two", "Three"]),
        (one, Way.UP, ["One", "Two", "Three"]),
        (three, Way.DOWN, ["One", "Two", "Three"]),
    ):
        actions.move_finding(finding, way, within=Grouping.THEME, by=lead)
        assert texts(challenge) == after
    assert happened.verbs == ["finding.moved"] * 3


class TestEachAlone:
    def test_everybody_sees_their_own_until_all_are_done(self, world: World) -> None:
        challenge = world.visited()
        lead, member = world.lead_of(challenge), world.member_of(challenge)
        theirs = noted(challenge, member, "Mine alone")
        happened = Happened()
        actions.begin_independent_phase(challenge, by=lead)

        def seen(user: object) -> list[int]:
            found = Finding.objects.visible_to(fresh(user)).filter(challenge=challenge)
            return list(found.order_by("pk").values_list("written_by", flat=True))

        assert (seen(lead), seen(member)) == ([lead.pk] * 4, [member.pk])
        for rule in (permissions.draft_letter, permissions.merge_findings):
            assert "notes on their own" in rule(lead, challenge).reason
        actions.say_done(challenge, by=lead)
        assert "already" in permissions.say_done(lead, challenge).reason
        assert (seen(lead), seen(member)) == ([lead.pk] * 4, [member.pk])
        actions.say_done(challenge, by=member)
        assert len(seen(lead)) == len(seen(member)) == 5
        assert theirs.pk in Finding.objects.visible_to(lead).values_list("pk", flat=True)
        assert permissions.draft_letter(lead, challenge)
        assert not permissions.begin_independent_phase(lead, challenge)
        assert happened.verbs == [
            "findings.independent_begun",
            "findings.independent_done",
            "findings.independent_done",
        ]

    def test_only_the_lead_begins_it(self, world: World) -> None:
        challenge = world.visited()
        with pytest.raises(Refused, match="Only the lead reviewer lets each note"):
            actions.begin_independent_phase(challenge, by=world.member_of(challenge))

    def test_the_lead_may_end_it_and_who_was_not_done_is_recorded(self, world: World) -> None:
        challenge = world.visited()
        lead, member = world.lead_of(challenge), world.member_of(challenge)
        assert not permissions.begin_independent_phase(member, challenge)
        actions.begin_independent_phase(challenge, by=lead)
        actions.say_done(challenge, by=lead)
        with pytest.raises(Refused, match="Only the lead reviewer ends"):
            actions.end_independent_phase(challenge, by=member)
        actions.end_independent_phase(challenge, by=lead)
        assert IndependentPhase.objects.get().ended_at
        event = Event.objects.get(verb="findings.independent_ended")
        assert (event.by_user, event.details) == (lead, {"not_done": [member.pk]})
        with pytest.raises(Refused, match="nobody notes alone"):
            actions.say_done(challenge, by=member)

    def test_who_left_the_team_is_not_waited_for(self, world: World) -> None:
        challenge = world.visited()
        lead, member = world.lead_of(challenge), world.member_of(challenge)
        actions.begin_independent_phase(challenge, by=lead)
        yesterday = timezone.localdate() - timedelta(days=1)
        challenge.team.filter(user=member).update(from_date=yesterday, to_date=yesterday)
        assert actions.say_done(challenge, by=lead).ended_at


def test_only_the_team_says_what_a_finding_rests_on(world: World) -> None:
    challenge = world.visited()
    finding, director = challenge.findings.first(), world.director_of(challenge.host_authority)
    with pytest.raises(Refused, match="Only the team"):
        actions.give_source(finding, kind=SourceKind.OBSERVED, by=director)
    own = actions.give_source(finding, kind=SourceKind.OBSERVED, by=world.lead_of(challenge))
    with pytest.raises(Refused, match="Only the team"):
        actions.take_source_back(finding, own.pk, by=director)
    assert finding.sources.get() == own


def test_only_the_team_puts_its_findings_in_order(world: World) -> None:
    challenge = world.visited()
    lead = world.lead_of(challenge)
    noted(challenge, lead, "One")
    two = noted(challenge, lead, "Two")
    director = world.director_of(challenge.host_authority)
    with pytest.raises(Refused, match="Only the team"):
        actions.move_finding(two, Way.UP, within=Grouping.THEME, by=director)
    assert texts(challenge) == ["One", "Two"]
