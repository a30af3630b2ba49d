"""Reminders: who gets which, once and on its day, and how officers hold and word them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from authorities.models import User
from authorities.states import Role
from peerchallenge.audit.actions import CLOCK
from peerchallenge.audit.models import Event
from peerchallenge.outbox.models import Effect
from peerchallenge.shared.answers import Refused
from peerchallenge.shared.mail import address
from rounds import actions
from rounds.models import Participation, Reminder, ReminderText, Round
from rounds.queries.reminder_texts import RULES, Wording, rule_of
from rounds.queries.reminders import due_reminders
from rounds.states import SelfAssessmentState as S
from tests.world import World, fresh, run_effects

KEYS = [rule.key for rule in RULES]


@pytest.fixture
def round(part: Participation) -> Round:
    """Opened today, due in forty days."""
    due = timezone.localdate() + timedelta(days=40)
    Round.objects.filter(pk=part.round_id).update(self_assessment_due=due)
    run_effects()
    mail.outbox.clear()
    return Round.objects.get(pk=part.round_id)


def on(round: Round, days: int) -> date:
    return round.self_assessment_due + timedelta(days=days)


def sent(today: date) -> list[tuple[str, str]]:
    """What the clock would do that day: the key of each reminder and to whom it goes."""
    run_effects()
    mail.outbox.clear()
    done = [(rule.key, part) for part, rule in due_reminders(today)]
    for key, part in done:
        actions.remind(part, key, today=today, by=CLOCK)
    run_effects()
    names = dict(User.objects.values_list("email", "name"))
    keys = {key for key, _ in done}
    assert len(keys) <= 1
    return sorted((key, names[one.to[0]]) for key in keys for one in mail.outbox)


def directors(world: World, key: str) -> list[tuple[str, str]]:
    return sorted((key, director.name) for director in world.directors)


def test_each_goes_to_every_director_on_its_day_and_once(world: World, round: Round) -> None:
    story = {day: sent(on(round, day)) for day in range(-16, 10)}
    assert {day: found for day, found in story.items() if found} == {
        -14: directors(world, "before-14"),
        -3: directors(world, "before-3"),
        1: directors(world, "after-1"),
        7: directors(world, "after-7"),
    }
    told = Event.objects.filter(verb="participation.reminded", by_user=None)
    assert told.count() == Reminder.objects.count() == 4 * len(world.directors)


def test_after_a_long_silence_only_the_latest_goes_out(world: World, round: Round) -> None:
    assert sent(on(round, 5)) == directors(world, "after-1")
    assert sent(on(round, 5)) == []
    assert sent(on(round, 30)) == directors(world, "after-7")
    assert sent(on(round, 31)) == []


def test_what_was_due_when_the_authorities_were_invited_is_passed_over(
    world: World, round: Round
) -> None:
    """They have just been told the date."""
    today = timezone.localdate()
    Round.objects.filter(pk=round.pk).update(self_assessment_due=today + timedelta(days=14))
    assert sent(today) == []
    assert sent(today + timedelta(days=5)) == []
    assert sent(today + timedelta(days=11)) == directors(world, "before-3")


def test_a_moved_date_moves_its_reminders(world: World, round: Round) -> None:
    later = round.self_assessment_due + timedelta(days=20)
    Round.objects.filter(pk=round.pk).update(self_assessment_due=later)
    assert sent(on(round, -14)) == []
    assert sent(later - timedelta(days=14)) == directors(world, "before-14")


def test_whoever_has_sent_or_left_hears_no_more(world: World, round: Round) -> None:
    first, second, _ = round.participations.order_by("authority__dfe_code")
    world.sent(first)
    actions.withdraw_participation(second, reason="No capacity.", by=world.officer)
    assert sent(on(round, -14)) == [("before-14", world.directors[2].name)]
    actions.return_self_assessment(first.self_assessment, reason="Short.", by=world.officer)
    assert sent(on(round, -3)) == sorted(
        [("before-3", world.directors[0].name), ("before-3", world.directors[2].name)]
    )
    Round.objects.filter(pk=round.pk).update(state="closed")
    assert sent(on(round, 1)) == []


def test_a_new_version_of_what_is_shared_has_no_date(world: World, round: Round) -> None:
    data = round.format_data
    data["readers"]["self_assessment_submitted"]["other_directors"] = "all"
    Round.objects.filter(pk=round.pk).update(format_data=data)
    part = round.participations.get(authority=world.authorities[0])
    own = world.sent(part)
    actions.share_self_assessment(own, by=world.officer)
    actions.begin_version(own, by=world.directors[0])
    assert world.directors[0].name not in [name for _, name in sent(on(round, -14))]


def test_who_sends_it_between_promise_and_post_is_left_alone(world: World, round: Round) -> None:
    today = on(round, -14)
    part = round.participations.get(authority=world.authorities[0])
    actions.remind(part, "before-14", today=today, by=CLOCK)
    world.sent(part)
    mail.outbox.clear()
    run_effects()
    assert not [one for one in mail.outbox if "is due on" in one.subject]


def test_colleagues_who_still_write_hear_of_it_three_days_before(
    world: World, round: Round, part: Participation, director: User
) -> None:
    sections = list(round.sections.all())
    people = [world.person(Role.COLLEAGUE, name=name) for name in ("Ada", "Ben", "Cem")]
    for section, user in zip(sections, people, strict=False):
        part.self_assessment.given.create(section=section, user=user, given_by=director)
    actions.say_section_ready(part.self_assessment.given.get(user=people[1]), by=fresh(people[1]))
    people[2].memberships.update(to_date=timezone.localdate() - timedelta(days=1))
    assert sent(on(round, -14)) == directors(world, "before-14")
    assert sent(on(round, -3)) == sorted([*directors(world, "before-3"), ("before-3", "Ada")])
    assert sent(on(round, 1)) == directors(world, "after-1")


def test_those_who_still_have_to_sign_hear_of_it_three_days_before(
    world: World, round: Round, part: Participation, director: User
) -> None:
    data = {**round.format_data, "sign_offs": ["director", "lead_member", "chief_executive"]}
    Round.objects.filter(pk=round.pk).update(format_data=data)
    lead, chief = (
        world.person(Role.LEAD_MEMBER, name="Lia"),
        world.person(Role.CHIEF_EXECUTIVE, name="Carl"),
    )
    world.answered(part)
    asked = actions.ask_for_signatures(part.self_assessment, by=director)
    actions.sign_self_assessment(asked, by=lead)
    run_effects()
    assert sent(on(round, -3)) == sorted([*directors(world, "before-3"), ("before-3", "Carl")])
    link = address("self_assessment_sign", part.self_assessment.pk)
    assert [link in one.body for one in mail.outbox if one.to == [chief.email]] == [True]


def test_the_mail_carries_a_link_and_the_new_director_gets_it(
    world: World, round: Round, part: Participation, director: User
) -> None:
    director.memberships.update(to_date=timezone.localdate() - timedelta(days=1))
    new = world.person(Role.DIRECTOR, name="Nia {due} New")
    sent(on(round, -14))
    message = next(one for one in mail.outbox if one.to == [new.email])
    assert [one for one in mail.outbox if one.to == [director.email]] == []
    assert message.body.startswith("Dear Nia {due} New,\n")
    assert message.body.count(address("self_assessment", part.self_assessment.pk)) == 1
    assert f"{round.self_assessment_due:%-d %B %Y}" in message.subject


def test_a_held_reminder_stays_until_it_is_released(
    world: World, round: Round, part: Participation
) -> None:
    today = on(round, -14)
    one = {"participation": part.pk, "key": "before-14"}
    assert actions.hold_reminders(round, **one, by=world.officer) == 1
    assert actions.hold_reminders(round, **one, by=world.officer) == 0
    assert len(sent(today)) == len(world.directors) - 1
    assert actions.release_reminders(round, **one, by=world.officer) == 1
    assert sent(today) == [("before-14", world.directors[0].name)]
    assert actions.release_reminders(round, **one, by=world.officer) == 0
    assert Event.objects.filter(verb__startswith="round.reminders_").count() == 2


def test_one_press_holds_all_of_a_round_and_none_of_another(world: World, round: Round) -> None:
    other = World(1)
    theirs = other.opened()
    Round.objects.filter(pk=theirs.pk).update(self_assessment_due=on(round, 200))
    parts = round.participations.count()
    assert actions.hold_reminders(round, by=world.officer) == parts * len(KEYS)
    assert sent(on(round, 1)) == []
    assert not Reminder.objects.filter(participation__round=theirs).exists()
    foreign = theirs.participations.get()
    assert actions.hold_reminders(round, participation=foreign.pk, by=world.officer) == 0
    assert actions.release_reminders(round, by=world.officer) == parts * len(KEYS)
    assert sent(on(round, 1)) == directors(world, "after-1")


def test_what_has_gone_out_is_neither_held_nor_sent_again(
    world: World, round: Round, part: Participation
) -> None:
    today = on(round, -14)
    sent(today)
    one = {"participation": part.pk, "key": "before-14"}
    assert actions.hold_reminders(round, **one, by=world.officer) == 0
    assert actions.release_reminders(round, **one, by=world.officer) == 0
    with pytest.raises(Refused, match="it has gone out"):
        actions.remind(part, "before-14", today=today, by=CLOCK)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(participation=part, key="before-14")


def test_only_the_boards_officers_hold_release_and_word(
    world: World, round: Round, director: User
) -> None:
    rule = rule_of(round, "before-3")
    for user in (director, world.chair, World(1).officer):
        for act in (
            lambda: actions.hold_reminders(round, by=user),  # noqa: B023
            lambda: actions.release_reminders(round, by=user),  # noqa: B023
            lambda: actions.word_reminder(
                round.region,
                rule,
                Wording("a", "{link}"),
                by=user,  # noqa: B023
            ),
            lambda: actions.restore_reminder(round.region, rule, by=user),  # noqa: B023
        ):
            with pytest.raises(Refused):
                act()
    assert not Reminder.objects.exists()
    assert not ReminderText.objects.exists()


def test_a_region_sends_its_own_words(world: World, round: Round) -> None:
    rule = rule_of(round, "before-14")
    words = Wording("{round}, {name}", "{name} of {authority}: {due}\n{link}\n<b>{board}</b>")
    actions.word_reminder(world.region, rule, words, by=world.officer)
    sent(on(round, -14))
    message = next(one for one in mail.outbox if one.to == [world.directors[0].email])
    assert message.subject == f"{round.name}, {world.directors[0].name}"
    assert f"<b>{world.region.board_name}</b>" in message.body
    actions.restore_reminder(world.region, rule, by=world.officer)
    assert not ReminderText.objects.exists()


def test_a_text_that_somebody_else_changed_is_not_overwritten(world: World, round: Round) -> None:
    rule = rule_of(round, "before-14")
    seen = rule.standard.seen
    actions.word_reminder(world.region, rule, Wording("A", "{link}"), seen=seen, by=world.officer)
    other = Wording("B", "{link}")
    with pytest.raises(actions.WordingChanged):
        actions.word_reminder(world.region, rule, other, seen=seen, by=world.officer)
    # The same again, as from a second press, changes nothing and offends nobody.
    actions.word_reminder(world.region, rule, Wording("A", "{link}"), seen=seen, by=world.officer)
    assert Event.objects.filter(verb="reminder.worded").count() == 1
    assert ReminderText.objects.get().subject == "A"


def test_a_format_may_name_its_own_days(world: World, round: Round) -> None:
    rows = [{"key": "after-1", "days": 2}, {"key": "day", "days": 0, "others": True}]
    Round.objects.filter(pk=round.pk).update(format_data={**round.format_data, "reminders": rows})
    story = {day: sent(on(round, day)) for day in range(-16, 10)}
    assert {day: found for day, found in story.items() if found} == {
        0: directors(world, "day"),
        2: directors(world, "after-1"),
    }


def test_opening_is_noted_once_and_by_its_own_people(
    world: World, part: Participation, director: User
) -> None:
    own = part.self_assessment
    with pytest.raises(Refused):
        actions.open_self_assessment(own, by=world.officer)
    actions.open_self_assessment(own, by=director)
    own.refresh_from_db()
    first = own.opened_at
    actions.open_self_assessment(own, by=director)
    own.refresh_from_db()
    assert own.opened_at == first
    assert own.state == S.NOT_STARTED
    assert Event.objects.filter(verb="self_assessment.opened").count() == 1
    assert not Effect.objects.filter(task="rounds.send_reminder").exists()
