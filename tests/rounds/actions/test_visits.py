"""Setting the days of visits, and sending them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail

from peerchallenge.audit.models import Event
from peerchallenge.outbox.models import Effect
from peerchallenge.shared.answers import Refused
from rounds import actions, queries
from rounds.models import CalendarEntry, Challenge, Round
from rounds.states import ChallengeState
from tests.rounds.teamed import Teamed
from tests.world import World, run_effects, working_day


def days_from(round: Round, weeks: int = 1) -> dict[str, date]:
    first = working_day(round.visits_from + timedelta(weeks=weeks))
    return {"day1": first, "feedback": working_day(first, 7)}


def set_days(challenge: Challenge) -> dict[str, date]:
    return dict(challenge.days.values_list("phase", "day"))


def test_days_are_put_down_for_each_phase(world: World, accepted: Round) -> None:
    challenge, days = world.first(accepted), days_from(accepted)
    Effect.objects.all().delete()
    actions.set_visit_days(challenge, days, by=world.officer)
    [event] = Event.objects.about({Challenge: [challenge.pk]}).filter(verb="challenge.days_set")
    assert set_days(challenge) == days
    assert event.details["days"] == {phase: day.isoformat() for phase, day in days.items()}
    assert Effect.objects.count() == 0


def test_a_clash_is_refused_with_its_reason_and_keeps_what_was_set(
    world: World, accepted: Round
) -> None:
    challenge, days = world.first(accepted), days_from(accepted)
    actions.set_visit_days(challenge, days, by=world.officer)
    late = accepted.visits_to + timedelta(days=7)
    with pytest.raises(Refused, match="is outside the round’s visits"):
        actions.set_visit_days(challenge, {**days, "feedback": late}, by=world.officer)
    assert set_days(challenge) == days


def test_an_authority_is_not_in_two_places_on_one_day(world: World, accepted: Round) -> None:
    one, other = accepted.challenges.with_both_sides().order_by("pk")[:2]
    days = days_from(accepted)
    actions.set_visit_days(one, days, by=world.officer)
    with pytest.raises(Refused, match="is already booked on"):
        actions.set_visit_days(other, days, by=world.officer)


def test_an_authority_is_not_in_two_places_for_two_rounds(world: World, accepted: Round) -> None:
    one, other = accepted.challenges.with_both_sides().order_by("pk")[:2]
    days = days_from(accepted)
    actions.set_visit_days(one, days, by=world.officer)
    Challenge.objects.filter(pk=one.pk).update(round=world.drafted())
    with pytest.raises(Refused, match="is already booked on"):
        actions.set_visit_days(other, days, by=world.officer)


def test_a_match_taken_back_books_nobody(world: World, accepted: Round) -> None:
    one, other = accepted.challenges.with_both_sides().order_by("pk")[:2]
    days = days_from(accepted)
    actions.set_visit_days(one, days, by=world.officer)
    actions.cancel_challenge(one, by=world.officer)
    actions.set_visit_days(other, days, by=world.officer)
    assert set_days(other) == days


def test_days_seen_before_somebody_else_set_them_do_not_overwrite(
    world: World, accepted: Round
) -> None:
    challenge = world.first(accepted)
    theirs, mine = days_from(accepted, 1), days_from(accepted, 3)
    actions.set_visit_days(challenge, theirs, seen={}, by=world.officer)
    with pytest.raises(actions.DaysChanged) as refused:
        actions.set_visit_days(challenge, mine, seen={}, by=world.officer)
    assert refused.value.theirs == theirs
    assert set_days(challenge) == theirs


def test_the_same_days_again_record_nothing(world: World, accepted: Round) -> None:
    challenge, days = world.first(accepted), days_from(accepted)
    actions.set_visit_days(challenge, days, by=world.officer)
    before = Event.objects.count()
    actions.set_visit_days(challenge, days, seen={}, by=world.officer)
    assert Event.objects.count() == before


def test_days_wait_until_both_sides_have_accepted(world: World, offered: Round) -> None:
    with pytest.raises(Refused, match="once all sides have accepted"):
        actions.set_visit_days(world.first(offered), days_from(offered), by=world.officer)


def test_filling_finds_days_for_everybody_that_stand(world: World, accepted: Round) -> None:
    filled = actions.fill_visit_days(accepted, by=world.officer)
    assert len(filled.challenges) == 3
    for challenge in accepted.challenges.with_both_sides():
        days = set_days(challenge)
        assert set(days) == {"day1", "feedback"}
        assert queries.visit_clashes(challenge, days) == []


def test_filling_leaves_days_that_are_set(world: World, accepted: Round) -> None:
    challenge, days = world.first(accepted), days_from(accepted)
    actions.set_visit_days(challenge, days, by=world.officer)
    assert len(actions.fill_visit_days(accepted, by=world.officer).challenges) == 2
    assert set_days(challenge) == days


def test_filling_again_changes_nothing(world: World, accepted: Round) -> None:
    actions.fill_visit_days(accepted, by=world.officer)
    before = [set_days(challenge) for challenge in accepted.challenges.order_by("pk")]
    again = actions.fill_visit_days(accepted, by=world.officer)
    assert (again.challenges, again.why) == ([], ())
    assert [set_days(one) for one in accepted.challenges.order_by("pk")] == before


def test_filling_keeps_off_days_on_which_somebody_cannot(world: World, accepted: Round) -> None:
    away = world.authorities[0]
    first, last = accepted.visits_from, accepted.visits_from + timedelta(weeks=7)
    actions.say_unavailable(away, first_day=first, last_day=last, by=world.directors[0])
    assert len(actions.fill_visit_days(accepted, by=world.officer).challenges) == 3
    for challenge in accepted.challenges.with_both_sides():
        if away in {side.authority for side in challenge.sides}:
            assert min(set_days(challenge).values()) > last


def test_where_not_all_can_have_days_as_many_as_possible_get_them(
    world: World, accepted: Round
) -> None:
    """Two days are enough for two visits of one: any two share an authority."""
    first = working_day(accepted.visits_from, 2)
    accepted.format_data["phases"] = [{"id": "day1", "label": "Day 1", "days": 1}]
    accepted.visits_from, accepted.visits_to = first, working_day(first, 1)
    accepted.save()
    filled = actions.fill_visit_days(accepted, by=world.officer)
    days = [one["day1"] for challenge in filled.challenges if (one := set_days(challenge))]
    assert sorted(days) == [accepted.visits_from, accepted.visits_to]
    assert "window" in {rule.rule for rule in filled.why}


def test_an_officer_may_set_a_day_on_which_somebody_cannot(world: World, accepted: Round) -> None:
    challenge, days = world.first(accepted), days_from(accepted)
    first = days["day1"]
    actions.say_unavailable(
        world.authorities[0], first_day=first, last_day=first, by=world.directors[0]
    )
    actions.set_visit_days(challenge, days, by=world.officer)
    assert set_days(challenge) == days


def test_sending_tells_both_sides_once_and_only_of_complete_days(
    world: World, accepted: Round
) -> None:
    challenge, other = accepted.challenges.with_both_sides().order_by("pk")[:2]
    actions.set_visit_days(challenge, days_from(accepted), by=world.officer)
    actions.set_visit_days(other, {"day1": days_from(accepted, 3)["day1"]}, by=world.officer)
    run_effects()
    mail.outbox.clear()
    assert actions.send_dates(accepted, by=world.officer) == [challenge]
    assert actions.send_dates(accepted, by=world.officer) == []
    run_effects()
    told = sorted(address for message in mail.outbox for address in message.to)
    sides = (challenge.host_authority, challenge.challenger_authority)
    assert told == sorted(world.director_of(side).email for side in sides)
    assert [world.again(one).dates_sent for one in (challenge, other)] == [True, False]
    # Whether a challenge is ready is another matter.
    assert world.again(challenge).state == ChallengeState.ACCEPTED


def test_what_was_sent_is_what_was_seen(world: World, accepted: Round) -> None:
    challenge = world.first(accepted)
    actions.set_visit_days(challenge, days_from(accepted, 1), by=world.officer)
    seen = queries.dates_version(queries.dated_challenges(accepted))
    actions.set_visit_days(challenge, days_from(accepted, 3), by=world.officer)
    with pytest.raises(actions.DaysChanged):
        actions.send_dates(accepted, version=seen, by=world.officer)
    assert not world.again(challenge).dates_sent


def test_moving_a_visit_tells_both_sides_again(world: World, accepted: Round) -> None:
    challenge = world.first(accepted)
    actions.set_visit_days(challenge, days_from(accepted), by=world.officer)
    actions.send_dates(accepted, by=world.officer)
    run_effects()
    mail.outbox.clear()
    actions.set_visit_days(challenge, days_from(accepted, 3), by=world.officer)
    run_effects()
    assert len(mail.outbox) == 2


def test_days_that_were_told_are_moved_and_not_taken_away(world: World, accepted: Round) -> None:
    challenge, days = world.first(accepted), days_from(accepted)
    actions.set_visit_days(challenge, days, by=world.officer)
    actions.set_visit_days(challenge, {}, by=world.officer)
    assert set_days(challenge) == {}
    actions.set_visit_days(challenge, days, by=world.officer)
    actions.send_dates(accepted, by=world.officer)
    with pytest.raises(Refused, match="choose others"):
        actions.set_visit_days(challenge, {}, by=world.officer)


def test_only_who_leads_says_that_the_visit_has_begun(world: World, accepted: Round) -> None:
    it = Teamed.of(world, accepted)
    for person in (it.member, it.director, world.officer):
        with pytest.raises(Refused, match="Only the lead reviewer"):
            actions.follow_calendar(it.challenge, ChallengeState.ON_SITE, by=person)
    assert it.again().state == ChallengeState.ACCEPTED


def entries(challenge: Challenge) -> dict[str, CalendarEntry]:
    return {entry.phase: entry for entry in challenge.calendar_entries.all()}


def test_nothing_is_kept_for_calendars_until_days_are_sent(world: World, accepted: Round) -> None:
    challenge = world.first(accepted)
    actions.set_visit_days(challenge, days_from(accepted), by=world.officer)
    assert entries(challenge) == {}
    actions.send_dates(accepted, by=world.officer)
    found = entries(challenge)
    assert {phase: entry.first_day for phase, entry in found.items()} == set_days(challenge)
    assert [(entry.sequence, entry.cancelled_at) for entry in found.values()] == [(0, None)] * 2


def test_each_move_raises_the_number_of_the_days_it_moves_and_keeps_who_they_are(
    world: World, accepted: Round
) -> None:
    challenge, days = world.first(accepted), days_from(accepted)
    actions.set_visit_days(challenge, days, by=world.officer)
    actions.send_dates(accepted, by=world.officer)
    sent = entries(challenge)
    later = {**days, "feedback": working_day(days["feedback"], 1)}
    actions.set_visit_days(challenge, later, by=world.officer)
    moved = entries(challenge)
    assert {phase: entry.uid for phase, entry in moved.items()} == {
        phase: entry.uid for phase, entry in sent.items()
    }
    assert {phase: entry.sequence for phase, entry in moved.items()} == {"day1": 0, "feedback": 1}
    assert moved["feedback"].last_day == later["feedback"]
    assert moved["feedback"].changed_at > sent["feedback"].changed_at
    actions.set_visit_days(challenge, days_from(accepted, 3), by=world.officer)
    again = entries(challenge)
    assert {phase: entry.sequence for phase, entry in again.items()} == {"day1": 1, "feedback": 2}


def test_a_day_left_out_of_a_move_is_taken_out_and_one_set_anew_comes_back(
    world: World, accepted: Round
) -> None:
    challenge, days = world.first(accepted), days_from(accepted)
    actions.set_visit_days(challenge, days, by=world.officer)
    actions.send_dates(accepted, by=world.officer)
    actions.set_visit_days(challenge, {"day1": days["day1"]}, by=world.officer)
    gone = entries(challenge)["feedback"]
    assert gone.cancelled_at is not None
    assert gone.sequence == 1
    actions.set_visit_days(challenge, days, by=world.officer)
    back = entries(challenge)["feedback"]
    assert (back.uid, back.cancelled_at, back.sequence) == (gone.uid, None, 2)


def test_a_match_taken_back_cancels_what_was_sent_and_only_that(
    world: World, accepted: Round
) -> None:
    sent, unsent = accepted.challenges.with_both_sides().order_by("pk")[:2]
    actions.set_visit_days(sent, days_from(accepted), by=world.officer)
    actions.send_dates(accepted, by=world.officer)
    actions.set_visit_days(unsent, days_from(accepted, 3), by=world.officer)
    before = entries(sent)
    actions.cancel_challenge(sent, by=world.officer)
    actions.cancel_challenge(unsent, by=world.officer)
    after = entries(sent)
    for phase, entry in before.items():
        assert (after[phase].uid, after[phase].sequence) == (entry.uid, 1)
        assert after[phase].first_day == entry.first_day
        assert after[phase].cancelled_at is not None
    assert entries(unsent) == {}
