"""Once a letter is issued: its host says thanks and tells its committee; then it is corrected."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable

import pytest
from docx import Document

from feedback.models import Letter
from feedback.states import LetterState
from tests.journeys.person import Enter, Person
from tests.world import World, run_effects

pytestmark = pytest.mark.django_db(transaction=True)

REASON = "The number of homes was wrong."


def test_the_host_thanks_the_team_and_sums_the_letter_up_for_its_committee(
    world: World, comes_in: Enter, post_of: Callable[..., str], budget: Callable[..., None]
) -> None:
    letter = world.letter_issued()
    director = world.director_of(letter.challenge.host_authority)
    host = comes_in(director, width=320)
    host.opens("/")
    host.presses("Your letter is issued: thank the team, decide who may read it")
    home = host.where
    host.presses("Thank the team")
    host.types("Dear team\n\nYou gave us two days. Thank you.", into="Your letter of thanks")
    host.presses("Save and read it once more")
    host.sees_heading("Send the letter of thanks?")
    host.presses("Send it to the team")
    run_effects()
    # The page asks by itself until the file is there.
    host.waits_for("Download the letter of thanks", "#made")
    budget("host, the team thanked from home", host.clicks, most=4)
    words = text_of(host.downloads("Download the letter of thanks (PDF)"))
    assert "You gave us two days. Thank you." in words
    assert director.name in words

    host.opens(home)
    before = host.clicks
    host.presses("Write a summary for your committee")
    host.presses("Save and make the Word document")
    run_effects()
    host.waits_for("Made on", "#made")
    summary = host.downloads("The summary for the committee (Word)")
    budget("host, a committee’s summary from the letter", host.clicks - before, most=3)
    said = "\n".join(one.text for one in Document(io.BytesIO(summary)).paragraphs)
    assert "tokwording Strength" in said
    assert letter.reference in said

    member = world.member_of(letter.challenge)
    reader = comes_in(member)
    reader.opens(post_of(member))
    reader.sees("You gave us two days. Thank you.")


def test_a_letter_is_corrected_by_another_that_says_so_and_both_are_kept(
    world: World,
    comes_in: Enter,
    post_of: Callable[..., str],
    budget: Callable[..., None],
) -> None:
    old = world.letter_issued()
    challenge = old.challenge
    lead = comes_in(world.lead_of(challenge))
    lead.opens(f"/letters/{old.pk}")
    the_lead_corrects(lead)
    budget("lead reviewer, an issued letter corrected and handed over", lead.clicks, most=4)
    approver = comes_in(world.approver)
    approver.opens(post_of(world.approver))
    approver.sees(REASON, "The host has not checked it")
    approver.presses("Approve the letter")
    officer = comes_in(world.officer)
    officer.opens(post_of(world.officer))
    officer.presses("Issue the approved letter")
    officer.presses("Issue 1 letter")
    officer.sees_heading("Issuing letters")
    run_effects()
    old.refresh_from_db()
    new = Letter.objects.get(supersedes=old)
    assert (new.state, old.state) == (LetterState.ISSUED, LetterState.SUPERSEDED)

    host = comes_in(world.director_of(challenge.host_authority), width=320)
    host.opens(f"/letters/{old.pk}")
    host.sees("This letter has been replaced", REASON)
    host.presses(new.reference)
    host.sees(f"It replaces {old.reference}", REASON, "Two homes, not three.")
    for one in (old, new):
        pdf = host.page.request.get(f"{host.checks.site}/letters/{one.pk}.pdf").body()
        assert pdf == one.sealed_pdf
    face = text_of(new.sealed_pdf)
    assert old.reference in face
    assert REASON in face


def the_lead_corrects(lead: Person) -> None:
    lead.presses("Replace it with a corrected letter")
    lead.types(REASON, into="Why is the letter replaced?")
    lead.presses("Begin the corrected letter")
    lead.sees("The corrected letter begins with the words of the issued one.")
    lead.types("Two homes, not three.", into="Text of “Headline messages”")
    lead.waits_for("Two homes, not three.", ".app-writing__preview")
    lead.presses("Save, and send it on")
    lead.sees_heading("Who should read it next?")
    lead.presses("Ask for approval")
    lead.sees("approver")


def text_of(pdf: bytes) -> str:
    """As somebody who opens it reads it, each line joined to the next."""
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())
