"""Which sections are with whom, and which of them somebody sees."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from authorities.models import User
from authorities.states import ACTS_FOR_AUTHORITY, HELD_IN_AN_AUTHORITY, READS_FOR_AUTHORITY
from rounds.models import GivenSection, Section, SelfAssessment
from rounds.queries.writing import Chapter, chapters_of, said_when
from rounds.states import SECTION_OPEN, WRITING_OPEN, GivenState, ParticipationState


def sections_seen_by(user: User, self_assessment: SelfAssessment) -> QuerySet[Section]:
    """All of them for the authority's own people; for a colleague those given to them."""
    part = self_assessment.participation
    sections = Section.objects.filter(round=part.round_id)
    if user.holds(*READS_FOR_AUTHORITY, authority=part.authority_id):
        return sections
    return sections.filter(pk__in=held_in(self_assessment, user).values("section"))


def held_in(self_assessment: SelfAssessment, user: User) -> QuerySet[GivenSection]:
    """What this person was given of it, and still has."""
    return GivenSection.objects.held_by(user).filter(self_assessment=self_assessment)


def given_in(self_assessment: SelfAssessment) -> dict[int, GivenSection]:
    """By section: whom it is with now."""
    rows = self_assessment.given.current().select_related(
        "section", "user", "invitation__accepted_by"
    )
    return {row.section_id: row for row in rows}


def sections_with_nobody(self_assessment: SelfAssessment) -> list[Section]:
    """Those that have questions and that no colleague has."""
    taken = given_in(self_assessment)
    asked = Section.objects.filter(
        round=self_assessment.participation.round_id, questions__withdrawn_at__isnull=True
    ).distinct()
    return [section for section in asked if section.pk not in taken]


def colleagues_of(self_assessment: SelfAssessment, besides: User) -> list[User]:
    """Everybody with a post in the authority today, by name."""
    authority = self_assessment.participation.authority
    found = User.objects.in_post(*HELD_IN_AN_AUTHORITY, authority=authority)
    return list(found.exclude(pk=besides.pk).order_by("name", "pk"))


@dataclass(frozen=True)
class Gift:
    """A section, and who is to write it: somebody of the authority, or a newcomer by e-mail."""

    section: Section
    user: User | None = None
    email: str = ""
    name: str = ""


@dataclass(frozen=True)
class HeldSection:
    """One section as its holder sees it."""

    given: GivenSection
    chapter: Chapter
    writable: bool

    @property
    def write_url(self) -> str:
        return self.chapter.go_on.url if self.writable else ""

    @property
    def ready_url(self) -> str:
        """Where its holder says that it is finished."""
        if not self.writable:
            return ""
        args = [self.given.self_assessment_id, self.given.pk]
        return reverse("self_assessment_given_ready", args=args)

    @property
    def stands(self) -> str:
        """Where it stands, as a sentence to its holder."""
        who = self.given.given_by.name
        return {
            GivenState.GIVEN: f"Given to you by {who} {said_when(self.given.given_at)}.",
            GivenState.BACK: f"Given back to you {said_when(self.given.since)}.",
            GivenState.READY: f"You told {who} {said_when(self.given.since)} that it is ready.",
            GivenState.CHECKED: f"Checked {said_when(self.given.since)}. Thank you.",
        }[GivenState(self.given.state)]


def held_sections(self_assessment: SelfAssessment, user: User) -> list[HeldSection]:
    """The sections this person was given, in the questionnaire's order."""
    rows = {
        row.section_id: row for row in held_in(self_assessment, user).select_related("given_by")
    }
    open_now = self_assessment.state in WRITING_OPEN
    return [
        HeldSection(row, chapter, open_now and row.state in SECTION_OPEN)
        for chapter in chapters_of(self_assessment)
        if (row := rows.get(chapter.section.pk))
    ]


def next_after_ready(given: GivenSection) -> tuple[str, str]:
    """The page a director goes to once this section is ready, and what they do there.

    It is the last step of all when nothing is with anybody and no answer is missing.
    """
    found = given.self_assessment
    waiting = found.given.current().filter(state__in=SECTION_OPEN).exists()
    unfinished = any(chapter.unfinished for chapter in chapters_of(found))
    if waiting or unfinished:
        return "self_assessment_given", "Read it, and say that it is checked or give it back, here:"
    if not found.area_name:
        return "self_assessment_area", "Every section is ready now. Choose your area, then send:"
    return (
        "self_assessment_check",
        "Every section is ready now. Check all of it, and send it, here:",
    )


def chapter_of(given: GivenSection) -> Chapter:
    """What is written in it."""
    chapters = chapters_of(given.self_assessment)
    return next(one for one in chapters if one.section.pk == given.section_id)


@dataclass(frozen=True)
class SectionTurn:
    """A section that waits for one person: to write it, or to check it."""

    given: GivenSection
    to_check: bool

    @property
    def url(self) -> str:
        found, given = self.given.self_assessment_id, self.given
        if self.to_check:
            return reverse("self_assessment_given", args=[found, given.pk])
        return reverse("self_assessment_section", args=[found, given.section.key])


def section_turns(user: User) -> list[SectionTurn]:
    """The sections they are to write, then those they are to check; two queries."""
    rows = GivenSection.objects.current().filter(self_assessment__state__in=WRITING_OPEN)
    rows = rows.exclude(self_assessment__participation__state=ParticipationState.WITHDRAWN)
    rows = rows.select_related(
        "section",
        "user",
        "invitation__accepted_by",
        "self_assessment__participation__authority",
        "self_assessment__participation__round",
    )
    write = rows.filter(
        pk__in=GivenSection.objects.held_by(user).values("pk"), state__in=SECTION_OPEN
    )
    check = rows.filter(
        self_assessment__participation__authority__in=user.authorities_where(*ACTS_FOR_AUTHORITY),
        state=GivenState.READY,
    )
    return [
        *(SectionTurn(row, to_check=False) for row in write),
        *(SectionTurn(row, to_check=True) for row in check),
    ]
