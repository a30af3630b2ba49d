"""Conflicts of interest: declared, kept to, expired and withdrawn."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from authorities.models import Authority, Succession, User
from authorities.states import Role
from peerchallenge.audit.models import Event
from peerchallenge.outbox.models import Effect
from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.models import Conflict, ConflictKind, FellowChallenger, Round
from rounds.queries.challenges import candidates_for
from rounds.states import ChallengeState
from tests.factories import AuthorityFactory
from tests.world import World, fresh, run_effects

TASK = "rounds.tell_officers_conflict"
SECRET = "tokconflict"


@pytest.fixture
def pair(world: World) -> tuple[Authority, Authority]:
    return world.authorities[0], world.authorities[1]


def declared(pair: tuple[Authority, Authority], by: User, **more: Any) -> Conflict:
    said: dict[str, Any] = {"kind": ConflictKind.CONTRACT, "details": SECRET, **more}
    return actions.declare_conflict(*pair, **said, by=fresh(by))


def told() -> list[int]:
    return list(Effect.objects.filter(task=TASK).values_list("argument", flat=True))


class TestDeclaring:
    def test_it_is_kept_as_it_was_said(
        self, world: World, pair: tuple[Authority, Authority]
    ) -> None:
        until = timezone.localdate() + timedelta(days=90)
        conflict = declared(pair, world.directors[0], expires_on=until)
        assert (conflict.authority, conflict.other) == pair
        assert (conflict.person, conflict.expires_on) == (None, until)
        assert list(Conflict.objects.standing().of_authorities()) == [conflict]
        event = Event.objects.get(verb="conflict.declared")
        assert event.by_user == world.directors[0]
        assert SECRET not in str(event.details)

    def test_keeping_only_oneself_off_names_oneself(
        self, world: World, pair: tuple[Authority, Authority]
    ) -> None:
        reviewer = world.person(Role.REVIEWER, pair[0])
        conflict = declared(pair, reviewer, only_me=True)
        assert conflict.person == reviewer
        assert not Conflict.objects.of_authorities().exists()

    def test_pressing_twice_declares_it_once(
        self, world: World, pair: tuple[Authority, Authority]
    ) -> None:
        first = declared(pair, world.directors[0])
        assert declared(pair, world.directors[0]) == first
        assert Conflict.objects.count() == 1
        assert Event.objects.filter(verb="conflict.declared").count() == 1

    def test_two_people_say_the_same_each_for_themselves(
        self, world: World, pair: tuple[Authority, Authority]
    ) -> None:
        declared(pair, world.directors[0])
        declared(pair, world.officer)
        assert Conflict.objects.count() == 2

    def test_nobody_speaks_for_an_authority_they_do_not_work_for(
        self, world: World, pair: tuple[Authority, Authority]
    ) -> None:
        with pytest.raises(Refused, match="Only somebody who works for"):
            declared(pair, world.directors[2])
        with pytest.raises(Refused, match="you sit on no team of theirs"):
            declared(pair, world.officer, only_me=True)

    def test_with_oneself_or_for_days_gone_by_is_refused(
        self, world: World, pair: tuple[Authority, Authority]
    ) -> None:
        with pytest.raises(Refused, match="two different authorities"):
            declared((pair[0], pair[0]), world.directors[0])
        gone = timezone.localdate() - timedelta(days=1)
        with pytest.raises(Refused, match="That day is over"):
            declared(pair, world.directors[0], expires_on=gone)
        assert not Conflict.objects.exists()


class TestTellingOfficers:
    def test_they_hear_of_one_that_touches_an_offer(
        self, world: World, offered: Round, pair: tuple[Authority, Authority]
    ) -> None:
        run_effects()
        mail.outbox.clear()
        conflict = declared(pair, world.directors[0])
        assert told() == [conflict.pk]
        run_effects()
        message = mail.outbox[0]
        assert [one.to for one in mail.outbox] == [[world.officer.email]]
        assert f"/conflicts/{conflict.pk}" in message.body
        assert SECRET not in message.body
        assert not [one.name for one in world.authorities if one.name in message.body]

    def test_they_hear_of_one_that_touches_a_published_match(
        self, world: World, proposed: Round, pair: tuple[Authority, Authority]
    ) -> None:
        conflict = declared((pair[1], pair[0]), world.directors[1])
        assert told() == [conflict.pk]

    def test_not_of_one_that_touches_nothing(
        self, world: World, offered: Round, pair: tuple[Authority, Authority]
    ) -> None:
        declared((pair[0], AuthorityFactory()), world.directors[0])
        offered.challenges.update(state=ChallengeState.CANCELLED)
        declared(pair, world.directors[0])
        assert told() == []

    def test_of_one_with_an_authority_that_became_a_side_of_the_match(
        self, world: World, offered: Round
    ) -> None:
        before = AuthorityFactory(region=world.region)
        today = timezone.localdate()
        Succession.objects.create(before=before, after=world.authorities[1], on=today)
        conflict = declared((world.authorities[0], before), world.directors[0])
        assert told() == [conflict.pk]
        third = declared((world.authorities[2], before), world.directors[2])
        assert told() == [conflict.pk, third.pk]
        declared((before, world.authorities[1]), world.officer)
        assert len(told()) == 2

    def test_of_one_with_a_fellow_challenger(
        self, world: World, offered: Round, pair: tuple[Authority, Authority]
    ) -> None:
        first = world.first(offered)
        third = offered.participations.get(authority=world.authorities[2])
        offered.challenges.exclude(pk=first.pk).delete()
        FellowChallenger.objects.create(challenge=first, participation=third)
        conflict = declared((pair[0], world.authorities[2]), world.directors[0])
        assert told() == [conflict.pk]

    def test_not_once_it_is_withdrawn(
        self, world: World, offered: Round, pair: tuple[Authority, Authority]
    ) -> None:
        run_effects()
        mail.outbox.clear()
        director = fresh(world.directors[0])
        actions.withdraw_conflict(declared(pair, director), by=director)
        run_effects()
        assert mail.outbox == []


class TestKeepingOff:
    def test_whoever_declared_it_is_not_asked_onto_a_team_there(
        self, world: World, accepted: Round
    ) -> None:
        challenge = world.first(accepted)
        reviewer = world.person(Role.REVIEWER, challenge.challenger_authority)
        director = fresh(world.director_of(challenge.challenger_authority))
        asked = [one.user for _, group in candidates_for(challenge) for one in group]
        assert reviewer in asked
        pair = (challenge.challenger_authority, challenge.host_authority)
        conflict = declared(pair, reviewer, only_me=True)
        asked = [one.user for _, group in candidates_for(challenge) for one in group]
        assert reviewer not in asked
        with pytest.raises(Refused, match="sits on no team that visits"):
            actions.seat_team_member(challenge, reviewer, by=director)
        actions.withdraw_conflict(conflict, by=fresh(reviewer))
        assert actions.seat_team_member(challenge, reviewer, by=director).user == reviewer

    def test_declared_by_somebody_on_the_team_the_officers_hear_of_it(
        self, world: World, accepted: Round
    ) -> None:
        challenge = world.first(accepted)
        reviewer = world.person(Role.REVIEWER, challenge.challenger_authority)
        director = fresh(world.director_of(challenge.challenger_authority))
        actions.seat_team_member(challenge, reviewer, by=director)
        pair = (challenge.challenger_authority, challenge.host_authority)
        conflict = declared(pair, reviewer, only_me=True)
        assert told() == [conflict.pk]


class TestWithdrawing:
    def test_it_counts_no_more_and_stays_on_record(
        self, world: World, pair: tuple[Authority, Authority]
    ) -> None:
        conflict = declared(pair, world.directors[0])
        withdrawn = actions.withdraw_conflict(conflict, by=world.officer)
        assert withdrawn.withdrawn_by == world.officer
        assert not withdrawn.stands
        assert list(Conflict.objects.standing()) == []
        assert Event.objects.filter(verb="conflict.withdrawn").count() == 1

    def test_whoever_declared_it_is_told_when_somebody_else_withdraws_it(
        self, world: World, pair: tuple[Authority, Authority]
    ) -> None:
        director = world.directors[0]
        conflict = declared(pair, director)
        actions.withdraw_conflict(conflict, by=world.officer)
        actions.withdraw_conflict(declared(pair, director), by=fresh(director))
        run_effects()
        message = mail.outbox[0]
        assert [one.to for one in mail.outbox] == [[director.email]]
        assert f"/conflicts/{conflict.pk}" in message.body
        assert SECRET not in message.body

    def test_twice_is_refused(self, world: World, pair: tuple[Authority, Authority]) -> None:
        conflict = declared(pair, world.directors[0])
        actions.withdraw_conflict(conflict, by=world.officer)
        with pytest.raises(Refused, match="withdrawn already"):
            actions.withdraw_conflict(conflict, by=world.officer)

    def test_it_expires_after_its_last_day(
        self, world: World, pair: tuple[Authority, Authority]
    ) -> None:
        conflict = declared(pair, world.directors[0], expires_on=timezone.localdate())
        assert list(Conflict.objects.standing()) == [conflict]
        yesterday = timezone.localdate() - timedelta(days=1)
        Conflict.objects.update(expires_on=yesterday)
        assert list(Conflict.objects.standing()) == []
        assert not Conflict.objects.get().stands
