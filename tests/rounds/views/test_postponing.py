"""Postponing in a browser: what is said before, what each reader sees, and who answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities.models import User
from authorities.states import Role
from rounds import actions
from rounds.models import Challenge, DateOffer, VisitDay
from rounds.states import ChallengeState
from tests.world import World, fresh, run_effects

SignedIn = Callable[[User], Client]
WHY = "Snow on all roads, tokpostponed"
C = ChallengeState


@pytest.fixture
def challenge(world: World) -> Challenge:
    """Its days are known to all, and far away."""
    challenge = world.first(world.booked())
    monday = timezone.localdate() + timedelta(days=50)
    monday -= timedelta(days=monday.weekday())
    for place, phase in enumerate(("day1", "feedback")):
        day = monday + timedelta(days=7 * place)
        VisitDay.objects.filter(challenge=challenge, phase=phase).update(day=day)
    return challenge


@pytest.fixture
def put_off(world: World, challenge: Challenge) -> Challenge:
    actions.postpone_challenge(challenge, kind="illness", reason=WHY, by=world.officer)
    run_effects()
    return world.again(challenge)


def at(name: str, challenge: Challenge) -> str:
    return reverse(name, args=[challenge.pk])


def words(answer: object) -> str:
    return " ".join(answer.content.decode().split())


def host(world: World, challenge: Challenge) -> User:
    return world.director_of(challenge.host_authority)


def challenger(world: World, challenge: Challenge) -> User:
    return world.director_of(challenge.challenger_authority)


def answers(challenge: Challenge, *can: str) -> dict[str, str]:
    rows = DateOffer.objects.filter(postponement__challenge=challenge, withdrawn_at=None)
    return {f"offer_{row.pk}": said for row, said in zip(rows, can, strict=True)}


def test_what_happens_is_said_before_it_is_done(
    world: World, challenge: Challenge, signed_in: SignedIn
) -> None:
    client = signed_in(world.lead_of(challenge))
    page = words(client.get(at("challenge_postpone", challenge)))
    assert "These days are given up" in page
    assert "2 directors and 2 reviewers are told" in page
    answer = client.post(at("challenge_postpone", challenge), {"kind": "illness", "reason": WHY})
    assert answer.url == at("challenge", challenge)
    assert world.again(challenge).state == C.POSTPONED


def test_it_is_asked_what_is_in_the_way_and_why(
    world: World, challenge: Challenge, signed_in: SignedIn
) -> None:
    page = signed_in(world.officer).post(at("challenge_postpone", challenge), {"reason": " "})
    assert page.context["form"].errors == {
        "kind": ["Select what is in the way"],
        "reason": ["Enter why, in a sentence"],
    }
    assert world.again(challenge).state == C.ACCEPTED


def test_whoever_postpones_second_reads_who_was_first(
    world: World, put_off: Challenge, signed_in: SignedIn
) -> None:
    client = signed_in(host(world, put_off))
    for answer in (
        client.get(at("challenge_postpone", put_off), follow=True),
        client.post(at("challenge_postpone", put_off), {"kind": "other"}, follow=True),
    ):
        assert f"{world.officer} has postponed this visit already." in words(answer)
    assert put_off.postponements.count() == 1


def test_both_sides_and_the_team_read_why_and_the_board_only_what_kind(
    world: World, put_off: Challenge, signed_in: SignedIn
) -> None:
    own_officer = world.person(Role.AUTHORITY_OFFICER, put_off.host_authority)
    for user in (
        *(host(world, put_off), challenger(world, put_off), own_officer),
        *(world.lead_of(put_off), world.member_of(put_off), world.officer),
    ):
        assert WHY in words(signed_in(fresh(user)).get(at("challenge", put_off)))
    for user in (world.chair, world.approver):
        page = words(signed_in(user).get(at("challenge", put_off)))
        assert ": illness." in page
        assert "tokpostponed" not in page


def test_each_director_is_asked_first_of_all_and_the_second_settles_it(
    world: World, put_off: Challenge, signed_in: SignedIn
) -> None:
    for director, seen in (
        (host(world, put_off), "your answer is kept"),
        (challenger(world, put_off), "All sides can: the days are set"),
    ):
        client = signed_in(fresh(director))
        assert "Say on which days you can" in words(client.get(at("challenge", put_off)))
        assert "Say on which new days you can" in words(client.get("/"))
        sent = answers(put_off, "can", "cannot", "can")
        answer = client.post(at("challenge_dates", put_off), sent, follow=True)
        assert seen in words(answer)
    found = world.again(put_off)
    assert (found.state, found.dates_sent) == (C.ACCEPTED, True)
    assert "New days were set on" in words(client.get(at("challenge", put_off)))
    assert "not waiting for other days" in words(client.get(at("challenge_dates", put_off)))


def test_every_date_wants_an_answer(world: World, put_off: Challenge, signed_in: SignedIn) -> None:
    sent = answers(put_off, "can", "", "can")
    page = signed_in(host(world, put_off)).post(at("challenge_dates", put_off), sent)
    assert list(page.context["form"].errors.values()) == [["Select whether you can on date 2"]]
    page = signed_in(host(world, put_off)).post(at("challenge_dates", put_off))
    assert len(page.context["form"].errors) == 3


def test_an_answer_to_days_that_are_withdrawn_is_friendly(
    world: World, put_off: Challenge, signed_in: SignedIn
) -> None:
    old = answers(put_off, "can", "can", "can")
    officer = signed_in(world.officer)
    officer.post(at("challenge_dates_again", put_off), {})
    run_effects()
    page = signed_in(host(world, put_off)).post(at("challenge_dates", put_off), old, follow=True)
    assert "Other days are offered by now" in words(page)
    key = next(iter(old)).removeprefix("offer_")
    page = officer.post(at("challenge_dates_choose", put_off), {"offer": key}, follow=True)
    assert "Other days are offered by now" in words(page)


def test_an_officer_chooses_or_sets_other_days_by_hand(
    world: World, put_off: Challenge, signed_in: SignedIn
) -> None:
    client = signed_in(world.officer)
    outside = {"day1_0": "3", "day1_1": "6", "day1_2": "2031"}
    outside |= {"feedback_0": "10", "feedback_1": "6", "feedback_2": "2031"}
    page = client.post(at("challenge_dates_choose", put_off), outside)
    assert list(page.context["form"].errors) == ["day1", "feedback"]
    key = next(iter(answers(put_off, "", "", ""))).removeprefix("offer_")
    page = client.post(at("challenge_dates_choose", put_off), {"offer": key}, follow=True)
    assert "The days are set, and everybody is being told." in words(page)
    page = client.post(at("challenge_dates_choose", put_off), {"offer": key}, follow=True)
    assert "settled while you had the page open" in words(page)


def test_the_round_says_whose_answer_is_missing_and_where_nothing_is_left(
    world: World, put_off: Challenge, signed_in: SignedIn
) -> None:
    client = signed_in(world.officer)
    overview = at("round", put_off.round)
    assert "new dates are offered, no answer yet from" in words(client.get(overview))
    for director in (host(world, put_off), challenger(world, put_off)):
        sent = answers(put_off, "cannot", "cannot", "cannot")
        signed_in(fresh(director)).post(at("challenge_dates", put_off), sent)
    client = signed_in(world.officer)
    assert "there are no days on which all sides can" in words(client.get(overview))
    assert "Find other days" in words(client.get(at("challenge", put_off)))
    visits = words(client.get(at("round_visits", put_off.round)))
    assert f">{put_off.host_authority}’s visit</a>: there are no days on which all" in visits


def test_where_no_days_were_found_an_officer_is_led_to_what_is_in_the_way(
    world: World, put_off: Challenge, signed_in: SignedIn
) -> None:
    put_off.postponements.get().offers.all().delete()
    for reader, led in ((world.officer, True), (host(world, put_off), False)):
        page = signed_in(reader).get(at("challenge_dates", put_off)).content.decode()
        for side in put_off.sides:
            assert (f"/authorities/{side.participation.authority_id}/calendar" in page) == led
        assert (f"/rounds/{put_off.round_id}/visits/rules" in page) == led


def test_cancelling_takes_a_reason_which_the_board_does_not_read(
    world: World, challenge: Challenge, signed_in: SignedIn
) -> None:
    client = signed_in(world.officer)
    page = client.post(at("challenge_cancel", challenge), {"reason": ""})
    assert page.context["form"].errors == {"reason": ["Enter why, in a sentence"]}
    client.post(at("challenge_cancel", challenge), {"reason": "tokcancelled: merged"})
    assert "tokcancelled" in words(
        signed_in(host(world, challenge)).get(at("challenge", challenge))
    )
    assert "tokcancelled" not in words(signed_in(world.chair).get(at("challenge", challenge)))


def test_replacing_leads_to_the_new_challenge(world: World, signed_in: SignedIn) -> None:
    wide = World(size=4)
    challenge = wide.first(wide.booked())
    client = signed_in(wide.officer)
    page = client.get(at("challenge_replace", challenge))
    new = page.context["others"].possible[0]
    sent = {"new": new.pk, "reason": "Their director is ill"}
    answer = client.post(at("challenge_replace", challenge), sent, follow=True)
    made = Challenge.objects.get(replaces=challenge)
    assert f"{new.name} is being asked" in words(answer)
    assert answer.redirect_chain[0][0] == at("challenge", made)
    again = client.post(at("challenge_replace", challenge), sent, follow=True)
    assert "This challenge is over" in words(again)
    assert f'In its place: <a class="govuk-link" href="{at("challenge", made)}">' in words(again)


def test_neither_the_team_nor_the_board_opens_the_days_that_are_offered(
    world: World, put_off: Challenge, signed_in: SignedIn
) -> None:
    for user in (world.lead_of(put_off), world.chair):
        assert signed_in(user).get(at("challenge_dates", put_off)).status_code == 403
