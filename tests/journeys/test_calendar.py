"""A director enters the school holidays; an officer sees who has which."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone

from authorities.models import Period
from authorities.states import PeriodKind
from tests.journeys.conftest import WAYS
from tests.journeys.person import Enter
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)
YEAR = timezone.localdate().year + 1


@pytest.mark.parametrize("way", WAYS)
def test_a_director_pastes_the_school_holidays_and_puts_one_right(
    db: None, comes_in: Enter, budget: Callable[..., None], way: str
) -> None:
    region = World()
    own = region.authorities[0]
    rows = (
        f"February half term, 15 February {YEAR}, 19 February {YEAR}\n"
        f"May half term: Monday 31 May to Friday 4 June {YEAR}\n"
        f"Summer holiday, 23/7/{YEAR}, 31/8/{YEAR}\n"
        f"October half term, 31 October {YEAR}, 25 October {YEAR}\n"
        f"Christmas holiday, 21 December {YEAR} to 3 January {YEAR + 1}\n"
    )
    director = comes_in(region.directors[0], way, width=320)
    director.opens(f"/authorities/{own.pk}")
    director.presses("School holidays, elections and other days")
    director.sees_heading("Days that bear on visits")
    director.presses("Paste holidays from a page or spreadsheet")
    director.types(rows, "Paste the rows here")
    director.presses("Check the rows")
    director.sees("4 rows are taken of 5.", "is before its first")
    assert not Period.objects.exists()
    right = director.holds("Paste the rows here").replace("31 October", "21 October")
    director.types(right, "Paste the rows here")
    director.presses("Check the rows again")
    director.sees("5 rows are taken of 5.")
    director.presses("Add 5 rows to the calendar")
    director.sees("5 rows are added.", f"31 May to 4 June {YEAR}")
    budget(f"director, five holidays pasted and one put right, {way}", director.clicks, most=5)
    kinds = [one.kind for one in Period.objects.all()]
    assert kinds.count(PeriodKind.HALF_TERM) == 3
    director.presses(f"Remove February half term, 15 to 19 February {YEAR}")
    director.presses("Remove them")
    director.sees(f"Removed: February half term, 15 to 19 February {YEAR}")
    director.presses("Enter it again")
    director.presses("Add these days")
    director.sees(f"Added: February half term, 15 to 19 February {YEAR}.")
    assert Period.objects.count() == 5


def test_an_officer_says_when_nobody_is_visited_and_hears_of_an_inspection(
    db: None, comes_in: Enter, post_of: Callable[..., str]
) -> None:
    region = World()
    challenge = region.first(region.booked())
    today = timezone.localdate()
    director = comes_in(region.directors[0])
    director.opens(f"/authorities/{region.authorities[0].pk}/calendar")
    director.presses("An inspection has begun")
    for part, text in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        director.types(str(text), part, group="First day of the inspection")
    director.presses("Say that it has begun")
    director.sees("The board’s officers are told.")
    officer = comes_in(region.officer)
    officer.opens(post_of(region.officer))
    officer.sees("It touches 2 visits", str(challenge))
    officer.presses(f"Who has which days in {region.region}")
    officer.presses("Add days without visits")
    officer.types("Conference", "Why is nobody visited?")
    for group, day in (("First day", "7"), ("Last day", "11")):
        for part, text in (("Day", day), ("Month", "6"), ("Year", str(YEAR))):
            officer.types(text, part, group=group)
    officer.presses("Add these days")
    officer.sees(f"Added: Conference, 7 to 11 June {YEAR}.")


def test_venues_are_entered_with_the_journeys_between_them(db: None, comes_in: Enter) -> None:
    region = World()
    director = comes_in(region.directors[0], width=320)
    director.opens(f"/authorities/{region.authorities[0].pk}")
    director.presses("Venues")
    for name in ("Town Hall", "Family centre with a name that is as long as names of centres are"):
        director.presses("Add a venue")
        director.types(name, "What is it called?")
        director.types("A street\nA town", "Where is it? (optional)")
        director.presses("Add this venue")
        director.sees(f"Added: {name}.")
    director.presses("Journeys from Town Hall")
    director.types("25", f"To {name}")
    director.presses("Save the journeys")
    director.sees("25 minutes to Town Hall")
