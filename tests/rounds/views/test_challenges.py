"""The page both sides share: who challenges whom, accepting, declining, the team."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import User
from authorities.states import Role
from rounds.models import Challenge
from rounds.states import ChallengeState
from tests.world import World

SignedIn = Callable[[User], Client]
REASON = "We share a trust with them, and tokobjection is confidential."


def at(name: str, challenge: Challenge, *more: object) -> str:
    return reverse(name, args=[challenge.pk, *more])


def words(answer: object) -> str:
    return " ".join(answer.content.decode().split())


def steps(answer: object) -> list[str]:
    return [step.label for step in answer.context["page"].steps]


@pytest.fixture
def offered(world: World) -> Challenge:
    return world.first(world.offered())


@pytest.fixture
def accepted(world: World) -> Challenge:
    return world.first(world.accepted())


@pytest.fixture
def host(world: World, offered: Challenge) -> User:
    return world.director_of(offered.host_authority)


@pytest.fixture
def challenger(world: World, offered: Challenge) -> User:
    return world.director_of(offered.challenger_authority)


# --- The offer -----------------------------------------------------------------------------


def test_both_directors_see_who_challenges_whom_on_what_and_accept(
    world: World, offered: Challenge, host: User, challenger: User, signed_in: SignedIn
) -> None:
    a, b = offered.host_authority, offered.challenger_authority
    page = signed_in(host).get(at("challenge", offered))
    assert f"{b} challenges {a}" in words(page)
    assert "Adoption" in words(page)
    assert f"Offered. Waiting for {a} and {b} to accept." in words(page)
    answer = signed_in(host).post(at("challenge_accept", offered), follow=True)
    assert "You have accepted. The other side has still to answer." in words(answer)
    assert f"Waiting for {b} to accept." in words(answer)
    assert f"Accepted by {host}" in words(answer)
    answer = signed_in(challenger).post(at("challenge_accept", offered), follow=True)
    assert "Accepted by both sides" in words(answer)
    assert world.again(offered).state == ChallengeState.ACCEPTED


def test_accepting_twice_is_friendly_and_counts_once(
    world: World, offered: Challenge, host: User, signed_in: SignedIn
) -> None:
    client = signed_in(host)
    client.post(at("challenge_accept", offered))
    at_first = world.again(offered).host_accepted_at
    answer = client.post(at("challenge_accept", offered), follow=True)
    assert "You have accepted; the other side has still to answer." in words(answer)
    assert world.again(offered).host_accepted_at == at_first


def test_nobody_else_answers_for_them(
    world: World, offered: Challenge, host: User, signed_in: SignedIn
) -> None:
    others = {
        world.person(Role.AUTHORITY_OFFICER, offered.host_authority): 403,
        world.officer: 403,
        world.chair: 403,
        world.directors[2]: 404,
    }
    for user, expected in others.items():
        client = signed_in(user)
        assert client.post(at("challenge_accept", offered)).status_code == expected
        fields = {"reason": "No."}
        assert client.post(at("challenge_decline", offered), fields).status_code == expected
        assert client.get(at("challenge_decline", offered)).status_code == expected
    assert world.again(offered).state == ChallengeState.OFFERED


def test_declining_needs_a_reason(
    world: World, offered: Challenge, host: User, signed_in: SignedIn
) -> None:
    page = signed_in(host).post(at("challenge_decline", offered), {"reason": "  "})
    assert page.context["form"].errors == {"reason": ["Enter why this match does not work for you"]}
    assert world.again(offered).state == ChallengeState.OFFERED


def test_only_the_side_that_declined_and_the_officers_read_why(
    world: World, offered: Challenge, host: User, challenger: User, signed_in: SignedIn
) -> None:
    signed_in(host).post(at("challenge_decline", offered), {"reason": REASON})
    assert world.again(offered).state == ChallengeState.DECLINED
    own_officer = world.person(Role.AUTHORITY_OFFICER, offered.host_authority)
    for user in (host, own_officer, world.officer):
        assert REASON in words(signed_in(user).get(at("challenge", offered)))
    for user in (challenger, world.chair, world.approver):
        page = words(signed_in(user).get(at("challenge", offered)))
        assert "Declined." in page
        assert "tokobjection" not in page


def test_declining_twice_keeps_the_first_reason(
    world: World, offered: Challenge, host: User, signed_in: SignedIn
) -> None:
    client = signed_in(host)
    client.post(at("challenge_decline", offered), {"reason": REASON})
    answer = client.post(at("challenge_decline", offered), {"reason": "Another."}, follow=True)
    assert "there is no offer to answer" in words(answer)
    assert world.again(offered).objection == REASON


def test_a_proposal_is_the_officers_alone(world: World, signed_in: SignedIn) -> None:
    challenge = world.first(world.proposed())
    assert signed_in(world.officer).get(at("challenge", challenge)).status_code == 200
    for user in (*world.directors, world.chair):
        assert signed_in(user).get(at("challenge", challenge)).status_code == 404


# --- Dates, links, what is next ------------------------------------------------------------


def test_before_the_days_are_set_the_deadlines_are_counted_from_them(
    accepted: Challenge, host: User, signed_in: SignedIn
) -> None:
    page = signed_in(host).get(at("challenge", accepted))
    assert steps(page) == [
        "Scope agreed",
        "Papers sent to the team",
        "Timetable agreed",
        "Day 1: presentations and questions",
        "Day 2: feedback",
        "Draft letter sent to the host",
        "Host’s reply on accuracy",
        "Feedback letter issued",
        "Action plan agreed",
        "Six-month revisit",
    ]
    assert "4 weeks before the first day on site" in words(page)
    assert "10 working days after the last day on site" in words(page)


def test_each_reader_gets_the_links_that_lead_somewhere(world: World, signed_in: SignedIn) -> None:
    challenge = world.first(world.booked())
    read = reverse("self_assessment_read", args=[challenge.host.self_assessment.pk])
    findings = reverse("challenge_findings", args=[challenge.pk])
    expected = {
        world.director_of(challenge.host_authority): {read},
        world.director_of(challenge.challenger_authority): set(),
        world.lead_of(challenge): {read, findings},
        world.officer: {read},
        world.chair: set(),
    }
    for user, links in expected.items():
        client = signed_in(user)
        page = client.get(at("challenge", challenge))
        assert {link for link in (read, findings) if f'href="{link}"' in words(page)} == links
        assert [client.get(link).status_code for link in links] == [200] * len(links)
    assert f"The visit is on {challenge.days.first().day:%A}" in words(page)
    days = f'href="{reverse("challenge_days", args=[challenge.pk])}"'
    assert [
        days in words(signed_in(user).get(at("challenge", challenge))) for user in expected
    ] == [user == world.officer for user in expected]


def test_the_host_sees_no_link_to_a_letter_before_the_accuracy_check(
    world: World, signed_in: SignedIn
) -> None:
    letter = world.letter_drafted()
    challenge = letter.challenge
    link = f'href="{reverse("letter", args=[letter.pk])}"'
    lead = signed_in(world.lead_of(challenge))
    assert link in words(lead.get(at("challenge", challenge)))
    host = signed_in(world.director_of(challenge.host_authority))
    assert link not in words(host.get(at("challenge", challenge)))
