"""A round's questionnaire as its officers see it, and where its wording comes from."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from authorities.models import Region, User
from authorities.states import Role
from rounds.models import (
    PRESETS,
    Asked,
    Format,
    Question,
    RegionPreset,
    Round,
    Section,
    WrittenAnswer,
)
from rounds.models.questionnaire import TEXT_KINDS, mark
from rounds.states import SENT, AnsweredBy, QuestionKind, RoundState

Questionnaire = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """One question in the officers' list, its place among those asked from 1."""

    question: Question
    place: int
    first: bool
    last: bool
    answers: int = 0

    @property
    def facts(self) -> str:
        """“Long text, up to 350 words, required”."""
        return ", ".join(facts_of_question(self.question.asks))


@dataclass(frozen=True)
class Part:
    """A section with its questions in order, and apart from them what was taken out."""

    section: Section
    lines: list[Line]
    withdrawn: list[Question]
    first: bool
    last: bool


def parts_of(round: Round) -> list[Part]:
    """The whole questionnaire; two queries, however long it is."""
    sections = list(round.sections.all())
    questions: dict[int, list[Question]] = {}
    found = Question.objects.filter(section__round=round).annotate(
        answered=Count("answers", filter=~Q(answers__text=""))
    )
    for question in found:
        questions.setdefault(question.section_id, []).append(question)
    return [
        Part(
            section,
            _lines([one for one in questions.get(section.pk, []) if not one.withdrawn_at]),
            [one for one in questions.get(section.pk, []) if one.withdrawn_at],
            section == sections[0],
            section == sections[-1],
        )
        for section in sections
    ]


def _lines(questions: Sequence[Question]) -> list[Line]:
    return [
        Line(
            one,
            place,
            place == 1,
            place == len(questions),
            one.answered,  # type: ignore[attr-defined]
        )
        for place, one in enumerate(questions, 1)
    ]


def questions_of(round: Round) -> QuerySet[Question]:
    """Also those that were taken out."""
    return Question.objects.filter(section__round=round).select_related("section__round__region")


def facts_of_question(asked: Asked) -> list[str]:
    """What is asked for beside the words, as parts of a sentence."""
    facts = [str(QuestionKind(asked.kind).label)]
    if asked.kind in TEXT_KINDS and asked.word_limit:
        facts.append(f"up to {asked.word_limit} words")
    facts.append("required" if asked.required else "optional")
    if asked.answered_by == AnsweredBy.DIRECTOR:
        facts.append("answered by the director alone")
    return facts


def questionnaire_of(round: Round) -> Questionnaire:
    """What a round asks, in the shape of a preset; two queries."""
    rows: dict[int, list[dict[str, Any]]] = {}
    for question in Question.objects.filter(section__round=round).asked():
        rows.setdefault(question.section_id, []).append(question.asks.row(question.key))
    return {
        "introduction": round.format.introduction,
        "sections": [
            {"key": one.key, "title": one.title, "questions": rows.get(one.pk, [])}
            for one in round.sections.all()
        ],
    }


def standard_questionnaire(key: str) -> Questionnaire:
    return deepcopy(PRESETS[key].questionnaire)


def preset_questionnaire(region: Region, preset: Format) -> Questionnaire:
    """In the region's own words where it has some, else in the standard ones."""
    own = RegionPreset.objects.filter(region=region, key=preset.key).first()
    return own.questionnaire if own else deepcopy(preset.questionnaire)


def previous_round(region: Region, *, besides: Round | None = None) -> Round | None:
    """The region's last round that was opened, from which the next one starts."""
    opened = region.rounds.exclude(state__in=(RoundState.DRAFT, RoundState.CANCELLED))
    if besides:
        opened = opened.exclude(pk=besides.pk)
    return opened.first()


def section_version(section: Section) -> str:
    return mark(section.title)


def introduction_version(round: Round) -> str:
    return mark(round.format.introduction)


def objections_to(question: Question, asked: Asked) -> list[str]:
    """Why an answered question cannot be changed like this, a sentence each."""
    answers = list(
        WrittenAnswer.objects.filter(question=question)
        .exclude(text="")
        .values_list("text", "self_assessment__state")
    )
    found = []
    if answers and asked.kind != question.kind:
        found.append(
            "It has been answered already, so its kind stays as it is. "
            "Take it out and ask another question instead."
        )
    elif answers:
        found += _lost_options(question, asked, {text for text, _ in answers})
    if asked.required and not question.required:
        silent = _sent(question.section.round) - sum(state in SENT for _, state in answers)
        if silent > 0:
            have = "authority has" if silent == 1 else "authorities have"
            found.append(
                f"{silent} {have} sent their self-assessment without an answer to it, "
                "so it cannot be required now."
            )
    return found


def _sent(round: Round) -> int:
    return round.participations.taking_part().filter(self_assessment__state__in=SENT).count()


def _lost_options(question: Question, asked: Asked, texts: set[str]) -> list[str]:
    if question.kind == QuestionKind.CHOICE:
        gone = set(question.options.get("choices", [])) - set(asked.options.get("choices", []))
        if chosen := sorted(gone & texts):
            return [f"“{chosen[0]}” has been chosen already, so it stays among the choices."]
    if question.kind == QuestionKind.TABLE:
        before, after = (len(one.options.get("columns", [])) for one in (question, asked))
        if before != after:
            return ["Rows have been written already, so the number of columns stays."]
    return []


@dataclass(frozen=True)
class PresetLine:
    """A format as a region's officers find it."""

    key: str
    name: str
    summary: str
    own: RegionPreset | None
    questions: int


def presets_by_region(user: User) -> list[tuple[Region, list[PresetLine]]]:
    """For each region whose officer the person is; two queries."""
    regions = list(Region.objects.filter(pk__in=user.regions_where(Role.BOARD_OFFICER)))
    own = {
        (one.region_id, one.key): one
        for one in RegionPreset.objects.visible_to(user).select_related("changed_by")
    }
    return [
        (
            region,
            [_preset_line(preset, own.get((region.pk, key))) for key, preset in PRESETS.items()],
        )
        for region in regions
    ]


def _preset_line(preset: Format, own: RegionPreset | None) -> PresetLine:
    asked = _count(own.questionnaire if own else preset.questionnaire)
    return PresetLine(preset.key, preset.name, preset.summary, own, asked)


def _count(questionnaire: Questionnaire) -> int:
    return sum(len(section["questions"]) for section in questionnaire["sections"])


@dataclass(frozen=True)
class Sample:
    """A question as an authority would see it, out of rows or out of a preset."""

    asked: Asked
    place: int
    of: int


@dataclass(frozen=True)
class SampleSection:
    title: str
    samples: list[Sample]


def samples_of(questionnaire: Questionnaire) -> list[SampleSection]:
    return [
        SampleSection(
            section["title"],
            [
                Sample(Asked.of(row), place, len(section["questions"]))
                for place, row in enumerate(section["questions"], 1)
            ],
        )
        for section in questionnaire["sections"]
    ]
