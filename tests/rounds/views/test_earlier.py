"""Entering what was held before the rounds were run here."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from authorities.models import Authority, User
from peerchallenge.audit.models import Event
from rounds.models import EarlierChallenge
from tests.rounds.conftest import words
from tests.world import World

Browser = Callable[[User], Client]
DAY = date(2013, 2, 4)


@pytest.fixture
def officer(world: World, signed_in: Browser) -> Client:
    return signed_in(world.officer)


def url(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def enter(world: World, host: Authority, challenger: Authority, **more: Any) -> EarlierChallenge:
    made: EarlierChallenge = EarlierChallenge.objects.create(
        region=world.region,
        host=host,
        challenger=challenger,
        **{"held_on": DAY, "days": 4, "round_name": "Winter 2012 to 2013", **more},
        entered_by=world.officer,
    )
    return made


def test_one_earlier_challenge_is_entered_and_removed(world: World, officer: Client) -> None:
    one, other, _ = world.authorities
    form = {
        "host": one.pk,
        "challenger": other.pk,
        "held_on_day": 4,
        "held_on_month": 2,
        "held_on_year": 2013,
        "days": 4,
        "round_name": "Winter",
    }
    add = url("earlier_challenge_add", world.region.pk)
    listed = url("earlier_challenges", world.region.pk)
    assert officer.post(add, form)["Location"] == listed
    made = EarlierChallenge.objects.get()
    assert (made.host, made.challenger, made.held_on, made.days) == (one, other, DAY, 4)
    assert "This challenge has been entered already" in words(officer.post(add, form))
    page = words(officer.get(listed))
    assert ("4 Feb 2013" in page, "Winter" in page) == (True, True)
    remove = url("earlier_challenge_remove", made.pk)
    assert f"{other} challenged {one}, from 4 February 2013" in words(officer.get(remove))
    assert EarlierChallenge.objects.exists()
    assert officer.post(remove)["Location"] == listed
    assert not EarlierChallenge.objects.exists()
    verbs = Event.objects.filter(verb__startswith="earlier_challenge").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "earlier_challenge.entered",
        "earlier_challenge.removed",
    ]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"challenger": "same"}, "Choose another authority than the one challenged"),
        ({"held_on_year": "2999"}, "must be the same as or before"),
        ({"days": "-1"}, "must be 0 or more"),
        ({"days": "99999999999999"}, "must be 500 or"),
        ({"days": "NaN"}, "must be a"),
        ({"host": "\x00"}, "Remove the characters that cannot be kept"),
    ],
)
def test_what_cannot_be_a_challenge_is_refused(
    world: World, officer: Client, change: dict[str, str], says: str
) -> None:
    one, other, _ = world.authorities
    form = {
        "host": str(one.pk),
        "challenger": str(other.pk),
        "held_on_day": "4",
        "held_on_month": "2",
        "held_on_year": "2013",
        "days": "4",
        **change,
    }
    if form["challenger"] == "same":
        form["challenger"] = str(one.pk)
    page = words(officer.post(url("earlier_challenge_add", world.region.pk), form))
    assert says in page
    assert not EarlierChallenge.objects.exists()


def rows_of(world: World) -> str:
    one, other, third = world.authorities
    return (
        f"{one}\t{other}\t4 Feb 2013\t4\tWinter\n"
        f"{other}\t{third.dfe_code}\t2013-02-05\t\t\n"
        f"Narnia\t{one}\t6/2/2013\t4\tWinter"
    )


def mark_in(page: str) -> str:
    return page.partition('" name="checked"')[0].rpartition('"')[2]


def test_rows_are_checked_first_and_entered_on_a_second_press(
    world: World, officer: Client
) -> None:
    address = url("earlier_paste", world.region.pk)
    rows = rows_of(world)
    page = words(officer.post(address, {"rows": rows}))
    assert "No authority of this region is called “Narnia”." in page
    assert "2 rows are taken of 3." in page
    assert not EarlierChallenge.objects.exists()
    answer = officer.post(address, {"rows": rows, "checked": mark_in(page)}, follow=True)
    assert "2 challenges have been entered." in words(answer)
    assert EarlierChallenge.objects.count() == 2
    again = words(officer.post(address, {"rows": rows}))
    assert again.count("It has been entered before.") == 2
    assert "No row is taken of 3." in again


def test_rows_that_changed_since_they_were_checked_are_checked_again(
    world: World, officer: Client
) -> None:
    address = url("earlier_paste", world.region.pk)
    rows = rows_of(world)
    mark = mark_in(words(officer.post(address, {"rows": rows})))
    changed = rows.replace("Narnia", world.authorities[2].name)
    page = words(officer.post(address, {"rows": changed, "checked": mark}))
    assert "are not what you checked before. Nothing is entered yet" in page
    assert not EarlierChallenge.objects.exists()
    officer.post(address, {"rows": changed, "checked": mark_in(page)})
    assert EarlierChallenge.objects.count() == 3


def test_somebody_else_entered_one_meanwhile(world: World, officer: Client) -> None:
    address = url("earlier_paste", world.region.pk)
    rows = rows_of(world)
    mark = mark_in(words(officer.post(address, {"rows": rows})))
    enter(world, *world.authorities[:2])
    page = words(officer.post(address, {"rows": rows, "checked": mark}))
    assert "1 row is taken of 3." in page
    assert EarlierChallenge.objects.count() == 1


def workbook(*rows: list[Any]) -> bytes:
    book, filled = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(filled)
    return filled.getvalue()


def test_a_workbook_is_read_into_the_box(world: World, officer: Client) -> None:
    one, other, _ = world.authorities
    data = workbook(
        ["Challenger", "Host", "Days", "Date"],
        [other.name, one.name, 4.0, DAY],
        [other.name, one.name, "=2+2", DAY],
        [other.name, one.name, float("1e300"), DAY],
    )
    file = SimpleUploadedFile("rows.xlsx", data)
    page = words(officer.post(url("earlier_paste", world.region.pk), {"file": file}))
    assert f"{other} challenged {one} on 4 February 2013, 4 days." in page
    assert "1 row is taken of 3." in page
    assert "Days must be a whole number up to 500" in page


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("rows.xlsx", b"no workbook", "is something else inside"),
        ("rows.csv", b"\x00\x01", "is something else inside"),
        ("rows.xls", b"a,b", "Only .xlsx and .csv are taken"),
        ("rows.csv", b"", "The file has no rows with words in them"),
        ("rows.csv", b"a,b\n" * 501, "At most 500 rows are taken at once"),
        ("rows.csv", b"x" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
    ],
)
def test_a_file_that_is_not_taken_says_why(
    world: World, officer: Client, name: str, data: bytes, says: str
) -> None:
    file = SimpleUploadedFile(name, data)
    page = words(officer.post(url("earlier_paste", world.region.pk), {"file": file}))
    assert says in page
    assert not EarlierChallenge.objects.exists()


def test_nothing_pasted_is_said(world: World, officer: Client) -> None:
    page = words(officer.post(url("earlier_paste", world.region.pk), {"rows": " \n "}))
    assert "Paste the rows, or choose a spreadsheet" in page


def test_what_is_pasted_is_shown_as_text(world: World, officer: Client) -> None:
    rows = "<script>alert(1)</script>\t=cmd|'/c calc'!A1\t'--\t1e400"
    page = words(officer.post(url("earlier_paste", world.region.pk), {"rows": rows}))
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_many_earlier_challenges_are_in_pages(world: World, officer: Client) -> None:
    for number in range(51):
        enter(world, *world.authorities[:2], held_on=DAY + timedelta(days=number))
    listed = url("earlier_challenges", world.region.pk)
    assert "51 challenges" in words(officer.get(listed))
    assert words(officer.get(listed)).count(">Remove<") == 50
    assert words(officer.get(listed, {"page": "2"})).count(">Remove<") == 1
    assert words(officer.get(listed, {"page": "💥"})).count(">Remove<") == 50


def test_what_is_yet_to_come_is_not_entered(world: World, officer: Client) -> None:
    one, other, _ = world.authorities
    tomorrow = timezone.localdate() + timedelta(days=1)
    rows = f"{one}\t{other}\t{tomorrow.isoformat()}"
    page = words(officer.post(url("earlier_paste", world.region.pk), {"rows": rows}))
    assert "is yet to come: only what has been held is entered here." in page


def test_another_regions_earlier_challenges_are_not_found(world: World, signed_in: Browser) -> None:
    one, other, _ = world.authorities
    made = enter(world, one, other)
    remove = url("earlier_challenge_remove", made.pk)
    stranger = signed_in(World().officer)
    assert [stranger.get(remove).status_code, stranger.post(remove).status_code] == [404, 404]
    assert EarlierChallenge.objects.exists()
