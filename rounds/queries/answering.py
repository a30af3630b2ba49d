"""What the pages show on which an authority writes: one question, a section, progress."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from django.db.models import QuerySet
from django.urls import reverse

from rounds.models import Section, SelfAssessment
from rounds.queries.writing import Chapter, Entry, chapters_of


@dataclass(frozen=True)
class QuestionPage:
    """One question among its neighbours."""

    chapter: Chapter
    entry: Entry
    previous_url: str
    next_url: str


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
    chapters = chapters_of(self_assessment, within)
    row = [(chapter, entry) for chapter in chapters for entry in chapter.entries]
    for index, (chapter, entry) in enumerate(row):
        here = entry.prefix == prefix if prefix else entry.place == place
        if chapter.section.key == section and here:
            following = [next_entry for _, next_entry in row[index + 1 :]]
            return QuestionPage(
                chapter,
                entry,
                previous_url=row[index - 1][1].url if index else "",
                next_url=_after(self_assessment, entry, following, whole=within is None),
            )
    return _no_longer_asked(chapters, section, prefix)


def _no_longer_asked(chapters: list[Chapter], section: str, prefix: str) -> QuestionPage | None:
    """An officer took the question out while somebody was writing."""
    for chapter in chapters:
        for entry in chapter.withdrawn:
            if chapter.section.key == section and entry.prefix == prefix:
                return QuestionPage(chapter, entry, "", chapter.go_on.url)
    return None


def _after(
    self_assessment: SelfAssessment, entry: Entry, following: list[Entry], *, whole: bool
) -> str:
    """The next of its section, or the next that needs something; then the end."""
    for later in following:
        same = later.question.section_id == entry.question.section_id
        if same or (whole and (later.unfinished or later.to_review)):
            return later.url
    return _end(self_assessment, whole=whole)


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
