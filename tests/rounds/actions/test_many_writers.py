"""Eight people write the same answers at once: no word acknowledged is lost or overwritten."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from django.db import connection

from authorities.models import User
from authorities.states import Role
from rounds import actions
from rounds.models import Question, SelfAssessment, WrittenAnswer
from tests.world import World

WRITERS, SAVES, QUESTIONS = 8, 40, 3


@dataclass(frozen=True)
class Saved:
    """An acknowledged save: it took the place of `seen`, the version the writer had read."""

    question: int
    seen: int
    version: int
    text: str


def write(own: SelfAssessment, questions: list[Question], by: User, seed: int) -> list[Saved]:
    """Read, type, save; on a clash read again, as a person would on being shown both texts."""
    chance = random.Random(seed)
    done: list[Saved] = []
    clashes: list[tuple[int, int]] = []
    try:
        for number in range(SAVES):
            question = chance.choice(questions)
            there = WrittenAnswer.objects.filter(self_assessment=own, question=question).first()
            version = there.version if there else 0
            text = f"writer {seed}, save {number}"
            try:
                answer = actions.save_answer(own, question, text, version=version, by=by)
            except actions.OverwriteRefused as refused:
                clashes.append((version, refused.theirs.version))
                continue
            done.append(Saved(question.pk, version, answer.version, text))
    finally:
        connection.close()
    assert [clash for clash in clashes if clash[0] >= clash[1]] == []
    return done


@pytest.mark.django_db(transaction=True)
def test_eight_writers_lose_nothing_and_overwrite_nothing_unseen(
    figure: Callable[[str], None],
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("the embedded database has one writer at a time")
    world = World()
    own = world.opened().participations.get(authority=world.authorities[0]).self_assessment
    writers = [world.person(Role.AUTHORITY_OFFICER) for _ in range(WRITERS)]
    questions = list(Question.objects.filter(section__round__participations=own.participation))
    questions = questions[:QUESTIONS]
    with ThreadPoolExecutor(WRITERS) as pool:
        runs = pool.map(
            lambda job: write(own, questions, job[1], job[0]), enumerate(writers, start=1)
        )
        saves = [saved for run in runs for saved in run]

    for question in questions:
        chain = sorted((s for s in saves if s.question == question.pk), key=lambda s: s.version)
        # Each took the place of exactly the version its writer had seen, so none of them twice.
        assert [(s.seen, s.version) for s in chain] == [(n, n + 1) for n in range(len(chain))]
        answer = own.answers.get(question=question)
        assert (answer.version, answer.text) == (chain[-1].version, chain[-1].text)
    refused = WRITERS * SAVES - len(saves)
    assert refused > 0, "the writers never met: nothing was tried"
    figure(
        f"{WRITERS} writers, {WRITERS * SAVES} saves of {QUESTIONS} answers: {len(saves)} kept, "
        f"{refused} shown both texts, 0 lost, 0 overwritten unseen"
    )
