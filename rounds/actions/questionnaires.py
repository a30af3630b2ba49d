from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from authorities.models import User
from peerchallenge.audit.actions import record
from peerchallenge.shared.answers import no
from rounds import permissions
from rounds.actions.presets import correct_preset
from rounds.models import Asked, Question, Round, Section
from rounds.models.questionnaire import ADDRESSES
from rounds.queries.questionnaires import (
    Questionnaire,
    introduction_version,
    objections_to,
    section_version,
)
from rounds.states import THE_PRESET, THIS_ROUND, RoundState

# Beyond every place there is: where a row waits while two change places.
ASIDE = 32_000


class QuestionnaireChanged(Exception):
    """Somebody changed this part of the questionnaire since this person's page was drawn."""


def copy_questionnaire(
    round: Round, questionnaire: Questionnaire, *, earlier: Round | None
) -> None:
    """Make a new round's questions; each knows the same question of the earlier round."""
    for row in questionnaire["sections"]:
        if row["key"] in ADDRESSES:
            no(
                f"The section “{row['title']}” has the key “{row['key']}”, which is the address of "
                "another page of a self-assessment: nobody could open it."
            ).require()
    sections = Section.objects.bulk_create(
        Section(round=round, position=place, key=row["key"], title=row["title"])
        for place, row in enumerate(questionnaire["sections"], 1)
    )
    known = _keys_of(earlier) if earlier else {}
    questions = []
    for section, row in zip(sections, questionnaire["sections"], strict=True):
        for place, asked in enumerate(row["questions"], 1):
            ancestor = known.get((section.key, asked["key"]))
            question = Question(
                section=section, position=place, key=asked["key"], ancestor_id=ancestor
            )
            question.ask(Asked.of(asked))
            questions.append(question)
    Question.objects.bulk_create(questions)


@transaction.atomic
def change_introduction(round: Round, text: str, *, version: str, by: User) -> Round:
    """What those who write are told before they begin."""
    round = Round.objects.locked(round.pk)
    permissions.edit_questionnaire(by, round).require()
    if version != introduction_version(round) and text != round.format.introduction:
        raise QuestionnaireChanged
    round.format_data["questionnaire"]["introduction"] = text
    round.save(update_fields=["format_data"])
    record("round.introduction_changed", round, by=by)
    return round


@transaction.atomic
def add_section(round: Round, title: str, *, by: User) -> Section:
    """At the end; it shows once it holds a question."""
    round = Round.objects.locked(round.pk)
    permissions.edit_questionnaire(by, round).require()
    there = list(round.sections.all())
    section = Section.objects.create(
        round=round,
        position=there[-1].position + 1 if there else 1,
        key=_free_key(title, ADDRESSES | {one.key for one in there}),
        title=title,
    )
    record("round.section_added", round, by=by, section=section.key)
    return section


@transaction.atomic
def change_section(section: Section, title: str, *, version: str, by: User) -> Section:
    section = _lock_section(section)
    permissions.edit_questionnaire(by, section.round).require()
    if section.title == title:
        return section
    if version != section_version(section):
        raise QuestionnaireChanged
    section.title = title
    section.save(update_fields=["title"])
    record("round.section_changed", section.round, by=by, section=section.key)
    return section


@transaction.atomic
def remove_section(section: Section, *, by: User) -> Round:
    """With its questions; only in a draft, where nobody has answered any."""
    section = _lock_section(section)
    round = section.round
    permissions.rearrange_questionnaire(by, round).require()
    section.delete()
    _close_ranks(list(round.sections.all()))
    record("round.section_removed", round, by=by, section=section.key)
    return round


@transaction.atomic
def move_section(section: Section, *, up: bool, by: User) -> Section:
    section = _lock_section(section)
    permissions.rearrange_questionnaire(by, section.round).require()
    _move(section, list(section.round.sections.all()), up=up)
    record("round.section_moved", section.round, by=by, section=section.key)
    return section


@transaction.atomic
def add_question(section: Section, asked: Asked, *, by: User) -> Question:
    """At the end of its section. Once a round is open it cannot be required."""
    section = _lock_section(section)
    permissions.edit_questionnaire(by, section.round).require()
    if asked.required and section.round.state != RoundState.DRAFT:
        no("A question added to an open round is optional: some have written already.").require()
    there = list(section.questions.all())
    question = Question(
        section=section,
        position=there[-1].position + 1 if there else 1,
        key=_free_key(asked.text, {one.key for one in there}),
    )
    question.ask(asked)
    question.save()
    record("round.question_added", section.round, by=by, question=question.key)
    return question


