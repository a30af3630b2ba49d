"""A letter on its way: checked by the host, approved, issued, and read by those who may."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from authorities.models import User
from feedback import actions
from feedback.models import Letter
from feedback.states import FindingKind, LetterState
from rounds.actions import follow_calendar
from rounds.models import Challenge
from rounds.states import ChallengeState
from tests.journeys.person import Enter, Person
from tests.world import World, run_effects

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_letters_are_checked_approved_issued_and_downloaded(
    world: World,
    comes_in: Enter,
    post_of: Callable[[User | str], str],
    budget: Callable[..., None],
) -> None:
    letter = world.letter_with_host()
    challenge = letter.challenge
    director = world.director_of(challenge.host_authority)
    host = comes_in(director)
    host.opens("/")
    host.sees(f"Check the letter from {challenge.challenger_authority} for accuracy")
    host.opens(post_of(director))
    the_host_agrees(host, letter)
    budget("host, letter checked from the mail", host.clicks, most=2)
    approver = comes_in(world.approver)
    approver.opens(post_of(world.approver))
    approver.sees_heading(f"Feedback letter to {challenge.host_authority}")
    approver.opens("/")
    the_approver_approves(approver, letter)
    budget("approver, letter approved from home", approver.clicks, most=2)
    other = another_letter_approved(world, challenge)
    officer = comes_in(world.officer)
    officer.opens("/")
    the_officer_issues_all(officer, [letter, other])
    budget("officer, all letters issued from home", officer.clicks, most=3)
    letter.refresh_from_db()
    reviewer = comes_in(world.member_of(challenge))
    a_reviewer_downloads(reviewer, letter)
    budget("reviewer, a letter’s PDF from home", reviewer.clicks, most=1)
    nobody_elsewhere_learns_of_it(comes_in(elsewhere(world, challenge)), letter)


def the_host_agrees(host: Person, letter: Letter) -> None:
    host.sees_heading("Check the facts in your letter")
    host.sees("tokwording", "tokletter")
    host.does_not_see("tokfinding")
    host.presses("Agree with all")
    host.sees("Thank you. The letter goes to the approver.")
    letter.refresh_from_db()
    assert letter.state == LetterState.CHECKED


def the_approver_approves(approver: Person, letter: Letter) -> None:
    approver.presses(f"Approve the letter to {letter.challenge.host_authority}")
    approver.sees("The host says that everything is correct")
    approver.presses("Approve the letter")
    approver.sees("The letter is approved and can be issued.")
    letter.refresh_from_db()
    assert letter.state == LetterState.APPROVED


def the_officer_issues_all(officer: Person, letters: list[Letter]) -> None:
    officer.presses(f"Issue {len(letters)} letters")
    officer.presses("Issue all approved letters")
    officer.sees_heading(f"You are about to issue {len(letters)} letters")
    officer.presses(f"Issue {len(letters)} letters")
    officer.sees_heading("Issuing letters")
    assert {one.state for one in Letter.objects.all()} == {LetterState.ISSUING}
    # The page asks by itself how far the worker is.
    officer.does_not_see("letters are issued.")
    run_effects()
    officer.waits_for(f"All {len(letters)} letters are issued.")


def a_reviewer_downloads(reviewer: Person, letter: Letter) -> None:
    reviewer.opens("/")
    pdf = reviewer.downloads(f"Feedback letter to {letter.challenge.host_authority} (PDF)")
    assert pdf.startswith(b"%PDF-")
    assert hashlib.sha256(pdf).hexdigest() == letter.sha256


def elsewhere(world: World, challenge: Challenge) -> User:
    """The director of an authority that neither hosts nor gives this challenge."""
    sides = {challenge.host_authority, challenge.challenger_authority}
    return next(
        director
        for director, authority in zip(world.directors, world.authorities, strict=True)
        if authority not in sides
    )


def nobody_elsewhere_learns_of_it(director: Person, letter: Letter) -> None:
    for address in (f"/letters/{letter.pk}", f"/letters/{letter.pk}.pdf"):
        director.opens(address, status=404)
        director.does_not_see(str(letter.challenge.host_authority), letter.reference)


def another_letter_approved(world: World, first: Challenge) -> Letter:
    challenge = first.round.challenges.with_both_sides().exclude(pk=first.pk).order_by("pk")[0]
    lead = world.lead_of(challenge)
    follow_calendar(challenge, ChallengeState.ON_SITE, by=lead)
    actions.record_finding(
        challenge,
        kind=FindingKind.STRENGTH,
        theme="Leadership and direction",
        team_text="Leaders listen",
        letter_text="Leaders listen",
        by=lead,
    )
    letter = actions.draft_letter(world.again(challenge), by=lead)
    texts = {part.key: "Written by hand." for part in letter.parts.filter(text="")}
    letter = actions.edit_letter(letter, texts, by=lead)
    letter = actions.send_letter_to_host(letter, by=lead)
    host = world.director_of(challenge.host_authority)
    actions.reply_on_accuracy(letter, agrees=True, by=host)
    return actions.approve_letter(Letter.objects.get(pk=letter.pk), by=world.approver)
