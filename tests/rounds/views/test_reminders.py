"""The pages on which officers see, hold and word the reminders of a round."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from authorities.models import User
from authorities.states import Role
from peerchallenge.outbox.actions import promise
from rounds import actions
from rounds.models import Participation, Reminder, ReminderText, Round, SelfAssessment
from rounds.queries.reminder_texts import RULES, Wording, rule_of
from rounds.queries.reminders import reminders_to_come
from rounds.tasks import remind
from tests.rounds.conftest import words
from tests.world import World, run_effects

SignedIn = Callable[[User], Client]
TEXT = "Dear {name},\n\nPlease go on: {link}"


@pytest.fixture
def round(part: Participation) -> Round:
    due = timezone.localdate() + timedelta(days=40)
    Round.objects.filter(pk=part.round_id).update(self_assessment_due=due)
    return Round.objects.get(pk=part.round_id)


@pytest.fixture
def officer(world: World, signed_in: SignedIn) -> Client:
    return signed_in(world.officer)


def at(name: str, round: Round, *more: object) -> str:
    return reverse(name, args=[round.pk, *more])


def test_every_reminder_to_come_stands_with_its_day_and_who_gets_it(
    world: World, round: Round, officer: Client
) -> None:
    page = officer.get(at("round_messages", round))
    coming = page.context["to_come"]
    assert [(day.rule, day.day - round.self_assessment_due) for day in coming.days] == [
        (rule, timedelta(days=rule.days)) for rule in RULES
    ]
    assert [row.directors for row in coming.rows] == [[one.name] for one in world.directors]
    assert [[cell.key for cell in row.cells] for row in coming.rows] == [
        [rule.key for rule in RULES]
    ] * len(world.directors)
    text = words(page)
    assert all(director.name in text for director in world.directors)
    assert all(f"{day.day:%a %-d %b %Y}" in text for day in coming.days)


def test_those_who_also_get_it_are_named_where_they_do(
    world: World, round: Round, part: Participation, director: User, officer: Client
) -> None:
    colleague = world.person(Role.COLLEAGUE, part.authority, name="Ada Colley")
    part.self_assessment.given.create(
        section=round.sections.first(), user=colleague, given_by=director
    )
    page = officer.get(at("round_messages", round))
    row = next(row for row in page.context["to_come"].rows if row.participation == part.pk)
    assert [cell.others for cell in row.cells] == [[], ["Ada Colley"], [], []]
    assert words(page).count("Also to Ada Colley") == 1


def test_one_press_holds_one_and_one_press_lets_it_go(round: Round, officer: Client) -> None:
    page = officer.get(at("round_messages", round))
    one = f"{round.participations.first().pk}:before-14"
    assert f'form="hold" name="one" value="{one}"' in words(page)
    for _ in range(2):
        answer = officer.post(at("reminders_hold", round), {"one": one})
        assert answer.url == f"{at('round_messages', round)}#to-come"
    page = officer.get(at("round_messages", round))
    assert "Held" in words(page)
    assert f'form="release" name="one" value="{one}"' in words(page)
    assert Reminder.objects.filter(held_at__isnull=False).count() == 1
    for _ in range(2):
        officer.post(at("reminders_release", round), {"one": one})
    assert not Reminder.objects.exists()


def test_one_press_holds_all_and_one_releases_them(round: Round, officer: Client) -> None:
    number = round.participations.count() * len(RULES)
    page = officer.post(at("reminders_hold", round), {"all": "1"}, follow=True)
    assert f"{number} reminders are held: they do not go out." in words(page)
    assert "Hold all reminders" not in words(page)
    page = officer.post(at("reminders_release", round), {"all": "1"}, follow=True)
    assert f"{number} reminders are released: they go out." in words(page)
    assert "Release all" not in words(page)


@pytest.mark.parametrize("one", ["", "x", "1", "1:", "99999999999999999999:a", "1:before 3", "\0"])
def test_a_press_on_nothing_holds_nothing(round: Round, officer: Client, one: str) -> None:
    answer = officer.post(at("reminders_hold", round), {"one": one})
    assert answer.status_code in {302, 404}
    assert not Reminder.objects.exists()


def test_a_round_that_is_over_has_none_to_hold(round: Round, officer: Client) -> None:
    Round.objects.filter(pk=round.pk).update(state="closed")
    for name in ("reminders_hold", "reminders_release"):
        page = officer.post(at(name, round), {"all": "1"}, follow=True)
        assert "there are none to hold" in words(page)
    assert "Nobody has a self-assessment left to send." in words(page)


def test_what_is_to_come_ends_with_the_day_and_with_the_sending(world: World, round: Round) -> None:
    part = round.participations.get(authority=world.authorities[0])
    world.sent(part)
    due = round.self_assessment_due
    to_come = reminders_to_come(round, due - timedelta(days=3))
    assert [(day.rule.key, day.overdue) for day in to_come.days] == [
        ("before-3", True),
        ("after-1", False),
        ("after-7", False),
    ]
    assert [row.directors for row in to_come.rows] == [[one.name] for one in world.directors[1:]]


@pytest.mark.django_db
def test_more_authorities_take_no_more_queries() -> None:
    counts = []
    for size in (1, 3):
        world = World(size)
        round = world.opened()
        due = timezone.localdate() + timedelta(days=40)
        Round.objects.filter(pk=round.pk).update(self_assessment_due=due)
        round = Round.objects.select_related("region").get(pk=round.pk)
        for part in round.participations.all():
            section = round.sections.first()
            user = world.person(Role.COLLEAGUE, part.authority)
            by = world.director_of(part.authority)
            part.self_assessment.given.create(section=section, user=user, given_by=by)
        with CaptureQueriesContext(connection) as captured:
            assert reminders_to_come(round, timezone.localdate()).number == 4 * size
        counts.append(len(captured))
    assert counts == [4, 4]


def test_what_was_sent_is_told_in_words(world: World, round: Round, officer: Client) -> None:
    day = timezone.localdate() + timedelta(days=3)
    Round.objects.filter(pk=round.pk).update(self_assessment_due=day)
    remind()
    assert not Reminder.objects.exists()  # the invitation went out today
    part = round.participations.get(authority=world.authorities[0])
    reminder = part.reminders.create(key="before-3", promised_at=timezone.now())
    promise("rounds.send_reminder", reminder.pk)
    run_effects()
    page = officer.get(at("round_messages", round))
    assert f"Reminder 3 days before the due date, to {world.authorities[0]}" in words(page)


def test_the_words_are_listed_changed_and_restored(
    world: World, round: Round, officer: Client
) -> None:
    assert words(officer.get(at("round_reminders", round))).count(">Standard<") == len(RULES)
    here = at("reminder_text", round, "before-14")
    form = officer.get(here).context["form"]
    data = {"subject": "Soon: {due}", "body": TEXT, "seen": form["seen"].value()}
    assert officer.post(here, data).url == at("round_reminders", round)
    text = ReminderText.objects.get()
    assert (text.region, text.key, text.subject, text.body, text.changed_by) == (
        world.region,
        "before-14",
        "Soon: {due}",
        TEXT,
        world.officer,
    )
    listed = words(officer.get(at("round_reminders", round)))
    assert "Soon: {due}" in listed
    assert listed.count(">Standard<") == len(RULES) - 1
    away = at("reminder_restore", round, "before-14")
    assert "Go back to the standard words" in words(officer.get(away))
    for _ in range(2):
        assert officer.post(away).url == at("round_reminders", round)
    assert not ReminderText.objects.exists()


def test_a_preview_fills_in_and_saves_nothing(world: World, round: Round, officer: Client) -> None:
    data = {"subject": "<i>{round}</i>", "body": TEXT, "preview": "1"}
    page = words(officer.post(at("reminder_text", round, "after-1"), data))
    assert f"&lt;i&gt;{round.name}&lt;/i&gt;" in page
    own = SelfAssessment.objects.filter(participation__round=round).order_by(
        "participation__authority__name"
    )
    assert reverse("self_assessment", args=[own.first().pk]) in page
    assert not ReminderText.objects.exists()


@pytest.mark.parametrize(
    ("subject", "body", "said"),
    [
        ("{due}", "{name} {nhs_number} {link}", "“{nhs_number}” is not filled in here"),
        ("{link}", "{link}", "“{link}” is not filled in here"),
        ("{due}", "{name", "A brace stands alone"),
        ("{due}", "Dear {name}", "The text must hold {link}"),
        ("", "{link}", "Enter the subject"),
    ],
)
def test_what_cannot_be_filled_in_is_refused_with_a_sentence(
    round: Round, officer: Client, subject: str, body: str, said: str
) -> None:
    here = at("reminder_text", round, "before-3")
    page = words(officer.post(here, {"subject": subject, "body": body}))
    assert said in page
    assert "<title>Error:" in page
    assert not ReminderText.objects.exists()


def test_the_later_of_two_officers_sees_both_texts_and_may_replace(
    world: World, round: Round, officer: Client
) -> None:
    here = at("reminder_text", round, "before-3")
    seen = officer.get(here).context["form"]["seen"].value()
    rule = rule_of(round, "before-3")
    theirs = Wording("Theirs", "Theirs {link}")
    actions.word_reminder(world.region, rule, theirs, by=world.officer)
    page = officer.post(here, {"subject": "Mine", "body": TEXT, "seen": seen})
    assert "Somebody else has changed this text" in words(page)
    assert "Theirs {link}" in words(page)
    assert "Please go on: {link}" in words(page)
    again = page.context["form"]["seen"].value()
    assert officer.post(here, {"subject": "Mine", "body": TEXT, "seen": again}).status_code == 302
    assert ReminderText.objects.get().subject == "Mine"


def test_a_reminder_that_the_round_does_not_have_is_not_found(
    round: Round, officer: Client
) -> None:
    assert officer.get(at("reminder_text", round, "never")).status_code == 404
    assert officer.post(at("reminder_restore", round, "never")).status_code == 404


def test_a_director_who_looks_at_the_task_list_has_opened_it(
    part: Participation, director: User, signed_in: SignedIn
) -> None:
    client = signed_in(director)
    for _ in range(2):
        assert (
            client.get(reverse("self_assessment", args=[part.self_assessment.pk])).status_code
            == 200
        )
    assert SelfAssessment.objects.get(participation=part).opened_at is not None
