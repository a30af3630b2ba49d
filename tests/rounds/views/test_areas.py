"""The officer's pages of a round's areas, and what came in on each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from authorities.models import User
from peerchallenge.audit.models import Event
from rounds import actions
from rounds.models import Participation, PriorityArea, Question, Round, SelfAssessment
from tests.world import ANSWER_TOKEN, World

Browser = Callable[[User], Client]


def url(name: str, *args: Any) -> str:
    return reverse(name, args=args)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def spoken_to(world: World, round: Round, number: int = 1) -> PriorityArea:
    """The first area, with so many questions of the questionnaire that speak to it."""
    area = round.areas.first()
    asked = Question.objects.filter(section__round=round)[:number]
    area.questions.set(asked)
    return area


def test_an_area_is_written_changed_moved_and_taken_out(world: World, signed_in: Browser) -> None:
    round, client = world.drafted(), signed_in(world.officer)
    question = round.sections.first().questions.first()
    given = {"name": "Neglect", "evidence": "Rising.", "questions": [question.pk]}
    client.post(url("area_add", round.pk), given)
    area = round.areas.get(name="Neglect")
    page = url("area_change", round.pk, area.pk)
    seen = client.get(page).context["form"].initial["version"]
    client.post(page, {**given, "evidence": "Rising fast.", "version": seen})
    area.refresh_from_db()
    assert area.evidence == "Rising fast."
    stale = client.post(page, {**given, "evidence": "Falling.", "version": seen})
    assert "Rising fast." in text(stale)
    assert "What is saved now" in text(stale)
    client.post(url("area_move", round.pk), {"area_up": area.pk})
    assert list(round.areas.all())[2] == area
    remove = url("area_remove", round.pk, area.pk)
    assert "Take out “Neglect”?" in text(client.get(remove))
    client.post(remove)
    assert "has been taken out already" in text(client.post(remove, follow=True))


def test_a_name_that_is_taken_is_said_beside_it(world: World, signed_in: Browser) -> None:
    round = world.drafted()
    answer = signed_in(world.officer).post(url("area_add", round.pk), {"name": "Adoption"})
    assert "The round already has an area called “Adoption”" in text(answer)


def test_a_board_sets_its_areas_from_what_came_in(world: World, signed_in: Browser) -> None:
    round, client = world.drafted(), signed_in(world.officer)
    round.areas.all().delete()
    client.post(url("round_invite", round.pk))
    client.post(url("area_add", round.pk), {"name": "Neglect"})
    assert "Set these areas and tell directors" in text(client.get(url("round_areas", round.pk)))
    page = url("areas_set", round.pk)
    assert "Set 1 area and tell directors" in text(client.get(page))
    assert "Every director is being told" in text(client.post(page, follow=True))
    assert "know the areas of this round already" in text(client.post(page, follow=True))


def test_who_said_what_is_counted_listed_and_recorded(world: World, signed_in: Browser) -> None:
    round = world.opened()
    area = spoken_to(world, round)
    question = area.questions.get()
    for part, leaning in zip(round.participations.all()[:2], ("concern", ""), strict=True):
        own = world.answered(part)
        director = world.director_of(part.authority)
        actions.save_answer(
            own, question, f"{ANSWER_TOKEN} mine", version=1, leaning=leaning, by=director
        )
        actions.submit_self_assessment(own, by=director)
    world.answered(round.participations.last())
    client = signed_in(world.officer)
    page = url("area_answers", round.pk, area.pk)
    answer = client.get(page)
    assert text(answer).count(ANSWER_TOKEN) == 2
    assert "2 of 3 self-assessments have been sent" in text(answer)
    totals = answer.context["came_in"].totals[0]
    assert (totals.strength, totals.concern, totals.unmarked, totals.answers) == (0, 1, 1, 2)
    assert Event.objects.filter(verb="self_assessment.read", by_user=world.officer).count() == 2
    for leaning, found in (("concern", 1), ("none", 1), ("strength", 0), ("red", 2)):
        narrowed = text(client.get(f"{page}?leaning={leaning}"))
        assert narrowed.count(ANSWER_TOKEN) == found
    assert "Nothing that came in fits this choice" in text(client.get(f"{page}?leaning=strength"))


def test_what_was_withdrawn_or_returned_is_not_there(world: World, signed_in: Browser) -> None:
    round = world.opened()
    area = spoken_to(world, round)
    first, second, _ = round.participations.all()
    actions.return_self_assessment(world.sent(first), reason="More", by=world.officer)
    world.sent(second)
    Participation.objects.filter(pk=second.pk).update(state="withdrawn")
    page = text(signed_in(world.officer).get(url("area_answers", round.pk, area.pk)))
    assert ANSWER_TOKEN not in page
    assert "Nothing has come in on these questions yet" in page


def test_the_page_asks_as_often_for_one_answer_as_for_three(
    world: World, signed_in: Browser, django_assert_num_queries: Any
) -> None:
    round = world.opened()
    area = spoken_to(world, round)
    client = signed_in(world.officer)
    for number, part in enumerate(round.participations.all(), 1):
        world.sent(part)
        if number != 2:
            with django_assert_num_queries(14):
                page = client.get(url("area_answers", round.pk, area.pk))
            assert text(page).count(ANSWER_TOKEN) == number


def test_long_answers_are_cut_and_many_are_paged(world: World, signed_in: Browser) -> None:
    round = world.opened()
    area = spoken_to(world, round, 20)
    own = world.answered(round.participations.first())
    director, question = world.directors[0], area.questions.first()
    actions.save_answer(own, question, "word " * 300, version=1, by=director)
    actions.submit_self_assessment(own, by=director)
    page = signed_in(world.officer).get(url("area_answers", round.pk, area.pk))
    assert "Read on in the whole self-assessment" in text(page)
    assert "page=2" in text(page)
    assert len(page.content) < 40_000


def test_a_director_reads_the_whole_evidence_where_they_choose(
    world: World, signed_in: Browser
) -> None:
    round = world.opened()
    PriorityArea.objects.filter(name="Adoption").update(evidence="Short.")
    long = " ".join(f"w{number}" for number in range(100))
    PriorityArea.objects.filter(name="Thresholds").update(evidence=long)
    own: SelfAssessment = round.participations.first().self_assessment
    page = text(signed_in(world.directors[0]).get(url("self_assessment_area", own.pk)))
    assert (page.count("Short."), page.count("w39 "), page.count("w99")) == (1, 2, 1)
    assert page.count("What the region knows about each area") == 1


def test_without_areas_the_director_learns_when_to_choose(world: World, signed_in: Browser) -> None:
    round = world.drafted()
    round.areas.all().delete()
    actions.invite_authorities(round, by=world.officer)
    own = round.participations.first().self_assessment
    client = signed_in(world.directors[0])
    answer = client.get(url("self_assessment_area", own.pk), follow=True)
    assert answer.redirect_chain[-1][0] == url("self_assessment", own.pk)
    assert "Not set yet" in text(answer)


def test_the_board_learns_what_was_chosen_once_it_is_sent(world: World, signed_in: Browser) -> None:
    round, client = world.opened(), signed_in(world.officer)
    part = round.participations.get(authority=world.authorities[0])
    world.answered(part)
    page = text(client.get(url("round_areas", round.pk)))
    assert ("Chosen in" in page, page.count("Take out<span")) == (False, 2)
    actions.submit_self_assessment(part.self_assessment, by=world.directors[0])
    assert "Chosen in 1 self-assessment sent" in text(client.get(url("round_areas", round.pk)))
