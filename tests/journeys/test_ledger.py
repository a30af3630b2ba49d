"""An officer: what was held before the rounds were run here, and who gave what to whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rounds.models import EarlierChallenge
from tests.journeys.conftest import WAYS
from tests.journeys.person import Enter
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("way", WAYS)
def test_an_officer_enters_what_was_held_earlier(
    db: None, comes_in: Enter, budget: Callable[..., None], way: str
) -> None:
    region = World()
    region.opened()
    one, other, third = region.authorities
    rows = (
        f"{one}\t{other}\t4 February 2013\t4\tWinter 2013\n"
        f"{other}\t{third}\t30/2/2013\t4\tWinter 2013\n"
        f"{third}\t{one.dfe_code}\t2013-02-06\t2\tWinter 2013"
    )
    officer = comes_in(region.officer, way, width=320)
    officer.opens("/rounds")
    officer.presses("What each authority gave and received")
    officer.sees_heading("Given and received")
    officer.presses("Challenges held before the rounds were run here")
    officer.presses("Enter many from a spreadsheet")
    officer.types(rows, "Paste the rows here")
    officer.presses("Check the rows")
    officer.sees("2 rows are taken of 3.", "“30/2/2013” is not a day")
    assert not EarlierChallenge.objects.exists()
    officer.types(
        officer.holds("Paste the rows here").replace("30/2", "5/2"), "Paste the rows here"
    )
    officer.presses("Check the rows again")
    officer.sees("3 rows are taken of 3.")
    officer.presses("Enter 3 challenges")
    officer.sees("3 challenges have been entered.")
    officer.presses("Back to given and received")
    officer.sees("Gave 2 days more than it received", "Received 2 days more than it gave")
    budget(f"officer, three earlier challenges and one put right, {way}", officer.clicks, most=7)
    officer.presses("Winter 2013")
    officer.sees("This is “Winter 2013” alone.")
    officer.presses(str(one))
    officer.sees(f"Was challenged by {other}", f"Challenged {third}")
    taken = [(row.host, row.challenger, row.days) for row in EarlierChallenge.objects.all()]
    assert taken == [(third, one, 2), (other, third, 4), (one, other, 4)]


def test_an_officer_takes_one_out_again(db: None, comes_in: Enter) -> None:
    region = World()
    one, other, _ = region.authorities
    officer = comes_in(region.officer)
    officer.opens(f"/regions/{region.region.pk}/earlier")
    officer.presses("Enter one")
    officer.presses("Enter it", status=200)
    officer.sees("There is a problem")
    officer.selects(str(one), "Which authority was challenged?")
    officer.selects(str(other), "Which authority challenged it?")
    for part, text in (("Day", "4"), ("Month", "2"), ("Year", "2013")):
        officer.types(text, part, group="When was its first day?")
    officer.types("4", "Days the challenger gave")
    officer.presses("Enter it")
    officer.sees("The challenge has been entered.")
    officer.presses(f"Remove that {other} challenged {one}")
    officer.sees("and gave 4 days")
    officer.presses("Remove it")
    officer.sees("The challenge has been removed from the ledger.", "None has been entered yet.")
