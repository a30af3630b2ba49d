"""An officer: from an empty region of 16 authorities to the dates of 16 visits sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import combinations

import pytest
from django.core import mail
from django.utils import timezone

from rounds import actions
from rounds.models import Challenge, Round, VisitDay
from rounds.queries.proposals import proposal_of
from rounds.states import ChallengeState
from tests.journeys.conftest import WAYS
from tests.journeys.person import Enter, Hands, Person
from tests.world import World, fresh, run_effects

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("way", WAYS)
def test_an_officer_takes_a_region_from_a_new_round_to_dates_sent(
    db: None, comes_in: Enter, budget: Callable[..., None], way: str
) -> None:
    region = World(size=16 if way == "by pointer" else 6)
    officer = comes_in(region.officer, way)
    officer.opens("/")
    starts_a_round(officer)
    invites_everybody(officer, region)
    everybody_sends_a_self_assessment(region)
    matches_with_one_swap(officer, region)
    both_sides_accept(region)
    sends_the_dates(officer, region)
    journey = f"officer, new round of {region.size} to dates sent, {way}"
    budget(journey, officer.clicks, most=12)


def starts_a_round(officer: Person) -> None:
    officer.presses("Start a round")
    officer.sees_heading("Start a round")
    officer.types("Winter round", "Name of the round")
    today = timezone.localdate()
    dates = {
        "Self-assessments due": today + timedelta(weeks=4),
        "First day a visit may take place": today + timedelta(weeks=6),
        "Last day a visit may take place": today + timedelta(weeks=18),
    }
    for legend, day in dates.items():
        types_a_date(officer, legend, day)
    areas = ["Adoption", "Diversion from care", "Safeguarding services and thresholds"]
    for number, area in enumerate(areas, 1):
        officer.types(area, f"Area {number}")
    officer.presses("Create and check")


def types_a_date(person: Person, legend: str, day: date) -> None:
    for part, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        person.types(str(number), part, group=legend)


def invites_everybody(officer: Person, region: World) -> None:
    officer.sees_heading(f"You are about to e-mail {region.size} directors")
    officer.sees(*(director.name for director in region.directors))
    officer.presses(f"Invite {region.size} authorities")
    run_effects()
    assert sorted(one.to for one in mail.outbox) == sorted([d.email] for d in region.directors)
    assert {one.subject for one in mail.outbox} == {"Winter round: your self-assessment"}


def everybody_sends_a_self_assessment(region: World) -> None:
    for participation in the_round().participations.all():
        region.sent(participation)
    run_effects()
    mail.outbox.clear()


def matches_with_one_swap(officer: Person, region: World) -> None:
    officer.presses("Match")
    officer.sees_heading("Match authorities")
    officer.waits_for("Every rule is met.")
    before = proposed()
    one, other = two_to_swap(before)
    officer.presses(f"{before[one]} as challenger of {one}")
    officer.waits_for(f"{before[one]}, who challenges {one}, is chosen.")
    if officer.hands == Hands.KEYBOARD:  # the board was redrawn under it, and the focus stayed
        pressed = officer.page.locator("button:focus")
        assert pressed.get_attribute("aria-pressed") == "true"
    officer.presses(f"{before[other]} as challenger of {other}")
    officer.waits_for("Swapped.")
    officer.waits_for("Every rule is met.")
    officer.presses("Confirm matches and tell directors")
    officer.sees_heading(f"You are about to e-mail {region.size} directors")
    assert challengers() == before | {one: before[other], other: before[one]}
    officer.presses(f"Confirm {region.size} matches and tell directors")
    assert Challenge.objects.filter(state=ChallengeState.OFFERED).count() == region.size


def proposed() -> dict[str, str]:
    """What the board shows on arrival, by host."""
    seen = proposal_of(the_round(), None)
    called = {code: member.authority.name for code, member in seen.members.items()}
    return {called[host]: called[challenger] for host, challenger in seen.pairs}


def two_to_swap(by: dict[str, str]) -> tuple[str, str]:
    """The first two hosts whose challengers can be exchanged without breaking a rule."""
    for one, other in combinations(by, 2):
        after = by | {one: by[other], other: by[one]}
        if all(after[host] != host != after[after[host]] for host in after):
            return one, other
    raise AssertionError("no two can be swapped")


def challengers() -> dict[str, str]:
    """By host, as saved."""
    pairs = the_round().challenges.with_both_sides()
    return {one.host_authority.name: one.challenger_authority.name for one in pairs}


def both_sides_accept(region: World) -> None:
    for challenge in the_round().challenges.with_both_sides():
        for side in (challenge.host_authority, challenge.challenger_authority):
            actions.accept_challenge(challenge, by=fresh(region.director_of(side)))
    run_effects()
    mail.outbox.clear()


def sends_the_dates(officer: Person, region: World) -> None:
    officer.looks_again()
    officer.presses("Find days for the empty ones")
    officer.sees_heading("Visits")
    run_effects()
    if officer.checks.scripts:
        officer.waits_for("No better plan exists: this is proven.")
    else:
        officer.presses("Look whether it is done")
    officer.sees(f"Days for {region.size} visits were looked for")
    assert VisitDay.objects.count() == 2 * region.size
    officer.presses("Save and go on to send dates")
    officer.sees_heading(f"You are about to e-mail {region.size} directors")
    officer.presses(f"Send the dates of {region.size} visits")
    officer.sees(f"The dates of {region.size} visits are being sent to both sides.")
    run_effects()
    # Every director hosts one visit and makes another.
    assert sorted(one.to for one in mail.outbox) == sorted([d.email] for d in region.directors * 2)
    assert all(one.booked for one in Challenge.objects.all())


def the_round() -> Round:
    return Round.objects.get(name="Winter round")
