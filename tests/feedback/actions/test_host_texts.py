"""What a host makes of its letter: a version without some passages, thanks, a summary."""

from __future__ import annotations

import io
import subprocess

import pytest
from django.core import mail
from docx import Document

from authorities.states import Role
from feedback import actions
from feedback.models import Letter, LetterFile
from feedback.queries.host_texts import host_text
from feedback.queries.redacting import redactable
from feedback.states import Audience, FileKind
from peerchallenge.shared.answers import Refused
from tests.feedback.conftest import cast
from tests.world import World, fresh, run_effects


def text_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def made(letter: Letter, kind: FileKind) -> bytes:
    run_effects()
    return LetterFile.objects.made().filter(letter=letter, kind=kind)[0].kept_data


def test_the_words_left_out_are_in_no_redacted_file_and_stay_in_the_letter(world: World) -> None:
    letter = world.letter_issued()
    director = world.director_of(letter.challenge.host_authority)
    finding = next(p for p in redactable(letter.frozen_content) if "Area for" in p.text)
    with pytest.raises(Refused, match="at least one passage"):
        actions.make_redacted_version(letter, by=director)
    for reason in ("Could identify a family", "Marked a second time"):
        actions.leave_passages_out(letter, [finding.place], reason=reason, by=director)
    file = actions.make_redacted_version(letter, by=director)
    assert actions.make_redacted_version(letter, by=director) == file
    said = text_of(made(letter, FileKind.REDACTED))
    assert "[Passage left out: Could identify a family]" in said
    assert finding.text in text_of(letter.sealed_pdf)
    assert finding.text not in said
    assert finding.text not in str(LetterFile.objects.get(pk=file.pk).content)
    actions.share_letter(letter, Audience.DIRECTORS, redacted=True, by=director)
    elsewhere = fresh(cast(world, letter.challenge)["director_elsewhere"])
    assert not Letter.objects.visible_to(elsewhere).exists()
    assert list(Letter.objects.redacted_for(elsewhere)) == [letter]
    assert [one.kind for one in LetterFile.objects.visible_to(elsewhere)] == ["redacted"]
    assert actions.put_passage_back(letter, letter.redactions.get().pk, by=director)
    assert not actions.put_passage_back(letter, 1, by=director)
    for name in ("lead", "officer", "chair", "lead_member"):
        person = fresh(cast(world, letter.challenge)[name])
        with pytest.raises(Refused, match="leave passages out"):
            actions.leave_passages_out(letter, [finding.place], reason="No", by=person)


def test_the_host_thanks_the_team_once(world: World) -> None:
    letter = world.letter_issued()
    host = letter.challenge.host_authority
    director, member = world.director_of(host), world.person(Role.LEAD_MEMBER, host)
    officer = world.person(Role.AUTHORITY_OFFICER, host)
    draft = host_text(letter, FileKind.THANKS)
    assert draft.parts[0]["text"].startswith(f"Dear {world.lead_of(letter.challenge).name}")
    with pytest.raises(Refused, match="Write the letter of thanks first"):
        actions.send_thanks(letter, seen=0, by=director)
    words = {"text": "Thank you.\n- For coming\n- For saying so"}
    actions.save_host_text(letter, FileKind.THANKS, words, seen=0, by=officer)
    with pytest.raises(Refused, match="Only the director or the lead member"):
        actions.send_thanks(letter, seen=1, by=officer)
    theirs = {"text": "Thanks a lot."}
    with pytest.raises(actions.HostTextChanged):
        actions.save_host_text(letter, FileKind.THANKS, theirs, seen=0, by=director)
    with pytest.raises(actions.HostTextChanged):
        actions.send_thanks(letter, seen=0, by=member)
    mail.outbox.clear()
    assert actions.send_thanks(letter, seen=1, by=member)
    assert actions.send_thanks(letter, seen=1, by=director) is None
    said = text_of(made(letter, FileKind.THANKS))
    assert "For saying so" in said
    assert director.name in said
    assert member.name in said
    team = {world.lead_of(letter.challenge).email, world.member_of(letter.challenge).email}
    thanked = [one for one in mail.outbox if "thanks from" in one.subject]
    assert {one.to[0] for one in thanked} == team
    assert "For saying so" not in "".join(one.body for one in mail.outbox)
    with pytest.raises(Refused, match="has been sent"):
        actions.save_host_text(letter, FileKind.THANKS, theirs, seen=1, by=director)


def test_the_summary_begins_from_the_letter_without_what_is_left_out(world: World) -> None:
    letter = world.letter_issued()
    director = world.director_of(letter.challenge.host_authority)
    strength = next(p for p in redactable(letter.frozen_content) if "Strength" in p.text)
    actions.leave_passages_out(letter, [strength.place], reason="One family", by=director)
    begun = {part["key"]: part["text"] for part in host_text(letter, FileKind.SUMMARY).parts}
    assert set(begun) == {"purpose", "looked_at", "findings", "next_steps"}
    assert "[Passage left out: One family]" in begun["findings"]
    assert strength.text not in begun["findings"]
    assert "Area for consideration on Early help" in begun["findings"]
    draft = actions.save_host_text(
        letter, FileKind.SUMMARY, {"purpose": "To tell you."}, seen=0, by=director
    )
    assert (draft.edits, draft.parts[0]["text"]) == (1, "To tell you.")
    actions.make_summary(letter, by=director)
    actions.make_summary(letter, by=director)
    document = Document(io.BytesIO(made(letter, FileKind.SUMMARY)))
    paragraphs = [one.text for one in document.paragraphs]
    assert "To tell you." in paragraphs
    assert "What was found" in paragraphs
    assert letter.files.filter(kind=FileKind.SUMMARY).count() == 1
    with pytest.raises(Refused, match="write its committee’s summary"):
        actions.make_summary(letter, by=world.lead_of(letter.challenge))
