"""An officer at the matching board: locks, suggests again, undoes, takes an empty place."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from rounds import actions
from rounds.models import Round, Scenario
from rounds.queries.proposals import proposal_of
from rounds.queries.weighing import members_by_id
from tests.journeys.conftest import WAYS
from tests.journeys.person import Enter, Hands
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("width", [1440, 320], ids=["wide", "narrow"])
def test_an_officer_locks_what_is_sure_and_has_the_rest_suggested_again(
    db: None, comes_in: Enter, way: str, width: int
) -> None:
    region = World(size=6)
    round = region.opened()
    officer = comes_in(region.officer, way, width)
    officer.opens(f"/rounds/{round.pk}/match")
    first, challenger = next(iter(challengers(round).items()))
    name = f"{challenger} as challenger of {first}"
    officer.presses(f"Lock {name}")
    officer.waits_for("Unlock", "#board")
    if officer.hands == Hands.KEYBOARD:
        expect(officer.page.locator("button:focus")).to_contain_text("Unlock")
    scenario = Scenario.objects.get()
    others = [host for host in challengers(round, scenario) if host != first]
    one, other = others[0], others[3]
    before = challengers(round, scenario)
    for host in (one, other):
        officer.presses(f"{before[host]} as challenger of {host}")
    officer.waits_for("Swapped.")
    swapped = challengers(round, scenario)
    assert swapped == before | {one: before[other], other: before[one]}
    officer.presses("Undo the last change")
    officer.waits_for("Put back as it was.")
    assert challengers(round, scenario) == before
    officer.presses("Suggest again")
    officer.waits_for("these are the best matches already")
    assert scenario.matches.get(locked=True).host.authority.name == first
    officer.presses("Changes so far")
    officer.sees(f"{one}: {before[other]} instead of {before[one]}")


def test_an_officer_gives_an_empty_place_to_whoever_is_free(db: None, comes_in: Enter) -> None:
    region = World(size=5)
    round = region.opened()
    ids = sorted(members_by_id(round))
    pairs = list(zip(ids, ids[1:] + ids[:1], strict=True))[1:]
    actions.save_matches(round, None, pairs, by=region.officer)
    officer = comes_in(region.officer)
    officer.opens(f"/rounds/{round.pk}/match")
    officer.sees("1 has no challenger yet.")
    officer.presses(f"Nobody yet as challenger of {region.authorities[0].name}")
    officer.presses(region.authorities[1].name)
    officer.waits_for("Every rule is met.")


def test_two_officers_at_once_lose_nothing(db: None, comes_in: Enter) -> None:
    region = World(size=6)
    round = region.opened()
    scenario = actions.suggest_again(round, None, by=region.officer)
    mine, theirs = comes_in(region.officer), comes_in(region.officer)
    for officer in (mine, theirs):
        officer.opens(f"/rounds/{round.pk}/match")
    by = challengers(round, scenario)
    hosts = list(by)
    seat = "{} as challenger of {}"
    mine.presses(seat.format(by[hosts[0]], hosts[0]))
    theirs.presses(f"Lock {seat.format(by[hosts[1]], hosts[1])}")
    mine.presses(seat.format(by[hosts[3]], hosts[3]))
    mine.waits_for("You changed these matches on another page.")
    mine.sees(f"You had chosen {by[hosts[0]]}, challenger of {hosts[0]}")
    assert challengers(round, scenario) == by
    expect(mine.page.get_by_role("button", name="Unlock")).to_have_count(1)


def challengers(round: Round, scenario: Scenario | None = None) -> dict[str, str]:
    """By host, as saved or proposed."""
    seen = proposal_of(round, scenario)
    called = {code: member.authority.name for code, member in seen.members.items()}
    return {called[host]: called[challenger] for host, challenger in seen.pairs}
