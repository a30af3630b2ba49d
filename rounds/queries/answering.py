"""What the pages show on which an authority writes: one question, a section, progress."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from rounds.models import Section, SelfAssessment
from rounds.queries.writing import Chapter, Entry, chapters_of


@dataclass(frozen=True)
class QuestionPage:
    """One question among its neighbours; what they are is asked only of a page that shows it."""

    self_assessment: SelfAssessment
    chapter: Chapter
    entry: Entry
    within: QuerySet[Section] | None

    @cached_property
    def previous_url(self) -> str:
        before = [entry for entry in self.chapter.entries if entry.place < self.entry.place]
        if before or not self.entry.place:
            return before[-1].url if before else ""
        return _end_of_section_before(self.self_assessment, self.chapter.section, self.within)

    @cached_property
    def next_url(self) -> str:
        for entry in self.chapter.entries:
            if entry.place == self.entry.place + 1:
                return entry.url
        return _after(self.self_assessment, self.chapter.section, self.within)


@dataclass(frozen=True)
class SectionPage:
    """A whole section among its neighbours."""

    chapter: Chapter
    previous_url: str
    next_url: str


def question_page(
    self_assessment: SelfAssessment,
    section: str,
    place: int,
    *,
    within: QuerySet[Section] | None = None,
    prefix: str = "",
) -> QuestionPage | None:
    """The question at this place of the section; None where there is none.

    With a `prefix` the question whose fields those are: its place may have moved since.
    `within` are the sections of somebody who sees no others.
    """
    here = Section.objects.filter(key=section) if within is None else within.filter(key=section)
    for chapter in chapters_of(self_assessment, here):
        # Among them what an officer took out while somebody was writing.
        for entry in (*chapter.entries, *chapter.withdrawn):
            if entry.prefix == prefix if prefix else 0 < entry.place == place:
                return QuestionPage(self_assessment, chapter, entry, within)
    return None


def _end_of_section_before(
    self_assessment: SelfAssessment, section: Section, within: QuerySet[Section] | None
) -> str:
    sections = Section.objects.all() if within is None else within
    before = (
        sections.filter(round=section.round_id, position__lt=section.position)
        .annotate(asked=Count("questions", filter=Q(questions__withdrawn_at__isnull=True)))
        .filter(asked__gt=0)
        .last()
    )
    if before is None:
        return ""
    asked = before.asked
    return reverse("self_assessment_question", args=[self_assessment.pk, before.key, asked])


def _after(
    self_assessment: SelfAssessment, section: Section, within: QuerySet[Section] | None
) -> str:
    """The next question of a later section that needs something; then the end."""
    if within is None:
        later = Section.objects.filter(position__gt=section.position)
        for chapter in chapters_of(self_assessment, later):
            if needs := [*chapter.unfinished, *chapter.to_review]:
                return min(needs, key=lambda entry: entry.place).url
    return _end(self_assessment, whole=within is None)


def _end(self_assessment: SelfAssessment, *, whole: bool) -> str:
    """The area, then sending; for a colleague the page on which they say that it is ready."""
    if not whole:
        return reverse("self_assessment", args=[self_assessment.pk])
    page = "self_assessment_check" if self_assessment.area_name else "self_assessment_area"
    return reverse(page, args=[self_assessment.pk])


def section_page(
    self_assessment: SelfAssessment, section: str, *, within: QuerySet[Section] | None = None
) -> SectionPage | None:
    """A section with all its questions; None where the questionnaire has none of that name."""
    chapters = chapters_of(self_assessment, within)
    for index, chapter in enumerate(chapters):
        if chapter.section.key == section:
            to_do = (
                later.url
                for later in chapters[index + 1 :]
                if within is None and (later.unfinished or later.to_review)
            )
            end = _end(self_assessment, whole=within is None)
            return SectionPage(
                chapter,
                previous_url=chapters[index - 1].url if index else "",
                next_url=next(chain(to_do, [end])),
            )
    return None
