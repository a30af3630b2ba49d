"""What officers see of everybody's self-assessments, and how they return one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from authorities.models import User
from rounds import actions
from rounds.models import Participation, Question, Round, SelfAssessment
from rounds.states import SelfAssessmentState
from tests.world import ANSWER_TOKEN, World

SignedIn = Callable[[User], Client]


def at(name: str, found: SelfAssessment, *more: object) -> str:
    return reverse(name, args=[found.pk, *more])


def words(answer: object) -> str:
    return " ".join(answer.content.decode().split())


def state_of(own: SelfAssessment) -> str:
    return SelfAssessment.objects.get(pk=own.pk).state


@pytest.fixture
def listed(world: World, part: Participation) -> Round:
    """One sent a day late, one being written, one not begun."""
    world.sent(part)
    second = part.round.participations.get(authority=world.authorities[1])
    question = Question.objects.filter(section__round=part.round).first()
    actions.save_answer(
        second.self_assessment, question, f"{ANSWER_TOKEN} draft", version=0, by=world.directors[1]
    )
    return part.round


def test_the_officer_sees_how_far_each_is_and_reads_only_what_was_sent(
    world: World, listed: Round, signed_in: SignedIn
) -> None:
    page = signed_in(world.officer).get(reverse("round_self_assessments", args=[listed.pk]))
    rows = page.context["rows"]
    asked = Question.objects.filter(section__round=listed, required=True).count()
    assert [(row.state, row.progress, row.area, bool(row.read_url)) for row in rows] == [
        ("Submitted", f"{asked} of {asked}", "Adoption", True),
        ("Drafting", f"1 of {asked}", "", False),
        ("Not started", f"0 of {asked}", "", False),
    ]
    assert {row.late for row in rows} == {"1 day late"}
    assert ANSWER_TOKEN not in words(page)


def test_the_list_takes_the_same_queries_for_one_and_for_three(
    world: World, listed: Round, signed_in: SignedIn
) -> None:
    client = signed_in(world.officer)
    address = reverse("round_self_assessments", args=[listed.pk])

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    count()
    three = count()
    for participation in listed.participations.all()[1:]:
        participation.self_assessment.answers.all().delete()
        participation.delete()
    assert listed.participations.count() == 1
    assert count() == three


def test_nobody_else_opens_the_list(world: World, listed: Round, signed_in: SignedIn) -> None:
    address = reverse("round_self_assessments", args=[listed.pk])
    expected = {world.chair: 403, world.directors[0]: 403, World().officer: 404}
    assert {user: signed_in(user).get(address).status_code for user in expected} == expected


def test_returned_with_a_reason_that_only_the_authority_reads(
    world: World, part: Participation, director: User, signed_in: SignedIn
) -> None:
    own = world.sent(part)
    officer = signed_in(world.officer)
    page = officer.post(at("self_assessment_return", own), {"reason": ""})
    assert page.context["form"].errors == {"reason": ["Enter what needs to change"]}
    reason = "Say how you know that early help works."
    answer = officer.post(at("self_assessment_return", own), {"reason": reason})
    assert answer.url == reverse("round_self_assessments", args=[part.round_id])
    assert state_of(own) == SelfAssessmentState.RETURNED
    assert reason in words(signed_in(director).get(at("self_assessment", own)))
    # It is the authority's own again.
    assert officer.get(at("self_assessment_read", own)).status_code == 404
    assert officer.post(at("self_assessment_return", own), {"reason": "More."}).status_code == 404


def test_others_who_read_it_do_not_return_it(
    world: World, part: Participation, director: User, signed_in: SignedIn
) -> None:
    own = world.sent(part)
    client = signed_in(director)
    assert client.get(at("self_assessment_return", own)).status_code == 403
    assert client.post(at("self_assessment_return", own), {"reason": "x"}).status_code == 403


def test_the_deadline_is_said_and_when_it_has_passed(
    own: SelfAssessment, director: User, signed_in: SignedIn
) -> None:
    client = signed_in(director)
    assert "That was 1 day ago" in words(client.get(at("self_assessment", own)))
    tomorrow = timezone.localdate() + timedelta(days=1)
    Round.objects.update(self_assessment_due=tomorrow)
    page = words(client.get(at("self_assessment", own)))
    assert f"Send it by <strong>{tomorrow:%A} {tomorrow.day} {tomorrow:%B %Y}</strong>." in page
