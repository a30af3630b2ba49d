"""The task list, checking and sending, and reading what was sent."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from authorities.models import User
from authorities.states import Role
from peerchallenge.audit.models import Event
from rounds import actions
from rounds.models import Participation, Question, SelfAssessment
from rounds.states import SelfAssessmentState
from tests.world import ANSWER_TOKEN, OTHERS_TOKEN, World

SignedIn = Callable[[User], Client]


def at(name: str, found: SelfAssessment, *more: object) -> str:
    return reverse(name, args=[found.pk, *more])


def words(answer: object) -> str:
    return " ".join(answer.content.decode().split())


def state_of(own: SelfAssessment) -> str:
    return SelfAssessment.objects.get(pk=own.pk).state


def test_the_task_list_says_how_far_each_section_is_and_where_to_go_on(
    own: SelfAssessment, director: User, signed_in: SignedIn
) -> None:
    for number, question in enumerate(Question.objects.filter(section__key="context")):
        actions.save_answer(own, question, f"Text {number}.", version=0, by=director)
    first = Question.objects.get(key="leadership_resources")
    actions.save_answer(own, first, "Money.", version=0, by=director)
    page = signed_in(director).get(at("self_assessment", own))
    tasks = page.context["page"].tasks
    assert [(task.title, task.status) for task in tasks[:3]] == [
        ("Your area and its children", "Completed"),
        ("Leadership and direction", "In progress"),
        ("Early help and thresholds", "Not yet started"),
    ]
    assert tasks[-1].title == "Your area for challenge"
    assert f"by {director}" in tasks[0].hint
    assert "today" in tasks[0].hint
    # The optional question is answered; writing goes on with the one that is asked of everybody.
    place = at("self_assessment_question", own, "leadership", 1)
    assert page.context["page"].next_url == place
    assert "Continue: Leadership and direction" in words(page)
    assert page.context["page"].finished == 1
    assert [(task.status, task.url) for task in page.context["page"].send] == [
        ("Cannot start yet", "")
    ]


def test_a_section_with_too_many_words_is_not_completed(
    own: SelfAssessment, director: User, signed_in: SignedIn
) -> None:
    for question in Question.objects.filter(section__key="context"):
        actions.save_answer(own, question, "word " * 600, version=0, by=director)
    task = signed_in(director).get(at("self_assessment", own)).context["page"].tasks[0]
    assert task.status == "In progress"
    assert "2 of 2 questions answered, 2 too long." in task.hint


def test_with_nothing_missing_the_one_thing_to_do_is_to_send(
    world: World, part: Participation, director: User, signed_in: SignedIn
) -> None:
    own = world.answered(part)
    page = signed_in(director).get(at("self_assessment", own))
    assert page.context["page"].next_url == at("self_assessment_check", own)
    assert page.context["page"].send[0].status == "Ready"


def test_the_task_list_takes_the_same_queries_however_much_is_written(
    world: World, part: Participation, director: User, signed_in: SignedIn
) -> None:
    client = signed_in(director)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(at("self_assessment", part.self_assessment)).status_code == 200
        return len(queries)

    first = Question.objects.filter(section__round=part.round).first()
    actions.save_answer(part.self_assessment, first, "One.", version=0, by=director)
    client.get(at("self_assessment", part.self_assessment))
    little = count()
    part.self_assessment.answers.all().delete()
    world.answered(part)
    assert count() == little


def test_a_lead_member_sees_how_far_it_is_and_reads_but_does_not_write(
    world: World, own: SelfAssessment, signed_in: SignedIn
) -> None:
    reader = signed_in(world.person(Role.LEAD_MEMBER))
    page = reader.get(at("self_assessment", own))
    assert "Only the director and the authority’s officers write" in words(page)
    assert {task.url for task in page.context["page"].tasks} == {""}
    assert "govuk-button" not in words(page)
    assert reader.get(at("self_assessment_read", own)).status_code == 200
    for name, more in (("self_assessment_question", ("context", 1)), ("self_assessment_area", ())):
        assert reader.get(at(name, own, *more)).url == at("self_assessment", own)


@pytest.mark.parametrize(
    "name",
    [
        "self_assessment",
        "self_assessment_area",
        "self_assessment_check",
        "self_assessment_sent",
        "self_assessment_read",
        "self_assessment_return",
    ],
)
def test_to_a_stranger_and_to_the_board_a_draft_is_not_there(
    world: World, own: SelfAssessment, signed_in: SignedIn, name: str
) -> None:
    for user in (world.directors[1], world.officer, world.chair):
        assert signed_in(user).get(at(name, own)).status_code == 404
    assert Client().get(at(name, own)).url.startswith(reverse("account_login"))


def test_the_check_page_links_to_whatever_is_missing(
    own: SelfAssessment, director: User, signed_in: SignedIn
) -> None:
    page = signed_in(director).get(at("self_assessment_check", own))
    required = Question.objects.filter(required=True).count()
    assert len(page.context["page"].gaps) == required + 1
    assert at("self_assessment_question", own, "context", 1) + "?back=check" in words(page)
    assert "Send to the board" not in words(page)


def test_the_director_sends_it_and_learns_what_happens_next(
    world: World, part: Participation, director: User, signed_in: SignedIn
) -> None:
    own = world.answered(part)
    client = signed_in(director)
    assert "Send to the board" in words(client.get(at("self_assessment_check", own)))
    answer = client.post(at("self_assessment_check", own), follow=True)
    assert answer.redirect_chain == [(at("self_assessment_sent", own), 302)]
    assert state_of(own) == SelfAssessmentState.SUBMITTED
    assert "The board’s officers read it now" in words(answer)


def test_pressed_twice_it_is_sent_once_and_both_answers_are_friendly(
    world: World, part: Participation, director: User, signed_in: SignedIn
) -> None:
    own = world.answered(part)
    client = signed_in(director)
    for _ in range(2):
        answer = client.post(at("self_assessment_check", own))
        assert answer.url == at("self_assessment_sent", own)
    assert Event.objects.filter(verb="self_assessment.submitted").count() == 1


def test_an_officer_of_the_authority_sees_that_only_the_director_sends(
    world: World, part: Participation, signed_in: SignedIn
) -> None:
    own = world.answered(part)
    officer = signed_in(world.person(Role.AUTHORITY_OFFICER))
    page = officer.get(at("self_assessment_check", own))
    assert "Only the director of children’s services sends the self-assessment." in words(page)
    assert "Send to the board" not in words(page)
    assert officer.post(at("self_assessment_check", own)).status_code == 403
    assert state_of(own) == SelfAssessmentState.DRAFTING


def test_what_a_colleague_emptied_meanwhile_is_said_and_nothing_is_sent(
    world: World, part: Participation, director: User, signed_in: SignedIn
) -> None:
    own = world.answered(part)
    answer = own.answers.get(question__key="context_place")
    actions.save_answer(own, answer.question, "", version=1, by=director)
    page = signed_in(director).post(at("self_assessment_check", own))
    assert page.status_code == 409
    assert "It has not been sent" in words(page)
    assert state_of(own) == SelfAssessmentState.DRAFTING


def test_once_sent_it_is_locked_and_says_so(
    world: World, part: Participation, director: User, signed_in: SignedIn
) -> None:
    own = world.sent(part)
    client = signed_in(director)
    assert "It can no longer be changed" in words(client.get(at("self_assessment", own)))
    for name, more in (("self_assessment_question", ("context", 1)), ("self_assessment_area", ())):
        assert client.get(at(name, own, *more)).url == at("self_assessment", own)
    chosen = own.participation.round.areas.last()
    fields = {"area": chosen.pk, "own_area": "", "reason": "", "seen": own.area_seen}
    answer = client.post(at("self_assessment_area", own), fields)
    assert answer.status_code == 403


def test_each_reading_is_recorded(world: World, part: Participation, signed_in: SignedIn) -> None:
    own = world.sent(part)
    page = signed_in(world.officer).get(at("self_assessment_read", own))
    text = words(page)
    said = text.count(ANSWER_TOKEN) + text.count(OTHERS_TOKEN)
    assert said == Question.objects.count()
    event = Event.objects.last()
    assert (event.verb, event.by_user, event.subject_id) == (
        "self_assessment.read",
        world.officer,
        own.pk,
    )


def test_officers_and_team_are_led_from_the_task_list_to_the_text(
    world: World, signed_in: SignedIn
) -> None:
    challenge = world.first(world.teamed())
    own = challenge.host.self_assessment
    for user in (world.officer, world.lead_of(challenge), world.member_of(challenge)):
        client = signed_in(user)
        for name in ("self_assessment", "self_assessment_check", "self_assessment_sent"):
            assert client.get(at(name, own)).url == at("self_assessment_read", own)
        assert ANSWER_TOKEN in words(client.get(at("self_assessment_read", own)))
    back = {
        world.director_of(challenge.host_authority): at("self_assessment", own),
        world.officer: reverse("round_self_assessments", args=[challenge.round_id]),
        world.lead_of(challenge): reverse("challenge", args=[challenge.pk]),
    }
    for user, address in back.items():
        page = signed_in(user).get(at("self_assessment_read", own))
        assert page.context["back"]["url"] == address
        assert signed_in(user).get(address).status_code == 200


def test_text_that_looks_like_markup_is_shown_as_text(
    own: SelfAssessment, question: Question, director: User, signed_in: SignedIn
) -> None:
    actions.save_answer(own, question, "<b>bold</b> <script>x()</script>", version=0, by=director)
    client = signed_in(director)
    places = ("self_assessment_read", ()), ("self_assessment_check", ())
    for name, more in (*places, ("self_assessment_question", ("context", 1))):
        page = words(client.get(at(name, own, *more)))
        assert "&lt;b&gt;bold&lt;/b&gt;" in page
        assert "<script>x()" not in page


def test_the_task_list_leads_to_whole_sections_and_files_and_to_a_purge(
    world: World, part: Participation, director: User, signed_in: SignedIn
) -> None:
    own, client = part.self_assessment, signed_in(director)
    page = words(client.get(at("self_assessment", own)))
    for place in (
        at("self_assessment_section", own, "context"),
        at("self_assessment_evidence", own),
        at("self_assessment_docx", own),
        at("self_assessment_purge", own),
    ):
        assert f'href="{place}"' in page
        assert client.get(place).status_code == 200
    assert at("self_assessment_pdf", own) not in page
    reader = signed_in(world.person(Role.LEAD_MEMBER))
    page = words(reader.get(at("self_assessment", own)))
    assert at("self_assessment_section", own, "context") not in page
    assert at("self_assessment_purge", own) not in page
    world.sent(part)
    for name in ("self_assessment", "self_assessment_sent", "self_assessment_read"):
        page = words(client.get(at(name, own)))
        assert at("self_assessment_pdf", own) in page
        assert at("self_assessment_docx", own) in page
    assert at("self_assessment_purge", own) in words(
        signed_in(world.officer).get(at("self_assessment_read", own))
    )
