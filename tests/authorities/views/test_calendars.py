"""The calendar of an authority: entered one by one, pasted, taken out again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from authorities.models import Authority, Period, User
from authorities.states import PeriodKind, Role
from tests.world import World

pytestmark = pytest.mark.django_db
Browser = Callable[[User], Client]
# The session, the user and their posts, the region, its authorities and all their days, the frame.
QUERIES = 7
NEXT = timezone.localdate().year + 1
ROWS = f"Half term, 26 October {NEXT}, 30 October {NEXT}\nBreak, 40 October {NEXT}"


@pytest.fixture
def director(world: World, signed_in: Browser) -> Client:
    return signed_in(world.directors[0])


@pytest.fixture
def own(world: World) -> Authority:
    return world.authorities[0]


def at(own: Authority, rest: str = "") -> str:
    return f"/authorities/{own.pk}/calendar{rest}"


def days(first: date, last: date, **more: str) -> dict[str, str]:
    parts = {"first_day": first, "last_day": last}
    return {
        f"{name}_{part}": str(getattr(day, part))
        for name, day in parts.items()
        for part in ("day", "month", "year")
    } | more


def term(name: str = "Half term") -> dict[str, str]:
    return days(date(NEXT, 10, 25), date(NEXT, 10, 29), kind_said=PeriodKind.HALF_TERM, name=name)


def text(answer: object) -> str:
    return " ".join(answer.content.decode().split())  # type: ignore[attr-defined]


class TestOneByOne:
    def test_days_are_in_the_calendar_that_all_of_the_region_read(
        self, director: Client, own: Authority, world: World, signed_in: Browser
    ) -> None:
        added = director.post(at(own, "/add"), term(), follow=True)
        said = f"Half term, 25 to 29 October {NEXT}"
        assert f"Added: {said}." in text(added)
        assert f"25 to 29 October {NEXT}" in text(signed_in(world.directors[1]).get(at(own)))
        assert [str(one) for one in Period.objects.all()] == [f"Half term, {own}"]

    def test_the_same_again_changes_nothing_and_says_so(
        self, director: Client, own: Authority
    ) -> None:
        director.post(at(own, "/add"), term())
        before = Period.objects.values().get()
        again = director.post(at(own, "/add"), term("Another name"), follow=True)
        assert "It was there already: Half term" in text(again)
        assert Period.objects.values().get() == before

    def test_without_a_name_days_are_called_after_their_kind(
        self, director: Client, own: Authority
    ) -> None:
        director.post(at(own, "/add"), term(""))
        assert Period.objects.get().name == "Half term"

    def test_another_end_takes_the_place_of_the_first(
        self, director: Client, own: Authority
    ) -> None:
        director.post(at(own, "/add"), term())
        later = term() | days(date(NEXT, 10, 25), date(NEXT, 10, 30))
        assert "Changed: Half term" in text(director.post(at(own, "/add"), later, follow=True))
        assert Period.objects.get().last_day == date(NEXT, 10, 30)

    @pytest.mark.parametrize(
        ("first", "last", "says"),
        [
            (date(NEXT, 10, 27), date(NEXT, 10, 30), "Some of these days are in “Half term”"),
            (date(NEXT, 11, 6), date(NEXT, 11, 5), "must be the same as or after the first"),
            (date(NEXT, 3, 1), date(NEXT, 4, 30), "Half term of more than 18 days"),
            (date(NEXT + 9, 3, 1), date(NEXT + 9, 3, 4), "more than five years ahead"),
            (date(NEXT - 5, 3, 2), date(NEXT - 5, 3, 5), "over more than a year ago"),
        ],
    )
    def test_days_that_can_only_be_a_slip_of_the_pen_are_refused(
        self, director: Client, own: Authority, first: date, last: date, says: str
    ) -> None:
        director.post(at(own, "/add"), term())
        refused = director.post(at(own, "/add"), term() | days(first, last))
        assert says in text(refused)
        assert Period.objects.count() == 1

    def test_removed_days_can_be_entered_again_from_the_page_that_follows(
        self, director: Client, own: Authority
    ) -> None:
        director.post(at(own, "/add"), term())
        period = Period.objects.get()
        page = text(director.get(f"/periods/{period.pk}/remove"))
        assert "You can enter them again." in page
        after = director.post(f"/periods/{period.pk}/remove", follow=True)
        assert not Period.objects.exists()
        assert f"Removed: Half term, 25 to 29 October {NEXT}. By mistake?" in text(after)
        link = after.content.decode().split("calendar/add?")[1].split('"')[0]
        again = text(director.get(f"{at(own, '/add')}?{link.replace('&amp;', '&')}"))
        assert 'value="Half term"' in again
        assert 'value="29"' in again
        assert 'value="half_term" checked' in again
        # Pressed twice.
        assert director.post(f"/periods/{period.pk}/remove").status_code == 404

    def test_an_address_that_says_anything_else_removed_nothing(
        self, director: Client, own: Authority
    ) -> None:
        page = director.get(at(own) + "?kind=no_go&name=x&first_day=nonsense&last_day=%00")
        assert page.status_code == 200
        assert "By mistake?" not in text(page)


class TestWho:
    def test_the_authoritys_officer_and_the_boards_may_others_are_told_why_not(
        self, world: World, own: Authority, signed_in: Browser
    ) -> None:
        allowed = (world.person(Role.AUTHORITY_OFFICER, own), world.officer)
        for place, user in enumerate(allowed):
            first = date(NEXT, 2 + place, 9)
            asked = term() | days(first, first + timedelta(days=1))
            assert signed_in(user).post(at(own, "/add"), asked).status_code == 302
        for user in (world.person(Role.LEAD_MEMBER, own), world.directors[1], world.chair):
            refused = signed_in(user).post(at(own, "/add"), term())
            assert refused.status_code == 403
            assert "director and officers" in text(refused)
        assert Period.objects.count() == 2

    def test_whoever_has_nothing_to_do_with_the_region_finds_nothing(
        self, own: Authority, signed_in: Browser
    ) -> None:
        elsewhere = signed_in(World().officer)
        assert elsewhere.get(at(own)).status_code == 404
        assert elsewhere.get(f"/calendars/{own.region_id}").status_code == 404

    def test_nobody_removes_days_of_another_authority(
        self, director: Client, own: Authority, world: World, signed_in: Browser
    ) -> None:
        director.post(at(own, "/add"), term())
        address = f"/periods/{Period.objects.get().pk}/remove"
        assert signed_in(world.directors[1]).post(address).status_code == 403
        assert Period.objects.count() == 1


class TestPasted:
    def test_the_report_comes_first_and_says_why_a_row_is_refused(
        self, director: Client, own: Authority
    ) -> None:
        page = text(director.post(at(own, "/paste"), {"rows": ROWS}))
        assert "1 row is taken of 2." in page
        assert f"Half term, 26 to 30 October {NEXT}." in page
        assert f"40/10/{NEXT} is no day of any calendar." in page
        assert not Period.objects.exists()

    def test_what_was_shown_is_added_and_only_that(self, director: Client, own: Authority) -> None:
        shown = director.post(at(own, "/paste"), {"rows": ROWS})
        mark = shown.context["form"].mark
        done = director.post(at(own, "/paste"), {"rows": ROWS, "checked": mark}, follow=True)
        assert "1 row is added." in text(done)
        again = director.post(at(own, "/paste"), {"rows": ROWS, "checked": mark})
        assert "are not what you checked before" in text(again)
        assert "Already there" in text(again)
        assert Period.objects.count() == 1

    def test_a_file_is_read_as_well(self, director: Client, own: Authority) -> None:
        file = SimpleUploadedFile("terms.csv", f"Name,From,To\n{ROWS}".encode())
        page = text(director.post(at(own, "/paste"), {"file": file}))
        assert "1 row is taken of 2." in page

    def test_nothing_at_all_is_asked_for_again(self, director: Client, own: Authority) -> None:
        assert "Paste the rows, or choose" in text(director.post(at(own, "/paste"), {"rows": ""}))


def test_the_next_local_election_is_suggested_and_added_by_one_press(
    director: Client, own: Authority, world: World, signed_in: Browser
) -> None:
    page = director.get(at(own))
    suggestion = page.context["calendar"].suggestion
    assert f"Local elections on {suggestion.poll:%-d %B %Y}" in text(page)
    assert "Add this period" not in text(signed_in(world.directors[1]).get(at(own)))
    asked = {"poll": suggestion.poll.isoformat()}
    assert "Added: Pre-election period" in text(
        director.post(at(own, "/election"), asked, follow=True)
    )
    assert Period.objects.get().last_day == suggestion.poll
    again = director.post(at(own, "/election"), asked, follow=True)
    assert "is there already" in text(again)
    assert Period.objects.count() == 1


class TestRegion:
    def test_it_says_week_by_week_who_has_what_and_who_has_entered_nothing(
        self, director: Client, own: Authority, world: World, signed_in: Browser
    ) -> None:
        director.post(at(own, "/add"), term())
        page = text(
            signed_in(world.officer).get(f"/calendars/{own.region_id}?start={NEXT}-10-18&weeks=13")
        )
        assert "No holidays entered yet: 2 of 3" in page
        assert f">{own}</td>" in page
        assert f"25 to 29 October {NEXT}" in page

    def test_only_an_officer_enters_days_without_visits(
        self, world: World, director: Client, signed_in: Browser
    ) -> None:
        address = f"/calendars/{world.region.pk}/no-go"
        asked = days(date(NEXT, 6, 7), date(NEXT, 6, 11), name="Conference")
        assert director.post(address, asked).status_code == 403
        done = signed_in(world.officer).post(address, asked, follow=True)
        assert f"Added: Conference, 7 to 11 June {NEXT}." in text(done)
        assert f"Conference, 7 to 11 June {NEXT}" in text(director.get(at(world.authorities[0])))

    def test_as_many_queries_for_three_as_for_one(
        self,
        world: World,
        signed_in: Browser,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        officer = signed_in(world.officer)
        counted = []
        for authority in world.authorities:
            signed_in(world.director_of(authority)).post(at(authority, "/add"), term())
            with django_assert_num_queries(QUERIES):
                page = officer.get(f"/calendars/{world.region.pk}?weeks=52")
            counted.append(len(page.context["page"].entered))
        assert counted == [1, 2, 3]
