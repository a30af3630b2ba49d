"""Each mail: who gets it, that it says what it is about, and that it gives nothing away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from authorities.models import Membership, User
from authorities.states import Role
from peerchallenge.shared.mail import address
from rounds import actions, documents, emails
from rounds.models import Challenge, Conflict, ConflictKind, Participation, SelfAssessment
from tests.rounds.mails import REASON, check, sent_by
from tests.world import World, run_effects


@pytest.fixture
def teamed(world: World) -> Challenge:
    return world.first(world.teamed())


def test_the_invitation_goes_to_each_director_with_the_deadline_and_the_link(world: World) -> None:
    round = world.drafted()
    found = sent_by(lambda: actions.invite_authorities(round, by=world.officer))
    assert found == {
        f"{round.name}: your self-assessment": sorted(user.email for user in world.directors)
    }
    part = round.participations.get(authority=world.authorities[0])
    body = next(m.body for m in mail.outbox if m.to == [world.directors[0].email])
    assert f"{address('self_assessment', part.self_assessment.pk)}\n" in body
    assert f"{address('self_assessment_give', part.self_assessment.pk)}\n" in body
    due = round.self_assessment_due
    assert f"by {due:%A} {due.day} {due:%B %Y}" in body


def test_a_self_assessment_that_arrived_or_came_back_is_told_to_the_director(
    world: World, part: Participation, director: User
) -> None:
    own = world.answered(part)
    world.person(Role.AUTHORITY_OFFICER)
    assert sent_by(lambda: actions.submit_self_assessment(own, by=director)) == {
        "Your self-assessment has arrived": [director.email]
    }
    assert sent_by(
        lambda: actions.return_self_assessment(own, reason=REASON, by=world.officer)
    ) == {"Your self-assessment is open again": [director.email]}


def test_a_conflict_that_touches_a_match_is_told_to_the_officers_and_its_end_to_who_said_it(
    world: World,
) -> None:
    challenge = world.first(world.offered())
    director = world.director_of(challenge.host_authority)
    pair = (challenge.host_authority, challenge.challenger_authority)
    said = {"kind": ConflictKind.FAMILY, "details": REASON}
    found = sent_by(lambda: actions.declare_conflict(*pair, **said, by=director))
    assert found == {"A declared conflict touches a match": [world.officer.email]}
    conflict = Conflict.objects.get()
    assert sent_by(lambda: actions.withdraw_conflict(conflict, by=world.officer)) == {
        "A conflict of interest that you declared is withdrawn": [director.email]
    }


def test_an_offer_goes_to_both_directors(world: World) -> None:
    round = world.proposed()
    found = sent_by(lambda: actions.confirm_matches(round, by=world.officer))
    a, b, c = world.authorities
    one, two, three = (user.email for user in world.directors)
    assert found == {
        f"{b} would challenge you: please accept or decline": [one],
        f"{c} would challenge you: please accept or decline": [two],
        f"{a} would challenge you: please accept or decline": [three],
        f"You would challenge {a}: please accept or decline": [two],
        f"You would challenge {b}: please accept or decline": [three],
        f"You would challenge {c}: please accept or decline": [one],
    }


def test_when_both_have_accepted_both_are_told(world: World) -> None:
    challenge = world.first(world.offered())
    host = world.director_of(challenge.host_authority)
    challenger = world.director_of(challenge.challenger_authority)
    assert sent_by(lambda: actions.accept_challenge(challenge, by=host)) == {}
    assert sent_by(lambda: actions.accept_challenge(challenge, by=challenger)) == {
        f"Agreed: {challenge.challenger_authority} will challenge you": [host.email],
        f"Agreed: you will challenge {challenge.host_authority}. Please name your lead reviewer": [
            challenger.email
        ],
    }


def test_that_a_side_declined_is_told_to_the_officers_and_why_only_on_the_page(
    world: World,
) -> None:
    challenge = world.first(world.offered())
    host = world.director_of(challenge.host_authority)
    assert sent_by(lambda: actions.decline_challenge(challenge, reason=REASON, by=host)) == {
        f"Declined: {challenge}": [world.officer.email]
    }


def test_the_days_are_told_to_the_host_and_to_the_whole_team(world: World) -> None:
    round = world.booked()
    challenge = world.first(round)
    run_effects()
    mail.outbox.clear()
    files = documents.visit_files(challenge)
    emails.tell_host_dates(challenge, files)
    emails.tell_challenger_dates(challenge, files)
    host = world.director_of(challenge.host_authority)
    others = (
        world.director_of(challenge.challenger_authority),
        world.lead_of(challenge),
        world.member_of(challenge),
    )
    to = {message.to[0]: message for message in mail.outbox}
    assert sorted(to) == sorted(user.email for user in (host, *others))
    for message in to.values():
        check(message)
        for day in challenge.days.all():
            assert f"{day.day:%A} {day.day.day} {day.day:%B %Y}" in message.body


def test_somebody_asked_onto_the_team_is_told_and_not_if_they_have_left(
    world: World, teamed: Challenge
) -> None:
    director = world.director_of(teamed.challenger_authority)
    person = world.person(Role.REVIEWER, teamed.challenger_authority)
    seats = []
    found = sent_by(lambda: seats.append(actions.seat_team_member(teamed, person, by=director)))
    subject = f"You are on the team that challenges {teamed.host_authority}"
    assert found == {subject: [person.email]}
    other = world.person(Role.REVIEWER, teamed.challenger_authority)
    run_effects()
    mail.outbox.clear()
    actions.leave_team(actions.seat_team_member(teamed, other, by=director), by=director)
    run_effects()
    # Only that it is over: not first that it has begun.
    assert [one.subject for one in mail.outbox] == [
        f"You are no longer on the team for {teamed.host_authority}"
    ]


def test_a_mail_goes_to_whoever_holds_the_post_when_it_is_sent(
    world: World, part: Participation, director: User
) -> None:
    own = world.answered(part)
    run_effects()
    mail.outbox.clear()
    actions.submit_self_assessment(own, by=director)
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(user=director).update(to_date=yesterday)
    successor = world.person(Role.DIRECTOR, part.authority)
    run_effects()
    assert [message.to for message in mail.outbox] == [[successor.email]]


def test_names_that_would_break_a_subject_or_a_page_stay_plain(
    world: World, part: Participation
) -> None:
    part.authority.name = "Smith & Sons’ <b>Council</b>\nBcc: all@example.org"
    part.authority.save()
    own = SelfAssessment.objects.select_related("participation__authority").get(
        pk=part.self_assessment.pk
    )
    run_effects()
    mail.outbox.clear()
    emails.confirm_self_assessment(own)
    emails.invite_participation(own.participation)
    assert len(mail.outbox) == 2
    for message in mail.outbox:
        assert "Smith & Sons’ <b>Council</b>" in message.body
        assert "\n" not in message.subject
        assert message.recipients() == [world.directors[0].email]
