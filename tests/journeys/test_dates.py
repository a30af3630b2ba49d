"""Dates: found by a worker, one pinned, the rest solved again, sent, objected to, moved."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core import mail

from authorities.models import Authority
from authorities.states import Role
from rounds import actions
from rounds.models import Challenge, Round
from tests.journeys.conftest import WAYS
from tests.journeys.person import Enter, Person
from tests.world import World, run_effects

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("way", WAYS)
def test_dates_are_found_pinned_solved_again_sent_objected_to_and_moved(
    db: None, comes_in: Enter, way: str
) -> None:
    region = World(size=4)
    round = region.accepted()
    run_effects()
    officer = comes_in(region.officer, way)
    officer.opens(f"/rounds/{round.pk}/visits")
    officer.presses("Find days for the empty ones")
    it_is_found(officer, "No better plan exists: this is proven.")
    pinned, stuck = in_order(round)[0], somebody_cannot(region, round)
    officer.presses(f"Pin {pinned.host_authority}’s visit")
    officer.sees(f"{pinned.host_authority}’s visit is pinned")
    before = {one.pk: days(one) for one in in_order(round)}
    solves_the_rest_again(officer, stuck)
    assert days(pinned) == before[pinned.pk]
    assert days(stuck) != before[stuck.pk]
    sends(officer)
    objects(comes_in(region.director_of(stuck.host_authority), way), stuck)
    moves(officer, round, stuck)


def in_order(round: Round) -> list[Challenge]:
    return list(round.challenges.with_both_sides().order_by("host__authority__name"))


def days(challenge: Challenge) -> list[date]:
    return list(challenge.days.values_list("day", flat=True))


def somebody_cannot(region: World, round: Round) -> Challenge:
    """The lead of the last visit cannot on its first day."""
    challenge = in_order(round)[-1]
    lead = region.person(Role.REVIEWER, third(region, challenge), name="Lea Reviewer")
    actions.name_lead(challenge, lead, by=region.officer)
    first = days(challenge)[0]
    actions.say_unavailable(None, first_day=first, last_day=first, by=lead)
    return challenge


def third(region: World, challenge: Challenge) -> Authority:
    sides = {side.authority for side in challenge.sides}
    return next(one for one in region.authorities if one not in sides)


def it_is_found(officer: Person, text: str) -> None:
    officer.sees("Looking for days")
    run_effects()
    if officer.checks.scripts:
        officer.waits_for(text)
    else:
        officer.presses("Look whether it is done")
        officer.sees(text)


def solves_the_rest_again(officer: Person, stuck: Challenge) -> None:
    officer.sees("Lea Reviewer cannot on")
    officer.presses("Solve the rest again")
    if officer.checks.scripts:
        it_is_found(officer, "Nothing has changed yet.")
    else:
        it_is_found(officer, "others would suit better")
        officer.presses("See which visits would move")
    officer.sees_heading("1 visit would move")
    officer.sees(stuck.host_authority.name)
    officer.presses("Use these days")
    officer.sees("1 visit has other days now.")
    officer.does_not_see("Lea Reviewer cannot on")


def sends(officer: Person) -> None:
    officer.presses("Save and go on to send dates")
    officer.presses("Send the dates of 4 visits")
    officer.sees("The dates of 4 visits are being sent to both sides.")
    run_effects()
    mail.outbox.clear()


def objects(director: Person, challenge: Challenge) -> None:
    director.opens(f"/challenges/{challenge.pk}")
    director.presses("We cannot keep these days")
    director.sees_heading("We cannot on these days")
    director.types("The directors’ conference is in that week.", "Why can you not?")
    director.presses("Tell the board’s officers")
    director.sees("The board’s officers have been told that you cannot.")
    run_effects()
    assert "conference" not in "".join(one.body for one in mail.outbox)


def moves(officer: Person, round: Round, challenge: Challenge) -> None:
    officer.opens(re.findall(r"/date-objections/\d+", mail.outbox[0].body)[0])
    officer.sees("The directors’ conference is in that week.")
    officer.presses("Free weeks for this visit")
    officer.sees_heading(f"Move the visit to {challenge.host_authority}")
    before = days(challenge)
    choose = officer.page.get_by_role("link", name=re.compile("^Choose the week of")).last
    officer.presses(str(choose.text_content()))
    officer.presses("Move the visit and tell all sides")
    officer.sees_heading("Visits")
    officer.does_not_see("cannot on the days sent")
    assert days(challenge) != before
