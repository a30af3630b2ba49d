from __future__ import annotations

import pytest

from feedback import actions, permissions, queries
from feedback.models import Finding, Letter
from feedback.states import SEALED, LetterState
from peerchallenge.audit.actions import CLOCK
from peerchallenge.shared.answers import Refused
from tests.feedback.conftest import PERSONAS, Happened, again, cast
from tests.world import World


def issued(world: World) -> Letter:
    """Sealed with bytes that nobody had to render."""
    letter = actions.seal_letter(world.letter_issuing(), b"%PDF-", by=CLOCK)
    return again(letter)


def test_a_correction_takes_the_place_of_the_issued_letter_once_it_is_issued(
    world: World,
) -> None:
    old = issued(world)
    challenge, lead = world.again(old.challenge), old.drafted_by
    area = Finding.objects.filter(challenge=challenge, kind="area_for_consideration").first()
    assert not permissions.change_finding(lead, area)
    happened = Happened()
    new = actions.begin_correction(old, reason="Two homes,\nnot three.", by=lead)
    assert (new.version, new.state, new.reference) == (2, LetterState.DRAFTING, "")
    assert list(new.parts.values_list("key", "text")) == list(old.parts.values_list("key", "text"))
    assert permissions.change_finding(lead, area)
    assert challenge.letters.standing().get() == old
    assert challenge.letters.exclude(state__in=SEALED).get() == new
    actions.edit_letter(new, {"headlines": "Two homes."}, by=lead)
    new = actions.hand_letter_over(again(new), by=lead)
    since, before = queries.read_before(new)
    assert (since, before) == (f"{old.reference} was issued", old.frozen_content)
    new = actions.approve_letter(new, by=world.approver)
    new = actions.seal_letter(actions.issue_letter(new, by=world.officer), b"%PDF-2", by=CLOCK)
    old = again(old)
    assert (old.state, bytes(old.pdf)) == (LetterState.SUPERSEDED, b"%PDF-")
    assert new.number == old.number + 1
    face = new.frozen_content
    assert face.supersedes == f"{old.reference} of {old.issued_on.day} {old.issued_on:%B %Y}"
    assert (face.supersedes_reason, face.version) == ("Two homes, not three.", 2)
    assert challenge.letters.standing().get() == new
    assert not challenge.letters.exclude(state__in=SEALED).exists()
    assert happened.verbs == [
        "letter.correction_begun",
        "letter.edited",
        "letter.handed_over",
        "letter.approved",
        "letter.issue_requested",
        "letter.issued",
        "letter.superseded",
    ]
    assert permissions.begin_correction(lead, old).reason == (
        "A later letter has taken its place: correct that one."
    )
    assert permissions.begin_correction(lead, new)


def test_a_correction_is_begun_once_by_the_lead_with_a_reason_and_may_be_given_up(
    world: World,
) -> None:
    old = issued(world)
    people = cast(world, old.challenge)
    assert [who for who in PERSONAS if permissions.begin_correction(people[who], old)] == ["lead"]
    with pytest.raises(Refused, match="Say why"):
        actions.begin_correction(old, reason=" ", by=people["lead"])
    new = actions.begin_correction(old, reason="A name.", by=people["lead"])
    with pytest.raises(Refused, match="being written already"):
        actions.begin_correction(old, reason="Again.", by=people["lead"])
    assert [who for who in PERSONAS if permissions.drop_correction(people[who], new)] == ["lead"]
    assert not permissions.drop_correction(people["lead"], old)
    happened = Happened()
    actions.drop_correction(new, by=people["lead"])
    assert Letter.objects.get() == old
    assert happened.verbs == ["letter.correction_dropped"]


def test_a_correction_that_the_host_checks_marks_what_differs_from_the_issued_letter(
    world: World,
) -> None:
    old = issued(world)
    lead, host = old.drafted_by, world.director_of(old.challenge.host_authority)
    new = actions.begin_correction(old, reason="A name.", by=lead)
    actions.edit_letter(new, {"headlines": "Said anew."}, by=lead)
    new = actions.send_letter_to_host(new, by=lead)
    check = queries.accuracy_check(new)
    assert check.compared_with == "the letter it replaces"
    assert [row.place.text for row in check.rows if row.is_new] == ["Said anew."]
    actions.reply_on_accuracy(new, agrees=True, by=host)
    assert again(new).state == LetterState.CHECKED


def test_an_approver_does_not_approve_what_reads_otherwise_by_now(world: World) -> None:
    letter = world.letter_checked()
    read = queries.letter_content(letter).fingerprint
    actions.send_letter_back(letter, reason="Shorter.", by=world.approver)
    actions.edit_letter(letter, {"headlines": "Otherwise."}, by=letter.drafted_by)
    actions.hand_letter_over(letter, by=letter.drafted_by)
    with pytest.raises(actions.ChangedMeanwhile):
        actions.approve_letter(letter, seen=read, by=world.approver)
    now = queries.letter_content(again(letter)).fingerprint
    assert actions.approve_letter(letter, seen=now, by=world.approver).approved_by == world.approver


def test_only_the_lead_gives_a_correction_up(world: World) -> None:
    old = issued(world)
    new = actions.begin_correction(old, reason="A name.", by=old.drafted_by)
    with pytest.raises(Refused, match="Only the lead reviewer gives up"):
        actions.drop_correction(new, by=world.member_of(old.challenge))
    assert Letter.objects.filter(pk=new.pk).exists()
