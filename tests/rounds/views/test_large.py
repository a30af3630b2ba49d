"""A questionnaire of 200 questions and 60,000 words costs no more queries than a short one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from authorities.models import User
from rounds.models import SelfAssessment
from tests.large import enlarge
from tests.rounds.conftest import at, boxed, words

SignedIn = Callable[[User], Client]
SIZES = [(10, 100), (30, 1_000), (200, 60_000)]
MOST_QUERIES = 20
PLACE = {
    "self_assessment_question": ["part-5", 1],
    "self_assessment_section": ["part-5"],
}


@pytest.mark.parametrize(
    "name",
    [
        "self_assessment",
        "self_assessment_question",
        "self_assessment_section",
        "self_assessment_check",
        "self_assessment_read",
    ],
)
def test_each_page_costs_as_many_queries_at_any_size(
    own: SelfAssessment, director: User, signed_in: SignedIn, name: str
) -> None:
    client = signed_in(director)
    url = reverse(name, args=[own.pk, *PLACE.get(name, [])])
    counts = []
    for questions, written in SIZES:
        enlarge(own, director, questions=questions, words=written)
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    assert counts == [counts[0]] * len(SIZES)
    assert counts[0] <= MOST_QUERIES


@pytest.mark.parametrize(("questions", "written"), SIZES)
def test_a_save_while_typing_costs_as_many_queries_at_any_size(
    own: SelfAssessment,
    director: User,
    signed_in: SignedIn,
    django_assert_num_queries: Callable[[int], Any],
    questions: int,
    written: int,
) -> None:
    enlarge(own, director, questions=questions, words=written)
    client = signed_in(director)
    here = at(own, "part-5", 1)
    client.post(here, boxed(here, text="One.", version=1), headers={"HX-Request": "true"})
    fields = boxed(here, text="One two.", version=2)
    with django_assert_num_queries(19):
        saved = client.post(here, fields, headers={"HX-Request": "true"})
    assert words(saved).startswith("Saved at ")


def test_sixty_thousand_words_are_reopened_as_they_were_saved(
    own: SelfAssessment, director: User, signed_in: SignedIn
) -> None:
    enlarge(own, director, questions=200, words=60_000)
    client = signed_in(director)
    longest = own.answers.get(question__key="part-10-20")
    page = words(client.get(at(own, "part-10", 20)))
    assert longest.text in page
    read = words(client.get(reverse("self_assessment_read", args=[own.pk])))
    assert all(answer.text in read for answer in own.answers.all())
