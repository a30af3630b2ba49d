"""The entries for calendars that go with a mail: whose, for which days, and that they cancel."""

from __future__ import annotations

import re
from email import message_from_bytes, policy

import vobject
from django.core import mail

from peerchallenge.shared.mail import address
from rounds import actions
from tests.rounds.mails import sent_by
from tests.world import ANSWER_TOKEN, World, working_day


def test_each_reader_of_the_days_gets_an_entry_a_day_of_their_own(world: World) -> None:
    """A file a day: Outlook reads only the first entry of a file."""
    challenge = world.first(world.accepted())
    day1 = working_day(challenge.round.visits_from, 7)
    days = {"day1": day1, "feedback": working_day(day1, 7)}
    actions.set_visit_days(challenge, days, by=world.officer)
    sent_by(lambda: actions.send_dates(challenge.round, by=world.officer))
    uids = [str(entry.uid) for entry in challenge.calendar_entries.order_by("first_day")]
    assert len(mail.outbox) == 2
    for message in mail.outbox:
        assert "Open what is attached to put each day into your calendar" in message.body
        found = calendars_in(message)
        assert list(found) == ["visit-day-1.ics", "visit-day-2.ics"]
        assert [one.vevent.uid.value for one in found.values()] == uids
        assert [one.vevent.dtstart.value for one in found.values()] == list(days.values())
        for place, calendar in enumerate(found.values(), 1):
            event = calendar.vevent
            assert calendar.method.value == "REQUEST"
            assert event.sequence.value == "0"
            assert event.attendee.value == f"mailto:{message.to[0]}"
            assert event.summary.value == (
                f"Peer challenge visit: {challenge.host_authority} by "
                f"{challenge.challenger_authority}, day {place}"
            )
            assert event.url.value == address("challenge", challenge.pk)
            assert ANSWER_TOKEN not in calendar.serialize()


def test_the_one_day_of_a_visit_is_attached_as_visit_ics(world: World) -> None:
    round = world.accepted()
    round.format_data["phases"] = round.format_data["phases"][:1]
    round.save()
    challenge = world.first(round)
    day = working_day(round.visits_from, 7)
    actions.set_visit_days(challenge, {"day1": day}, by=world.officer)
    sent_by(lambda: actions.send_dates(round, by=world.officer))
    for message in mail.outbox:
        [(name, calendar)] = calendars_in(message).items()
        assert name == "visit.ics"
        assert "to put the day into your calendar" in message.body
        assert calendar.vevent.summary.value.endswith(f" by {challenge.challenger_authority}")


def test_a_match_taken_back_takes_its_days_out_of_the_calendars(world: World) -> None:
    challenge = world.first(world.booked())
    before = {str(entry.uid): entry.sequence for entry in challenge.calendar_entries.all()}
    found = sent_by(lambda: actions.cancel_challenge(challenge, by=world.officer))
    readers = (
        world.director_of(challenge.host_authority),
        world.director_of(challenge.challenger_authority),
        world.lead_of(challenge),
        world.member_of(challenge),
    )
    assert found == {f"Taken back: {challenge}": sorted(user.email for user in readers)}
    for message in mail.outbox:
        assert "open what is attached to take them out of your calendar" in message.body
        calendars = calendars_in(message).values()
        assert {one.method.value for one in calendars} == {"CANCEL"}
        assert {one.vevent.status.value for one in calendars} == {"CANCELLED"}
        assert {one.vevent.uid.value: int(one.vevent.sequence.value) for one in calendars} == {
            uid: sequence + 1 for uid, sequence in before.items()
        }


def test_a_match_whose_days_were_never_sent_comes_with_nothing_to_take_out(world: World) -> None:
    challenge = world.first(world.accepted())
    day1 = working_day(challenge.round.visits_from, 7)
    actions.set_visit_days(challenge, {"day1": day1}, by=world.officer)
    sent_by(lambda: actions.cancel_challenge(challenge, by=world.officer))
    assert len(mail.outbox) == 2
    for message in mail.outbox:
        assert message.attachments == []
        assert "attached" not in message.body


def test_somebody_back_on_the_team_gets_days_that_their_calendar_takes_up(world: World) -> None:
    """It took out what it held, and believes only a higher number than that."""
    challenge = world.first(world.booked())
    member = challenge.team.get(user=world.member_of(challenge))
    sent_by(lambda: actions.leave_team(member, by=world.lead_of(challenge)))
    [left] = mail.outbox
    mail.outbox.clear()
    sent_by(
        lambda: actions.seat_team_member(challenge, member.user, by=world.lead_of(challenge)),
    )
    [back] = mail.outbox
    assert left.to == back.to == [member.user.email]
    taken_out, taken_up = calendars_in(left), calendars_in(back)
    assert set(taken_out) == set(taken_up) == {"visit-day-1.ics", "visit-day-2.ics"}
    for name, calendar in taken_up.items():
        before = taken_out[name]
        assert (before.method.value, calendar.method.value) == ("CANCEL", "REQUEST")
        assert calendar.vevent.uid.value == before.vevent.uid.value
        assert int(calendar.vevent.sequence.value) > int(before.vevent.sequence.value)


def calendars_in(message: mail.EmailMessage) -> dict[str, vobject.base.Component]:
    """The files for calendars as they leave, whose type says the same method as they do."""
    found = {}
    parts = message_from_bytes(message.message().as_bytes(), policy=policy.default)
    for part in parts.iter_attachments():
        calendar = vobject.readOne(part.get_payload(decode=True).decode("utf-8"))
        method = calendar.method.value
        assert re.sub(r'["\s]', "", part["content-type"]) == (
            f"text/calendar;method={method};charset=utf-8"
        )
        found[part.get_filename()] = calendar
    return found
