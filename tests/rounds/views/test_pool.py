"""The reviewer pool: who sees whom, what is said of them, and training entered by officers."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from authorities import actions
from authorities.models import Reviewer, User
from authorities.states import Role, TeamSeat
from peerchallenge.audit.models import Event
from rounds.models import VisitDay
from tests.rounds.conftest import words
from tests.world import World, fresh

Browser = Callable[[User], Client]
POOL, TRAINING = "/reviewers", "/reviewers/training"


def page(user: User) -> str:
    return reverse("reviewer", args=[user.pk])


def parts(name: str, day: date) -> dict[str, Any]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


@pytest.fixture
def officer(world: World, signed_in: Browser) -> Client:
    return signed_in(world.officer)


@pytest.fixture
def reviewer(world: World) -> User:
    """Who knows of adoption, was trained long ago, and gives three days a year."""
    user = world.person(Role.REVIEWER, name="Rosamund Tate")
    actions.say_reviewing(
        seats=[TeamSeat.PRACTITIONER],
        expertise=["Adoption"],
        days_most=3,
        paused_until=None,
        by=user,
    )
    actions.keep_reviewer(
        user,
        trained_on=date(2020, 3, 3),
        lapses_on=date(2023, 3, 3),
        note="tokreviewer",
        by=world.officer,
    )
    return fresh(user)


def names(client: Client, **asked: str) -> list[str]:
    return [one.name for one in client.get(POOL, asked).context["page"].object_list]


def test_an_officer_sees_everybody_in_words(world: World, officer: Client, reviewer: User) -> None:
    assert set(names(officer)) == {reviewer.name, *(one.name for one in world.directors)}
    shown = words(officer.get(POOL))
    for text in ("Practitioner", "Adoption", "Lapsed on 3 March 2023", "0, at most 3"):
        assert text in shown
    assert shown.count("Not trained</td>") == 3
    assert shown.count("Never used</td>") == 4


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"show": "lapsed"}, True),
        ({"show": "untrained"}, False),
        ({"show": "never"}, True),
        ({"show": "over"}, False),
        ({"seat": "practitioner"}, True),
        ({"seat": "analyst"}, False),
        ({"expertise": "Adoption"}, True),
        ({"expertise": "Fostering"}, False),
    ],
)
def test_the_pool_is_narrowed(
    officer: Client, reviewer: User, asked: dict[str, str], found: bool
) -> None:
    assert (reviewer.name in names(officer, **asked)) == found


@pytest.mark.parametrize("asked", [{"show": "x"}, {"sort": "\x00"}, {"page": "99999999999"}])
def test_what_makes_no_sense_is_left_out(
    officer: Client, reviewer: User, asked: dict[str, str]
) -> None:
    assert len(names(officer, **asked)) == 4


def test_who_gave_more_than_their_most_is_over_used(world: World, officer: Client) -> None:
    challenge = world.first(world.teamed())
    lead, member = world.lead_of(challenge), world.member_of(challenge)
    challenge.team.update(from_date=date(2015, 1, 1))
    for number in range(5):
        day = timezone.localdate() - timedelta(days=number + 1)
        VisitDay.objects.create(challenge=challenge, phase=f"p{number}", day=day)
    Reviewer.objects.create(user=lead, days_most=4)
    Reviewer.objects.create(user=member, days_most=5)
    assert names(officer, show="over") == [lead.name]
    assert "Over-used: gave 5 days, 4 at most" in words(officer.get(POOL, {"show": "over"}))
    assert names(officer, sort="days")[0] in {lead.name, member.name}


def test_a_director_sees_their_own_people_and_no_note(
    world: World, signed_in: Browser, reviewer: User
) -> None:
    own, other = signed_in(world.directors[0]), signed_in(world.directors[1])
    assert names(own) == [world.directors[0].name, reviewer.name] or names(own) == [
        reviewer.name,
        world.directors[0].name,
    ]
    shown = words(own.get(page(reviewer)))
    assert "Adoption" in shown
    assert "tokreviewer" not in shown
    assert other.get(page(reviewer)).status_code == 404
    assert own.post(page(reviewer), {"note": "Mine"}).status_code == 403


def test_a_reviewer_sees_nobody_of_the_pool(signed_in: Browser, reviewer: User) -> None:
    client = signed_in(reviewer)
    for address in (POOL, "/reviewers.xlsx", page(reviewer)):
        assert client.get(address).status_code == 403


def test_only_an_officer_has_rows_of_training_checked(
    world: World, signed_in: Browser, reviewer: User
) -> None:
    rows = {"rows": f"E-mail\tTrained on\tLapses\n{reviewer.email}\t4/2/2026\t"}
    for stranger in (world.directors[0], world.chair, reviewer):
        client = signed_in(stranger)
        assert client.get(TRAINING).status_code == 403
        assert client.post(TRAINING, rows).status_code == 403
    assert signed_in(world.officer).post(TRAINING, rows).status_code == 200


def test_an_officer_enters_training_which_lapses_in_three_years(
    officer: Client, reviewer: User
) -> None:
    seen = officer.get(page(reviewer)).context["form"].initial["seen"]
    day = timezone.localdate() - timedelta(days=9)
    officer.post(page(reviewer), {**parts("trained_on", day), "note": "", "seen": seen})
    row = Reviewer.objects.get(user=reviewer)
    assert (row.trained_on, row.lapses_on.year) == (day, day.year + 3)
    assert row.note == ""
    assert Event.objects.filter(verb="reviewer.kept", subject_id=row.pk).count() == 2


def test_the_later_of_two_officers_sees_what_the_other_saved(
    world: World, officer: Client, reviewer: User
) -> None:
    seen = officer.get(page(reviewer)).context["form"].initial["seen"]
    actions.keep_reviewer(
        reviewer, trained_on=None, lapses_on=None, note="Theirs", by=world.officer
    )
    sent = {**parts("trained_on", date(2024, 1, 2)), "note": "Mine", "seen": seen}
    answer = officer.post(page(reviewer), sent)
    assert "Saved by somebody else: Not trained. Note: Theirs" in words(answer)
    assert Reviewer.objects.get(user=reviewer).note == "Theirs"
    officer.post(page(reviewer), {**sent, "seen": answer.context["form"].data["seen"]})
    assert Reviewer.objects.get(user=reviewer).note == "Mine"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (parts("lapses_on", date(2030, 1, 1)), "Enter the day of the training, too"),
        (
            {**parts("trained_on", date(2024, 1, 2)), **parts("lapses_on", date(2023, 1, 1))},
            "must be after the training",
        ),
    ],
)
def test_training_that_makes_no_sense_is_refused(
    officer: Client, reviewer: User, sent: dict[str, Any], said: str
) -> None:
    assert said in words(officer.post(page(reviewer), sent))


def test_rows_are_checked_and_then_entered(world: World, officer: Client, reviewer: User) -> None:
    director = world.directors[1]
    rows = "\n".join(
        [
            "E-mail\tTrained on\tLapses",
            f"{reviewer.email.upper()}\t4/2/2026\t",
            f"{director.name}\t2026-03-01\t1 March 2028",
            "nobody@example.org\t4/2/2026\t",
            f"{world.directors[2].name}\tyesterday\t",
        ]
    )
    checked = officer.post(TRAINING, {"rows": rows})
    assert [one.outcome for one in checked.context["verdicts"]] == [
        "Taken",
        "Taken",
        "Refused",
        "Refused",
    ]
    assert Reviewer.objects.get(user=reviewer).trained_on == date(2020, 3, 3)
    told = officer.post(
        TRAINING, {"rows": rows, "checked": checked.context["form"].mark}, follow=True
    )
    assert "Training of 2 people has been entered." in words(told)
    assert Reviewer.objects.get(user=reviewer).lapses_on == date(2029, 2, 4)
    assert Reviewer.objects.get(user=director).lapses_on == date(2028, 3, 1)


def test_the_spreadsheet_holds_everybody_and_no_note(officer: Client, reviewer: User) -> None:
    sheet = load_workbook(io.BytesIO(officer.get("/reviewers.xlsx").content)).worksheets[0]
    rows = list(sheet.values)
    assert len(rows) == 5
    assert "tokreviewer" not in str(rows)


@pytest.mark.parametrize("size", [1, 3])
def test_the_page_asks_as_often_for_few_as_for_more(
    db: None, size: int, signed_in: Browser, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    world = World(size=size)
    client = signed_in(world.officer)
    with django_assert_num_queries(QUERIES):
        client.get(POOL)


QUERIES = 8
