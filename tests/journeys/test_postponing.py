"""A visit is postponed: the host says why, both sides answer, and the new days are sent."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail

from authorities.models import User
from rounds.models import Challenge
from rounds.states import ChallengeState
from tests.journeys.conftest import WAYS
from tests.journeys.person import Enter, Person
from tests.world import World, run_effects

pytestmark = pytest.mark.django_db(transaction=True)

WHY = "An inspection of the authority has been announced."


@pytest.mark.parametrize("way", WAYS)
def test_a_director_postpones_and_both_sides_settle_on_other_days(
    world: World,
    comes_in: Enter,
    post_of: Callable[[User], str],
    budget: Callable[..., None],
    way: str,
) -> None:
    challenge = world.first(world.booked())
    run_effects()
    host = world.director_of(challenge.host_authority)
    challenger = world.director_of(challenge.challenger_authority)
    first = comes_in(host, way)
    postpones(first, challenge)
    found = world.again(challenge)
    assert (found.state, found.dates_sent) == (ChallengeState.POSTPONED, False)
    first.opens(post_of(host))
    first.sees_heading(f"New dates for the visit to {challenge.host_authority}")
    says(first, challenge.host_authority.name, "can", "cannot", "can")
    first.presses("Send your answer")
    first.sees("Thank you: your answer is kept.")
    budget("a director, from the page of the challenge to their answer", first.clicks, most=10)
    second = comes_in(challenger, way)
    second.opens("/")
    second.presses(f"Say on which new days you can: {challenge}")
    says(second, challenge.challenger_authority.name, "cannot", "can", "can")
    second.presses("Send your answer")
    second.sees("This visit is not waiting for other days.")
    its_days_are_sent(world, challenge, second)


def postpones(director: Person, challenge: Challenge) -> None:
    director.opens(f"/challenges/{challenge.pk}")
    director.presses("Postpone the visit")
    director.sees("These days are given up", "2 directors and 2 reviewers are told by e-mail.")
    director.presses("Postpone the visit and tell everybody")
    director.sees("There is a problem")
    director.chooses("An inspection")
    director.types(WHY, "Why, in a sentence")
    director.presses("Postpone the visit and tell everybody")
    director.sees("Postponed. Other days are being looked for.", WHY)


def says(director: Person, name: str, *answers: str) -> None:
    """One answer to each date, in the order of the page."""
    for place, answer in enumerate(answers):
        director.page.get_by_label(f"{name} {answer}", exact=True).nth(place).check()
        director.clicks += 1


def its_days_are_sent(world: World, challenge: Challenge, director: Person) -> None:
    found = world.again(challenge)
    third = found.postponements.get().offers.get(rank=3)
    assert {day.phase: day.day.isoformat() for day in found.days.all()} == third.days
    assert found.dates_sent
    mail.outbox.clear()
    run_effects()
    assert len(mail.outbox) == 2 + found.team.current().count()
    director.presses("See where the challenge stands")
    director.sees("What came in the way", WHY, "New days were set on")
