"""A visit is put off in one act, offered again, answered by both sides, and set."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from authorities.models import User
from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.models import Challenge, DateOffer, Postponement, Round, VisitDay
from rounds.states import ChallengeState
from tests.world import World, fresh, run_effects

C = ChallengeState
SNOW = {"kind": "other", "reason": "Snow on all roads"}


@pytest.fixture
def challenge(world: World) -> Challenge:
    """Its days are known to all."""
    challenge = world.first(world.booked())
    # Not today, as the first in a new round may be.
    for days, phase in ((14 * 3 + 7, "day1"), (14 * 3 + 14, "feedback")):
        VisitDay.objects.filter(challenge=challenge, phase=phase).update(
            day=free_monday(challenge) + timedelta(days=days - 49)
        )
    run_effects()
    mail.outbox.clear()
    return challenge


def free_monday(challenge: Challenge) -> date:
    day = timezone.localdate() + timedelta(days=50)
    return day - timedelta(days=day.weekday())


def postponed(world: World, challenge: Challenge) -> Postponement:
    actions.postpone_challenge(challenge, **SNOW, by=world.officer)
    run_effects()
    return challenge.postponements.open().get()


def offers(challenge: Challenge) -> list[DateOffer]:
    return list(
        DateOffer.objects.filter(
            postponement__challenge=challenge, withdrawn_at__isnull=True
        ).order_by("rank")
    )


def sides(world: World, challenge: Challenge) -> list[User]:
    return [fresh(world.director_of(side.authority)) for side in challenge.sides]


def says(challenge: Challenge, director: User, answers: str) -> Challenge:
    """“nyy”: not on the first of three."""
    can = {
        offer.pk: answer == "y" for offer, answer in zip(offers(challenge), answers, strict=True)
    }
    return actions.answer_dates(challenge, can, by=director)


def test_postponing_frees_the_days_cancels_the_entries_and_tells_all(
    world: World, challenge: Challenge
) -> None:
    before = dict(challenge.days.values_list("phase", "day"))
    actions.postpone_challenge(challenge, **SNOW, by=world.officer)
    found = world.again(challenge)
    assert (found.state, found.dates_sent, found.days.count()) == (C.POSTPONED, False, 0)
    kept = found.postponements.get()
    assert kept.days == {phase: day.isoformat() for phase, day in before.items()}
    assert (kept.state_before, kept.reason) == (C.ACCEPTED, "Snow on all roads")
    entries = list(found.calendar_entries.all())
    assert len(entries) == 2
    assert all(entry.cancelled_at and entry.sequence == 1 for entry in entries)
    run_effects()
    told = [one for one in mail.outbox if one.subject.startswith("Postponed")]
    team = [member.user.email for member in found.team.current()]
    directors = [person.email for person in sides(world, found)]
    assert sorted(one.to[0] for one in told) == sorted([*directors, *team])
    # A file a day, which takes it out.
    assert all(len(one.attachments) == 2 for one in told)
    assert all(
        b"METHOD:CANCEL" in file.get_payload(decode=True)
        for one in told
        for file in one.attachments
    )
    assert all("Snow" not in one.body for one in mail.outbox)


def test_three_dates_are_offered_in_weeks_of_their_own_and_both_directors_asked(
    world: World, challenge: Challenge
) -> None:
    postponed(world, challenge)
    found = offers(challenge)
    assert [offer.rank for offer in found] == [1, 2, 3]
    weeks = [date.fromisoformat(offer.days["day1"]).isocalendar()[:2] for offer in found]
    assert len(set(weeks)) == 3
    asked = [one.to[0] for one in mail.outbox if one.subject.startswith("On which days")]
    assert sorted(asked) == sorted(person.email for person in sides(world, challenge))


def test_the_best_on_which_both_can_is_set_and_sent_at_once(
    world: World, challenge: Challenge
) -> None:
    postponed(world, challenge)
    host, challenger = sides(world, challenge)
    assert says(challenge, host, "nyy").state == C.POSTPONED
    wanted = offers(challenge)[1].days
    mail.outbox.clear()
    found = says(challenge, challenger, "yyy")
    assert (found.state, found.dates_sent) == (C.ACCEPTED, True)
    assert {day.phase: day.day.isoformat() for day in found.days.all()} == wanted
    assert all(day.pinned for day in found.days.all())
    assert found.postponements.get().resumed_at
    # Cancelled was the first change of each entry, this is the second.
    entries = list(found.calendar_entries.all())
    assert {entry.sequence for entry in entries} == {2}
    assert not any(entry.cancelled_at for entry in entries)
    run_effects()
    assert len(mail.outbox) == 2 + found.team.current().count()


def test_where_nobody_can_the_officers_are_told_and_offer_three_others(
    world: World, challenge: Challenge
) -> None:
    postponed(world, challenge)
    before = [offer.days for offer in offers(challenge)]
    host, challenger = sides(world, challenge)
    says(challenge, host, "ynn")
    says(challenge, challenger, "nyy")
    mail.outbox.clear()
    run_effects()
    assert [one.to for one in mail.outbox] == [[world.officer.email]]
    actions.look_for_other_dates(challenge, by=world.officer)
    assert offers(challenge) == []
    run_effects()
    after = [offer.days for offer in offers(challenge)]
    assert len(after) == 3
    assert not any(days in before for days in after)


def test_the_days_just_given_up_are_not_offered_again(world: World, challenge: Challenge) -> None:
    days = set(challenge.days.values_list("day", flat=True))
    actions.postpone_challenge(challenge, **SNOW, not_before=min(days), by=world.officer)
    run_effects()
    offered = {
        date.fromisoformat(day) for offer in offers(challenge) for day in offer.days.values()
    }
    assert offered
    assert offered & days == set()


def test_not_before_a_chosen_day(world: World, challenge: Challenge) -> None:
    day = free_monday(challenge)
    actions.postpone_challenge(challenge, **SNOW, not_before=day, by=world.officer)
    run_effects()
    assert offers(challenge)
    assert all(min(offer.days.values()) >= day.isoformat() for offer in offers(challenge))


def test_where_no_day_is_left_the_officers_read_why(world: World, challenge: Challenge) -> None:
    late = challenge.round.visits_to + timedelta(days=1)
    actions.postpone_challenge(challenge, **SNOW, not_before=late, by=world.officer)
    mail.outbox.clear()
    run_effects()
    [obstacle] = challenge.postponements.get().obstacles
    assert obstacle.startswith("The round’s time for visits ends on")
    subjects = [one.subject for one in mail.outbox if world.officer.email in one.to]
    assert [one.partition(":")[0] for one in subjects] == ["No new days yet"]


def test_what_is_over_stays_and_only_the_rest_is_looked_for(
    world: World, challenge: Challenge
) -> None:
    today = timezone.localdate()
    challenge.days.filter(phase="day1").update(day=today - timedelta(days=7))
    challenge.days.filter(phase="feedback").update(day=today)
    Challenge.objects.filter(pk=challenge.pk).update(state=C.ON_SITE)
    postponed(world, challenge)
    found = world.again(challenge)
    assert [day.phase for day in found.days.all()] == ["day1"]
    entries = {entry.phase: entry.cancelled_at for entry in found.calendar_entries.all()}
    assert entries["day1"] is None
    assert entries["feedback"]
    assert [list(offer.days) for offer in offers(found)] == [["feedback"]] * 3
    for director in sides(world, found):
        says(found, director, "yyy")
    found = world.again(challenge)
    assert (found.state, found.days.count(), found.dates_sent) == (C.ACCEPTED, 2, True)


def test_an_officer_settles_it_without_waiting(world: World, challenge: Challenge) -> None:
    postponed(world, challenge)
    days = {phase: date.fromisoformat(day) for phase, day in offers(challenge)[2].days.items()}
    with pytest.raises(actions.OffersChanged):
        actions.choose_dates(challenge, days, offers=[1], by=world.officer)
    keys = [offer.pk for offer in offers(challenge)]
    found = actions.choose_dates(challenge, days, offers=keys, by=world.officer)
    assert dict(found.days.values_list("phase", "day")) == days
    with pytest.raises(Refused, match="not waiting for other days"):
        actions.choose_dates(challenge, days, by=world.officer)


def test_days_that_others_took_meanwhile_are_passed_over(
    world: World, challenge: Challenge
) -> None:
    postponed(world, challenge)
    host, challenger = sides(world, challenge)
    first, second, _ = offers(challenge)
    other = challenge.round.challenges.filter(challenger=challenge.host).get()
    other.days.filter(phase="day1").update(day=date.fromisoformat(first.days["day1"]))
    says(challenge, host, "yyn")
    found = says(challenge, challenger, "yyn")
    assert {day.phase: day.day.isoformat() for day in found.days.all()} == second.days


def test_it_is_postponed_once(world: World, challenge: Challenge) -> None:
    postponed(world, challenge)
    with pytest.raises(Refused, match="once all sides have accepted"):
        actions.postpone_challenge(challenge, **SNOW, by=world.officer)
    assert challenge.postponements.count() == 1


def test_a_search_that_comes_too_late_or_twice_changes_nothing(
    world: World, challenge: Challenge
) -> None:
    kept = postponed(world, challenge)
    before = offers(challenge)
    actions.offer_dates(kept, [{"day1": date(2031, 6, 2)}], by=world.officer)
    assert offers(challenge) == before


def test_a_side_offers_no_dates_itself(world: World, accepted: Round) -> None:
    challenge = world.first(accepted)
    kept = actions.postpone_challenge(challenge, **SNOW, by=world.officer)
    for director in sides(world, challenge):
        with pytest.raises(Refused, match="Only an officer"):
            actions.offer_dates(kept, [{"day1": free_monday(challenge)}], by=director)


def test_answers_to_days_that_are_offered_no_longer_are_not_taken(
    world: World, challenge: Challenge
) -> None:
    postponed(world, challenge)
    old = {offer.pk: True for offer in offers(challenge)}
    actions.look_for_other_dates(challenge, by=world.officer)
    with pytest.raises(actions.OffersChanged):
        actions.answer_dates(challenge, old, by=sides(world, challenge)[0])


def test_an_officer_answers_for_no_side(world: World, challenge: Challenge) -> None:
    postponed(world, challenge)
    with pytest.raises(Refused, match="Only the directors of the sides"):
        says(challenge, world.officer, "yyy")
