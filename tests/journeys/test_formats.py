"""An officer: the dates of rounds in which visits are not two days a week apart."""

from __future__ import annotations

import pytest
from django.core import mail

from peerchallenge.shared.dates import bank_holidays
from rounds import actions
from rounds.models import Challenge, Round
from rounds.queries.calendar import calendar_of, visits_of
from rounds.queries.proposals import proposal_of
from tests.journeys.person import Enter
from tests.world import World, fresh, run_effects

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("preset", "length", "said", "subject"),
    [
        ("three_day_review", 3, "3 days in a row within one week", "Dates for your review at "),
        ("five_day_week", 5, "5 days in a row, Monday to Friday", "Dates for your review week at "),
        ("challenge_panel", 1, "Monday to Friday", "The day is set: "),
    ],
)
def test_the_dates_of_a_format_are_found_and_sent(
    db: None, comes_in: Enter, preset: str, length: int, said: str, subject: str
) -> None:
    world = World(5, preset=preset)
    round = accepted(world)
    officer = comes_in(world.officer)
    officer.opens(f"/rounds/{round.pk}/visits")
    officer.sees(said)
    officer.presses("Find days for the empty ones")
    run_effects()
    officer.waits_for("No better plan exists: this is proven.")
    visits = [[day.day for day in one.days.all()] for one in Challenge.objects.all()]
    for days in visits:
        assert len(days) == length
        assert (days[-1] - days[0]).days == length - 1
        assert days[0].weekday() + length <= 5
        assert not {*days} & {*bank_holidays()}
    one = visits_of(round)[0]
    cells = [cell for row in calendar_of(round, [one]).rows for cell in row.weeks]
    entries = [entry for cell in cells for entry in cell.entries if not entry.due]
    # The host’s days are one entry; where all meet nobody goes to anybody.
    assert len(entries) == (1 if preset == "challenge_panel" else 2)
    assert {entry.until for entry in entries} == {max(one.days.values()) if length > 1 else None}
    assert (len({days[0] for days in visits}) == 1) == (preset == "challenge_panel")
    officer.opens(f"/challenges/{world.first(round).pk}/days")
    officer.sees(said if length > 1 else "Everybody meets on this day: 4 others of the round move")
    officer.opens(f"/rounds/{round.pk}/visits/send")
    officer.presses("Send the dates of 5 visits")
    run_effects()
    assert any(one.subject.startswith(subject) for one in mail.outbox)


def accepted(world: World) -> Round:
    """Everybody has written, the best matches are confirmed, and every side has said yes."""
    round = world.opened()
    for participation in round.participations.all():
        world.sent(participation)
    scenario = actions.save_matches(round, None, proposal_of(round, None).pairs, by=world.officer)
    actions.publish_scenario(scenario, by=world.officer)
    actions.confirm_matches(round, by=world.officer)
    for challenge in round.challenges.with_both_sides():
        for side in challenge.sides:
            actions.accept_challenge(challenge, by=fresh(world.director_of(side.authority)))
    run_effects()
    mail.outbox.clear()
    return Round.objects.get(pk=round.pk)
