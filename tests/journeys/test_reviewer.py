"""A lead reviewer: a team, a finding on a phone, and a letter that goes to the host."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail

from authorities.states import Role
from feedback.models import Finding, Letter
from feedback.states import LetterState
from rounds.models import Challenge
from tests.journeys.conftest import visit_is_over
from tests.journeys.person import Enter, Person
from tests.world import World, run_effects

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = 320


def test_the_director_names_who_leads_and_the_lead_chooses_the_team(
    world: World, comes_in: Enter
) -> None:
    challenge = world.first(world.accepted())
    challenger = challenge.challenger_authority
    lead = world.person(Role.REVIEWER, challenger, name="Robin Lead")
    world.person(Role.REVIEWER, challenger, name="Sam Member")
    director = comes_in(world.director_of(challenger))
    director.opens("/")
    director.presses(f"Name who leads the challenge of {challenge.host_authority}")
    director.selects("Robin Lead", "Who leads the team?")
    director.presses("Name the lead reviewer")
    director.sees("Robin Lead leads the team. We have written to them.")
    run_effects()
    assert mail.outbox[-1].to == [lead.email]
    leader = comes_in(lead, width=PHONE)
    leader.opens("/")
    leader.presses(f"Choose your team for {challenge.host_authority}")
    leader.selects("Sam Member", "Who joins the team?")
    leader.presses("Add to the team")
    leader.sees("Sam Member is on the team. We have written to them.")
    assert challenge.team.count() == 2


def test_a_reviewer_records_a_finding_on_a_phone(
    world: World, comes_in: Enter, budget: Callable[..., None]
) -> None:
    challenge = world.visited()
    reviewer = comes_in(world.member_of(challenge), width=PHONE)
    reviewer.opens(f"/challenges/{challenge.pk}")
    reviewer.presses("The team’s findings")
    before = reviewer.clicks
    reviewer.types("Social workers knew each child’s history.", "What did you see or hear?")
    reviewer.chooses("Strength")
    reviewer.presses("Save finding")
    reviewer.sees("Saved.", "Social workers knew each child’s history.")
    budget("reviewer, one finding on a phone", reviewer.clicks - before, most=2)
    finding = Finding.objects.get(team_text="Social workers knew each child’s history.")
    assert finding.written_by == world.member_of(challenge)


def test_a_finding_without_its_kind_is_asked_for_and_loses_no_word(
    world: World, comes_in: Enter
) -> None:
    challenge = world.visited()
    reviewer = comes_in(world.member_of(challenge), width=PHONE)
    reviewer.opens(f"/challenges/{challenge.pk}/findings")
    reviewer.types("Nobody asked the children.", "What did you see or hear?")
    reviewer.presses("Save finding")
    reviewer.sees("There is a problem")
    assert reviewer.holds("What did you see or hear?") == "Nobody asked the children."
    assert not Finding.objects.filter(team_text="Nobody asked the children.").exists()


def test_a_finding_noted_without_a_connection_waits_in_the_page_and_is_kept_once(
    world: World, comes_in: Enter
) -> None:
    challenge = world.visited()
    reviewer = comes_in(world.member_of(challenge), width=PHONE)
    reviewer.opens(f"/challenges/{challenge.pk}/findings")
    reviewer.loses_the_connection()
    for text, kind in (("First of two.", "Strength"), ("Second of two.", "Good practice")):
        before = reviewer.clicks
        reviewer.types(text, "What did you see or hear?")
        reviewer.chooses(kind)
        reviewer.presses("Save finding")
        assert reviewer.clicks - before == 2
    reviewer.sees("Not sent yet – 2 waiting.", "First of two.", "Second of two.")
    assert reviewer.holds("What did you see or hear?") == ""
    outlives = reviewer.page.evaluate("() => JSON.stringify([localStorage, sessionStorage])")
    assert "of two" not in outlives
    assert challenge.findings.count() == 4
    reviewer.has_a_connection_again()
    reviewer.waits_for("Saved.", "[data-said]")
    noted = challenge.findings.order_by("pk").values_list("team_text", "kind")[4:]
    assert list(noted) == [("First of two.", "strength"), ("Second of two.", "good_practice")]


def test_a_lead_drafts_the_letter_from_the_findings_and_sends_it_to_the_host(
    world: World, comes_in: Enter, budget: Callable[..., None]
) -> None:
    challenge = visit_is_over(world.visited())
    lead = comes_in(world.lead_of(challenge))
    lead.opens("/")
    lead.presses(f"Draft the letter to {challenge.host_authority}")
    lead.presses("Draft the letter")
    writes_what_is_missing(lead, challenge)
    run_effects()
    mail.outbox.clear()
    lead.presses("Save, and send it on")
    lead.sees_heading("Send it to the host?")
    lead.presses(f"Send it to {challenge.host_authority}")
    lead.sees(f"{challenge.host_authority} is asked to check the facts.")
    letter = Letter.objects.get(challenge=challenge)
    assert letter.state == LetterState.WITH_HOST
    run_effects()
    assert [one.to for one in mail.outbox] == [
        [world.director_of(challenge.host_authority).email],
    ]
    budget("lead reviewer, visit’s end to letter with the host", lead.clicks, most=6)


def writes_what_is_missing(lead: Person, challenge: Challenge) -> None:
    letter = Letter.objects.get(challenge=challenge)
    empty = letter.parts.filter(text="")
    assert empty.exists()
    for part in empty:
        words = "Your leaders know the service well.\n- They listen\n- They act"
        lead.types(words, f"Text of “{part.heading}”")
    # How it will read is drawn beside the boxes, from what is being typed.
    lead.waits_for("Your leaders know the service well.", ".app-writing__preview")
    lead.waits_for("tokwording Strength on Leadership", ".app-writing__preview")
