"""Who is proposed for a seat, asked, says yes, says no, and is replaced."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from authorities.models import Reviewer, User
from authorities.states import Role
from peerchallenge.outbox.models import Effect
from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.models import Challenge, Seat, SeatKind, SeatOffer, SelfAssessment
from rounds.queries.teams import seat_kind
from rounds.states import SeatOfferState
from tests.factories import MembershipFactory
from tests.world import World, fresh, run_effects, working_day


@pytest.fixture
def challenge(world: World) -> Challenge:
    return world.first(world.accepted())


@pytest.fixture
def director(world: World, challenge: Challenge) -> User:
    return world.director_of(challenge.challenger_authority)


@pytest.fixture
def person(world: World) -> User:
    """Of the third authority, neither host nor challenger."""
    return world.person(Role.REVIEWER, world.authorities[2], name="Tess Ward")


@pytest.fixture
def practitioner(challenge: Challenge) -> SeatKind:
    found = seat_kind(challenge.round, "practitioner")
    assert found
    return found


@pytest.fixture
def asked(challenge: Challenge, director: User, person: User, practitioner: SeatKind) -> SeatOffer:
    return actions.ask_seat(challenge, person, practitioner, message="Please", by=director)


def reads(user: User, challenge: Challenge) -> bool:
    found = SelfAssessment.objects.visible_to(fresh(user))
    return found.filter(participation=challenge.host).exists()


def tasks() -> list[str]:
    return list(Effect.objects.order_by("pk").values_list("task", flat=True))


def test_somebody_is_asked_says_yes_and_reads_from_then_on(
    challenge: Challenge, asked: SeatOffer, person: User
) -> None:
    assert (asked.state, asked.kind, asked.message) == ("asked", "practitioner", "Please")
    assert not reads(person, challenge)
    assert tasks()[-1] == "rounds.ask_seat"
    member = actions.accept_seat(asked, by=person)
    assert (member.seat, member.kind) == (Seat.MEMBER, "practitioner")
    assert reads(person, challenge)
    assert actions.accept_seat(asked, by=person) == member
    assert tasks().count("rounds.tell_team_member") == 1


def test_a_no_ends_it_and_is_told_to_those_who_look_for_somebody_else(
    challenge: Challenge, asked: SeatOffer, person: User, director: User, world: World
) -> None:
    offer = actions.decline_seat(asked, reason="On leave", by=person)
    assert (offer.state, offer.reason) == (SeatOfferState.DECLINED, "On leave")
    mail.outbox.clear()
    run_effects()
    about = [one for one in mail.outbox if "cannot join" in one.subject]
    assert {one.to[0] for one in about} == {director.email, world.officer.email}
    assert not any("On leave" in one.body for one in about)
    assert actions.decline_seat(offer, reason="Again", by=person).reason == "On leave"


def test_a_no_after_a_yes_ends_the_seat_and_the_reading(
    challenge: Challenge, asked: SeatOffer, person: User
) -> None:
    actions.accept_seat(asked, by=person)
    actions.decline_seat(asked, reason="Illness", by=person)
    assert not reads(person, challenge)
    assert not challenge.team.current().exists()
    assert [one.state for one in challenge.seat_offers.all()] == [SeatOfferState.DECLINED]


def test_a_lead_seat_makes_the_lead(world: World, challenge: Challenge, director: User) -> None:
    lead = world.person(Role.REVIEWER, challenge.challenger_authority)
    other = world.person(Role.REVIEWER, challenge.challenger_authority)
    seat = seat_kind(challenge.round, "lead")
    offers = [actions.ask_seat(challenge, one, seat, by=director) for one in (lead, other)]
    assert actions.accept_seat(offers[0], by=lead).seat == Seat.LEAD
    with pytest.raises(Refused, match="leads this team by now"):
        actions.accept_seat(offers[1], by=other)
    # A lead who falls ill says so themselves.
    actions.decline_seat(offers[0], reason="Illness", by=lead)
    assert not challenge.team.current().exists()


def test_who_is_named_directly_can_say_that_they_cannot_come(
    challenge: Challenge, director: User, world: World
) -> None:
    lead = world.person(Role.REVIEWER, challenge.challenger_authority)
    member = actions.name_lead(challenge, lead, by=director)
    offer = SeatOffer.objects.get(member=member)
    assert (offer.state, offer.kind, offer.leads) == (SeatOfferState.ACCEPTED, "lead", True)
    actions.decline_seat(offer, reason="A new post", by=lead)
    assert not reads(lead, challenge)


def test_somebody_takes_the_place_of_another_who_is_told(
    world: World,
    challenge: Challenge,
    asked: SeatOffer,
    person: User,
    director: User,
    practitioner: SeatKind,
) -> None:
    other = world.person(Role.REVIEWER, challenge.challenger_authority)
    actions.ask_seat(challenge, other, practitioner, instead=asked, by=director)
    asked.refresh_from_db()
    assert asked.state == SeatOfferState.WITHDRAWN
    assert tasks()[-2:] == ["rounds.tell_seat_withdrawn", "rounds.ask_seat"]
    with pytest.raises(Refused, match="nothing to answer"):
        actions.accept_seat(asked, by=person)


def test_a_seat_is_withdrawn_once(
    challenge: Challenge, asked: SeatOffer, director: User, person: User
) -> None:
    actions.accept_seat(asked, by=person)
    for _ in range(2):
        actions.withdraw_seat(asked, by=director)
    assert not reads(person, challenge)
    assert tasks().count("rounds.tell_seat_ended") == 1


def test_nobody_asks_the_hosts_own_or_for_others(
    world: World,
    challenge: Challenge,
    asked: SeatOffer,
    person: User,
    director: User,
    practitioner: SeatKind,
) -> None:
    host = challenge.host_authority
    MembershipFactory(user=person, role=Role.REVIEWER, authority=host)
    with pytest.raises(Refused, match=f"works for {host}, the host"):
        actions.accept_seat(asked, by=fresh(person))
    for by in (world.director_of(host), world.chair, person):
        with pytest.raises(Refused):
            actions.ask_seat(challenge, director, practitioner, by=by)
    with pytest.raises(Refused, match="Only the person who was asked"):
        actions.accept_seat(asked, by=director)
    with pytest.raises(Refused, match="Only the person who was asked"):
        actions.decline_seat(asked, reason="No", by=director)


def test_the_host_withdraws_nobody_from_the_team_that_comes(
    world: World, challenge: Challenge, asked: SeatOffer
) -> None:
    with pytest.raises(Refused):
        actions.withdraw_seat(asked, by=world.director_of(challenge.host_authority))


def test_only_officers_propose_somebody_for_a_seat(
    world: World, challenge: Challenge, person: User, director: User, practitioner: SeatKind
) -> None:
    for by in (director, world.chair):
        with pytest.raises(Refused, match="Only an officer"):
            actions.propose_seat(challenge, person, practitioner, by=by)


def test_only_officers_ask_everybody_proposed_and_change_the_seats(
    world: World, challenge: Challenge, director: User
) -> None:
    round = challenge.round
    actions.propose_teams(round, by=world.officer)
    for by in (director, world.chair):
        with pytest.raises(Refused, match="Only an officer"):
            actions.ask_seats(round, by=by)
        with pytest.raises(Refused, match="Only an officer"):
            actions.change_seats(round, {"practitioner": {"least": 2}}, by=by)


def test_nobody_says_yes_to_two_teams_on_one_day(
    world: World, challenge: Challenge, person: User, practitioner: SeatKind
) -> None:
    round, officer = challenge.round, world.officer
    other = round.challenges.with_both_sides().get(host__authority=world.authorities[1])
    day = working_day(round.visits_from, 3)
    for one in (challenge, other):
        # Their authorities are the same: by hand, as days of two rounds would be.
        one.days.create(phase="day1", day=day)
    both = [challenge, other]
    offers = [actions.ask_seat(one, person, practitioner, by=officer) for one in both]
    actions.accept_seat(offers[0], by=person)
    with pytest.raises(Refused, match="is on another team on"):
        actions.accept_seat(offers[1], by=person)


def test_a_newcomer_gets_the_days_sent_before_and_who_leaves_has_them_taken_out(
    world: World, challenge: Challenge, person: User, practitioner: SeatKind, director: User
) -> None:
    day = working_day(challenge.round.visits_from, 3)
    days = {"day1": day, "feedback": working_day(day, 7)}
    actions.set_visit_days(challenge, days, by=world.officer)
    actions.send_dates(challenge.round, by=world.officer)
    run_effects()
    mail.outbox.clear()
    offer = actions.ask_seat(challenge, person, practitioner, by=director)
    run_effects()
    actions.accept_seat(offer, by=person)
    run_effects()
    [question, welcome] = [one for one in mail.outbox if one.to == [person.email]]
    assert f"{day:%A} {day.day} {day:%B %Y}" in question.body
    assert [part.get_param("method") for part in calendars(welcome)] == ["REQUEST"] * 2
    mail.outbox.clear()
    actions.decline_seat(offer, reason="Illness", by=person)
    run_effects()
    [goodbye] = [one for one in mail.outbox if one.to == [person.email]]
    assert [part.get_param("method") for part in calendars(goodbye)] == ["CANCEL"] * 2


def calendars(message: object) -> list[object]:
    parts = message.message().walk()
    return [part for part in parts if part.get_content_type() == "text/calendar"]


def test_nobody_is_proposed_whose_training_lapses_or_who_is_away(
    world: World, challenge: Challenge
) -> None:
    today = timezone.localdate()
    lapsed, fine = (world.person(Role.REVIEWER, world.authorities[2]) for _ in range(2))
    Reviewer.objects.create(
        user=lapsed,
        seats=["practitioner"],
        trained_on=today - timedelta(days=900),
        lapses_on=today - timedelta(days=1),
    )
    actions.propose_teams(challenge.round, by=world.officer)
    proposed = set(SeatOffer.objects.values_list("user", flat=True))
    assert fine.pk in proposed
    assert lapsed.pk not in proposed
