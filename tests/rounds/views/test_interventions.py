"""The officers' pages on interventions, and on who may challenge all the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities import actions as authorities
from authorities.models import Intervention, User
from authorities.states import Role
from rounds import actions
from rounds.models import Challenge, Participation, Round
from tests.rounds.conftest import words
from tests.world import World, fresh

SignedIn = Callable[[User], Client]
LIST = "/interventions"
FIRST = date(2026, 2, 1)
REASON = "tokreason: its help for care leavers is untouched"
LIST_QUERIES, ROUND_QUERIES = 8, 10


@pytest.fixture
def officer(world: World, signed_in: SignedIn) -> Client:
    return signed_in(world.officer)


def added(world: World, place: int = 0, **more: Any) -> Intervention:
    days = {"from_date": FIRST, **more}
    return authorities.add_intervention(world.authorities[place], **days, by=world.officer)


def dated(name: str, day: date) -> dict[str, int]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


class TestTheRegions:
    def test_an_officer_adds_one_and_sees_what_it_means(
        self, world: World, offered: Round, officer: Client
    ) -> None:
        said = {"authority": world.authorities[1].pk, **dated("from_date", FIRST)}
        answer = officer.post(f"{LIST}/add", said, follow=True)
        text = words(answer)
        assert "It challenges nobody unless you say so." in text
        assert "Since 1 February 2026" in text
        assert f"is to challenge {world.authorities[0]}, without an officer’s word" in text
        assert reverse("round_interventions", args=[offered.pk]) in text

    def test_what_is_missing_or_wrong_is_said(self, world: World, officer: Client) -> None:
        assert "Enter the first day" in words(officer.post(f"{LIST}/add", {}))
        first, before = dated("from_date", FIRST), dated("to_date", FIRST - timedelta(days=1))
        said = {"authority": world.authorities[0].pk, **first, **before}
        assert "same as or after the first" in words(officer.post(f"{LIST}/add", said))
        added(world)
        said = {"authority": world.authorities[0].pk, **first}
        assert "is in intervention since 1 February 2026 already" in words(
            officer.post(f"{LIST}/add", said)
        )
        assert Intervention.objects.count() == 1

    def test_only_an_officer_opens_the_list(self, world: World, signed_in: SignedIn) -> None:
        said = {"authority": world.authorities[0].pk, **dated("from_date", FIRST)}
        for stranger in (world.directors[0], world.chair, world.approver):
            client = signed_in(stranger)
            assert client.get(LIST).status_code == 403
            assert client.post(f"{LIST}/add", said).status_code == 403

    def test_another_regions_are_not_found(self, world: World, signed_in: SignedIn) -> None:
        there = added(world)
        stranger = signed_in(World().officer)
        assert str(there.authority) not in words(stranger.get(LIST))
        end = reverse("intervention_end", args=[there.pk])
        assert stranger.get(end).status_code == 404

    def test_its_end_is_said_and_once_it_is_over_stays(self, world: World, officer: Client) -> None:
        found = added(world)
        address = reverse("intervention_end", args=[found.pk])
        yesterday = timezone.localdate() - timedelta(days=1)
        assert "Enter the last day" in words(officer.post(address, {}))
        before = dated("last_day", FIRST - timedelta(days=1))
        assert "same as or after 1 February 2026" in words(officer.post(address, before))
        answer = officer.post(address, dated("last_day", yesterday), follow=True)
        assert f"the last day is {yesterday:%-d %B %Y}" in words(answer)
        assert "Over" in words(answer)
        for again in (officer.get(address, follow=True), officer.post(address, follow=True)):
            assert "has ended already" in words(again)

    def test_those_that_last_come_first(self, world: World, officer: Client) -> None:
        over = added(world, 0, from_date=date(2026, 3, 1), to_date=date(2026, 3, 2))
        now, to_come = added(world, 1), added(world, 2, from_date=date(2090, 1, 1))
        spells = officer.get(LIST).context["spells"]
        found = [(spell.intervention, spell.state) for spell in spells]
        assert found == [(to_come, "To come"), (now, "Now"), (over, "Over")]

    def test_it_takes_as_many_queries_for_one_as_for_three(
        self, world: World, offered: Round, officer: Client, django_assert_num_queries: Any
    ) -> None:
        for place in range(3):
            added(world, place)
            if place != 1:
                with django_assert_num_queries(LIST_QUERIES):
                    officer.get(LIST)


class TestTheOfficersWord:
    @pytest.fixture
    def challenger(self, world: World, offered: Round) -> Participation:
        """It challenges the first authority, and is in intervention."""
        added(world, 1)
        return offered.participations.get(authority=world.authorities[1])

    def at(self, name: str, part: Participation) -> str:
        return reverse(name, args=[part.round_id, part.pk])

    def test_given_with_a_reason_it_stands_there_and_is_withdrawn(
        self, world: World, challenger: Participation, officer: Client
    ) -> None:
        page = reverse("round_interventions", args=[challenger.round_id])
        allow = self.at("intervention_allow", challenger)
        assert allow in words(officer.get(page))
        assert "Enter why it may challenge" in words(officer.post(allow, {}))
        text = words(officer.post(allow, {"reason": REASON}, follow=True))
        assert f"{challenger.authority} may challenge in this round." in text
        assert REASON in text
        assert f"by the word of {world.officer}" in text
        assert "already" in words(officer.post(allow, {"reason": "Again"}, follow=True))
        withdraw = self.at("intervention_withdraw_word", challenger)
        assert REASON in words(officer.get(withdraw))
        assert "challenges nobody while" in words(officer.post(withdraw, follow=True))
        assert "Nobody has said" in words(officer.post(withdraw, follow=True))

    def test_a_round_with_nobody_in_intervention_says_so(
        self, offered: Round, officer: Client
    ) -> None:
        page = officer.get(reverse("round_interventions", args=[offered.pk]))
        assert "this rule keeps nobody from challenging" in words(page)

    def test_a_word_stays_in_sight_once_the_intervention_is_over(
        self, world: World, challenger: Participation, officer: Client
    ) -> None:
        actions.allow_despite_intervention(challenger, reason=REASON, by=world.officer)
        Intervention.objects.update(to_date=FIRST)
        page = reverse("round_interventions", args=[challenger.round_id])
        text = words(officer.get(page))
        assert REASON in text
        assert "Ended" in text

    def test_another_rounds_authority_is_not_found(
        self, challenger: Participation, officer: Client
    ) -> None:
        for name in ("intervention_allow", "intervention_withdraw_word"):
            address = reverse(name, args=[challenger.round_id, 10**9])
            assert officer.get(address).status_code == 404

    def test_it_takes_as_many_queries_for_one_as_for_three(
        self, world: World, offered: Round, officer: Client, django_assert_num_queries: Any
    ) -> None:
        page = reverse("round_interventions", args=[offered.pk])
        for place in range(3):
            added(world, place)
            part = offered.participations.get(authority=world.authorities[place])
            actions.allow_despite_intervention(part, reason=REASON, by=world.officer)
            if place != 1:
                with django_assert_num_queries(ROUND_QUERIES):
                    officer.get(page)


def test_no_other_authority_is_shown_that_one_is_in_intervention(
    world: World, offered: Round, signed_in: SignedIn
) -> None:
    """Nor its own people, nor the board: everything they can open says nothing of it."""
    for place in range(3):
        added(world, place)
        part = offered.participations.get(authority=world.authorities[place])
        actions.allow_despite_intervention(part, reason=REASON, by=world.officer)
    challenge = Challenge.objects.filter(round=offered).first()
    assert challenge is not None
    pages = [
        *("/", "/account", "/authorities", "/conflicts", "/rounds"),
        *(f"/authorities/{one.pk}" for one in world.authorities),
        f"/challenges/{challenge.pk}",
        f"/rounds/{offered.pk}",
        f"/rounds/{offered.pk}/history",
    ]
    opened = 0
    reviewer = world.person(Role.REVIEWER, challenge.challenger_authority)
    for person in (*world.directors, world.chair, world.approver, reviewer):
        client = signed_in(fresh(person))
        for page in pages:
            answer = client.get(page)
            opened += answer.status_code == 200
            text = words(answer).lower()
            assert "intervention" not in text, page
            assert REASON not in text
    assert opened > 30
