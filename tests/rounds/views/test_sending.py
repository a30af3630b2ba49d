"""Pages of what was sent: sharing it, its versions, a new one, and leaving the round."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import User
from peerchallenge.audit.models import Event
from rounds import actions
from rounds.models import Participation, Round, SelfAssessment
from rounds.states import ParticipationState, SelfAssessmentState
from tests.rounds.conftest import words
from tests.world import ANSWER_TOKEN, World

SignedIn = Callable[[User], Client]


@pytest.fixture
def shared(world: World) -> Round:
    return world.shared()


def own_of(world: World, round: Round) -> SelfAssessment:
    return round.participations.get(authority=world.authorities[0]).self_assessment


def test_where_nobody_else_reads_the_page_says_so_and_offers_nothing(
    world: World, part: Participation, signed_in: SignedIn
) -> None:
    own = world.sent(part)
    page = signed_in(world.officer).get(reverse("self_assessment_share", args=[own.pk]))
    assert "there is nobody to share it with" in words(page)
    assert "<button" not in words(page).partition("<main")[2]


def test_an_officer_sees_who_will_read_it_before_sharing(world: World, signed_in: SignedIn) -> None:
    round = world.shared()
    second = round.participations.get(authority=world.authorities[1])
    own = world.sent(second)
    browser = signed_in(world.officer)
    address = reverse("self_assessment_share", args=[own.pk])
    page = browser.get(address)
    assert world.directors[0].name in words(page)
    done = browser.post(address, {"seen": page.context["sharing"].seen}, follow=True)
    assert "We have written to those who can read it" in words(done)
    again = browser.post(address, {"seen": page.context["sharing"].seen}, follow=True)
    assert "cannot become" in words(again)


def test_all_that_was_sent_is_shared_at_once_and_nothing_that_came_since(
    world: World, shared: Round, signed_in: SignedIn
) -> None:
    second, third = shared.participations.order_by("authority__dfe_code")[1:]
    world.sent(second)
    browser = signed_in(world.officer)
    address = reverse("round_share", args=[shared.pk])
    seen = browser.get(address).context["sharing"].seen
    world.sent(third)
    done = browser.post(address, {"seen": seen}, follow=True)
    assert "1 self-assessment is shared" in words(done)
    third.self_assessment.refresh_from_db()
    assert third.self_assessment.state == SelfAssessmentState.SUBMITTED
    assert "Nothing was shared" in words(browser.post(address, {"seen": seen}, follow=True))
    assert browser.post(address, {"seen": "1,x"}).status_code == 302


def test_others_read_on_in_what_was_shared_while_a_new_version_is_written(
    world: World, shared: Round, signed_in: SignedIn
) -> None:
    own = own_of(world, shared)
    director = signed_in(world.directors[0])
    done = director.post(reverse("self_assessment_new_version", args=[own.pk]), follow=True)
    assert "The others read version 1" in words(done)
    answer = own.answers.first()
    actions.save_answer(
        own, answer.question, "toknewer words", version=answer.version, by=world.directors[0]
    )
    read = reverse("self_assessment_read", args=[own.pk])
    for reader in (world.directors[1], world.officer):
        page = words(signed_in(reader).get(read))
        assert ANSWER_TOKEN in page
        assert "toknewer" not in page
    assert "toknewer" in words(director.get(read))
    actions.submit_self_assessment(own, by=world.directors[0])
    assert "toknewer" not in words(signed_in(world.directors[1]).get(read))
    assert "toknewer" in words(signed_in(world.officer).get(read))
    actions.share_self_assessment(own, by=world.officer)
    assert "toknewer" in words(signed_in(world.directors[1]).get(read))


def test_each_version_is_opened_by_its_own_people_and_recorded(
    world: World, shared: Round, signed_in: SignedIn
) -> None:
    own = own_of(world, shared)
    actions.begin_version(own, by=world.directors[0])
    actions.submit_self_assessment(own, by=world.directors[0])
    actions.share_self_assessment(own, by=world.officer)
    first = reverse("self_assessment_version", args=[own.pk, 1])
    assert "There is a later version" in words(signed_in(world.directors[0]).get(first))
    event = Event.objects.filter(verb="self_assessment.read").last()
    assert (event.by_user, event.details) == (world.directors[0], {"version": 1})
    assert signed_in(world.officer).get(first).status_code == 200
    assert signed_in(world.directors[1]).get(first).status_code == 403
    gone = reverse("self_assessment_version", args=[own.pk, 3])
    assert signed_in(world.officer).get(gone).status_code == 404


def test_a_director_finds_what_is_shared_and_nothing_else(
    world: World, shared: Round, signed_in: SignedIn
) -> None:
    address = reverse("round_shared", args=[shared.pk])
    lines = signed_in(world.directors[1]).get(address).context["lines"]
    assert [line.authority for line in lines] == [world.authorities[0].name]
    assert signed_in(world.directors[0]).get(address).context["lines"] == []


def test_an_officer_withdraws_an_authority_and_takes_it_back(
    world: World, part: Participation, signed_in: SignedIn
) -> None:
    browser, director = signed_in(world.officer), signed_in(world.directors[0])
    address = reverse("participation_withdraw", args=[part.round_id, part.pk])
    assert "Enter why it withdraws" in words(browser.post(address, {"reason": ""}))
    done = browser.post(address, {"reason": "No capacity."}, follow=True)
    assert "has left the round" in words(done)
    assert "Withdrawn" in words(done)
    tasks = words(director.get(reverse("self_assessment", args=[part.self_assessment.pk])))
    assert "No capacity." in tasks
    assert browser.get(address).status_code == 200
    back = reverse("participation_readmit", args=[part.round_id, part.pk])
    assert "takes part again" in words(browser.post(back, follow=True))
    assert "takes part already" in words(browser.post(back, follow=True))
    part.refresh_from_db()
    assert part.state == ParticipationState.TAKING_PART


def test_it_is_said_which_matches_are_taken_back_with_it(
    world: World, offered: Round, signed_in: SignedIn
) -> None:
    part = offered.participations.order_by("authority__dfe_code").first()
    address = reverse("participation_withdraw", args=[offered.pk, part.pk])
    page = words(signed_in(world.officer).get(address))
    for challenge in offered.challenges.with_side(pk=part.pk).with_both_sides():
        assert f"This match is taken back, and both sides are told: {challenge}." in page
    done = signed_in(world.officer).post(address, {"reason": "No capacity."}, follow=True)
    assert done.redirect_chain == [(reverse("round_match", args=[offered.pk]), 302)]
    assert "has left the round" in words(done)