@transaction.atomic
def change_question(
    question: Question,
    asked: Asked,
    *,
    version: str,
    applies_to: Collection[str] = (THIS_ROUND,),
    by: User,
) -> Question:
    """Put it in other words, in this round, in the region's preset, or in both.

    What was answered stays with the words it was asked in. `version` is the mark that was on
    the page: raises QuestionnaireChanged when it is another by now.
    """
    question = _lock_question(question)
    round = question.section.round
    permissions.change_question(by, question).require()
    if question.asks == asked and THE_PRESET not in applies_to:
        return question
    if version != question.asks.version and question.asks != asked:
        raise QuestionnaireChanged
    if THIS_ROUND in applies_to and question.asks != asked:
        for objection in objections_to(question, asked):
            no(objection).require()
        question.ask(asked)
        question.save()
        record("round.question_changed", round, by=by, question=question.key)
    if THE_PRESET in applies_to:
        correct_preset(question, asked, by=by)
    return question


@transaction.atomic
def remove_question(question: Question, *, by: User) -> Question:
    """Take it out: for good from a draft, and from an open round leaving what was answered."""
    question = _lock_question(question)
    section = question.section
    permissions.edit_questionnaire(by, section.round).require()
    if section.round.state == RoundState.DRAFT:
        Question.objects.filter(pk=question.pk).delete()
        _close_ranks(list(section.questions.all()))
    elif question.withdrawn_at:
        return question
    else:
        question.withdrawn_at = timezone.now()
        question.save(update_fields=["withdrawn_at"])
    record("round.question_removed", section.round, by=by, question=question.key)
    return question


@transaction.atomic
def restore_question(question: Question, *, by: User) -> Question:
    """Ask it again. It comes back optional: some have sent theirs without it."""
    question = _lock_question(question)
    permissions.edit_questionnaire(by, question.section.round).require()
    if not question.withdrawn_at:
        return question
    question.withdrawn_at, question.required = None, False
    question.save(update_fields=["withdrawn_at", "required"])
    record("round.question_restored", question.section.round, by=by, question=question.key)
    return question


@transaction.atomic
def move_question(question: Question, *, up: bool, by: User) -> Question:
    """One place up or down in its section; only in a draft, where nobody writes by place."""
    question = _lock_question(question)
    round = question.section.round
    permissions.rearrange_questionnaire(by, round).require()
    _move(question, list(question.section.questions.all()), up=up)
    record("round.question_moved", round, by=by, question=question.key)
    return question


def _lock_section(section: Section) -> Section:
    """All edits of one questionnaire wait for one another at the round's row."""
    round = Round.objects.locked(section.round_id)
    found = Section.objects.get(pk=section.pk)
    found.round = round
    return found


def _lock_question(question: Question) -> Question:
    section = _lock_section(question.section)
    found = Question.objects.get(pk=question.pk)
    found.section = section
    return found


def _keys_of(round: Round) -> dict[tuple[str, str], int]:
    rows = Question.objects.filter(section__round=round).order_by()
    return {(one[0], one[1]): one[2] for one in rows.values_list("section__key", "key", "pk")}


def _free_key(text: str, taken: Collection[str]) -> str:
    """A name that nothing else in the questionnaire bears."""
    base = slugify(text)[:40].strip("-") or "part"
    number = 1
    while (key := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return key


Row = Section | Question


def _move(row: Row, rows: list[Any], *, up: bool) -> None:
    """Change places with the neighbour; at the end there is none."""
    place = [one.pk for one in rows].index(row.pk)
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
        _close_ranks(rows)


def _close_ranks(rows: list[Any]) -> None:
    """Number them from 1, in two steps, so that no place is taken twice on the way."""
    moved = [(place, one) for place, one in enumerate(rows, 1) if one.position != place]
    for far, (_, one) in enumerate(moved):
        type(one).objects.filter(pk=one.pk).update(position=ASIDE + far)
    for place, one in moved:
        type(one).objects.filter(pk=one.pk).update(position=place)
