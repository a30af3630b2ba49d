"""What the pages of a self-assessment show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from peerchallenge.audit.actions import history_of
from peerchallenge.audit.models import Event
from rounds.models import GivenSection, Participation, Round, SelfAssessment, SentVersion
from rounds.queries.chasing import lacks, opened_said
from rounds.queries.gaps import Gap, gaps_in
from rounds.queries.giving import given_in
from rounds.queries.signing import unsigned_said
from rounds.queries.tasks import COLOURS, LATER, Task, offer_task
from rounds.queries.writing import (
    COMPLETED,
    IN_PROGRESS,
    NOT_STARTED,
    Chapter,
    chapters_of,
    said_when,
)
from rounds.states import SECTION_OPEN, SENT, GivenState, ParticipationState, SelfAssessmentState


@dataclass(frozen=True)
class TaskList:
    """The sections and the area, sending, and the one thing to do next."""

    tasks: list[Task]
    # What it gives to others: not part of the text, and needed by nobody to send it.
    give: list[Task]
    send: list[Task]
    finished: int
    whole: list[Task]
    next_label: str
    next_url: str
    # Answers that still read as they did in an earlier round.
    to_review: int


def task_list(self_assessment: SelfAssessment, *, linked: bool) -> TaskList:
    """`linked`: for those who write; the others see how far it is, and read it elsewhere."""
    chapters = chapters_of(self_assessment)
    given = given_in(self_assessment)
    tasks = [
        *(_section_task(chapter, given.get(chapter.section.pk)) for chapter in chapters),
        *_progress_tasks(self_assessment),
        _area_task(self_assessment),
    ]
    open_tasks = [task for task in tasks if not task.done and task.status != LATER]
    check = reverse("self_assessment_check", args=[self_assessment.pk])
    # The same that the check page says: what may be left out keeps nobody from sending.
    if open_tasks and gaps_in(self_assessment, chapters):
        send = Task("Check your answers and send", "Cannot start yet")
        next_label, next_url = f"Continue: {open_tasks[0].title}", open_tasks[0].url
    else:
        send = Task("Check your answers and send", "Ready", check, colour="green")
        next_label, next_url = "Check your answers and send", check
    return TaskList(
        tasks=tasks if linked else [replace(task, url="") for task in tasks],
        give=[offer_task(self_assessment.participation)],
        send=[send],
        finished=sum(task.done for task in tasks),
        whole=[task for task in tasks if task.whole_url and linked],
        next_label=next_label,
        next_url=next_url,
        to_review=sum(len(chapter.to_review) for chapter in chapters),
    )


def _section_task(chapter: Chapter, given: GivenSection | None) -> Task:
    """Whoever has it is named; one that is ready leads to the page that checks it."""
    title, state, url = chapter.section.title, chapter.state, chapter.go_on.url
    done = state == COMPLETED
    if given is None:
        return Task(title, state, url, chapter.hint, COLOURS[state], done, chapter.url)
    place = reverse("self_assessment_given", args=[given.self_assessment_id, given.pk])
    hint = f"{given.get_state_display()}: {given.holder_name}. {chapter.hint}"
    if given.state == GivenState.READY:
        return Task(title, "Ready to check", place, hint, "green", done, chapter.url)
    return Task(title, state, place, hint, COLOURS[state], done, chapter.url)


def _progress_tasks(self_assessment: SelfAssessment) -> list[Task]:
    """What came of the last letter, where there was one."""
    rows = list(self_assessment.progress.all())
    if not rows:
        return []
    done = sum(bool(row.progress) for row in rows)
    state = COMPLETED if done == len(rows) else IN_PROGRESS if done else NOT_STARTED
    hint = f"{done} of {len(rows)} area{'' if len(rows) == 1 else 's'} for consideration answered."
    url = reverse("self_assessment_progress", args=[self_assessment.pk])
    done_all = state == COMPLETED
    return [Task("Progress since the last letter", state, url, hint, COLOURS[state], done_all)]


def _area_task(self_assessment: SelfAssessment) -> Task:
    name = self_assessment.area_name
    if not name and not self_assessment.participation.round.areas_set:
        hint = "The board sets the areas from what comes in. We write to you when you can choose."
        return Task("Your area for challenge", LATER, hint=hint)
    state = COMPLETED if name else NOT_STARTED
    url = reverse("self_assessment_area", args=[self_assessment.pk])
    return Task(
        "Your area for challenge", state, url, name or "One choice.", COLOURS[state], bool(name)
    )


@dataclass(frozen=True)
class WholeText:
    """All of it, to check or to read."""

    chapters: list[Chapter]
    gaps: list[Gap]
    # The sections that colleagues still write.
    with_colleagues: list[GivenSection]

    @property
    def to_review(self) -> int:
        """How many answers still read as they did in an earlier round."""
        return sum(len(chapter.to_review) for chapter in self.chapters)

    @property
    def length(self) -> str:
        words = sum(entry.words for chapter in self.chapters for entry in chapter.entries)
        return f"{words:,} word{'' if words == 1 else 's'}"


def whole_text(self_assessment: SelfAssessment) -> WholeText:
    chapters = chapters_of(self_assessment)
    held = [row for row in given_in(self_assessment).values() if row.state in SECTION_OPEN]
    return WholeText(chapters, gaps_in(self_assessment, chapters), held)


def returned_because(self_assessment: SelfAssessment) -> Event | None:
    """Why an officer gave it back, who and when; nothing unless it is back now."""
    if self_assessment.state != SelfAssessmentState.RETURNED:
        return None
    return history_of(self_assessment).filter(verb="self_assessment.returned").first()


def area_chosen_last(self_assessment: SelfAssessment) -> Event | None:
    return history_of(self_assessment).filter(verb="self_assessment.area_chosen").first()


def due(self_assessment: SelfAssessment) -> date:
    return self_assessment.participation.round.self_assessment_due


def days_late(self_assessment: SelfAssessment, due: date, *, first: datetime | None = None) -> int:
    """Days after the deadline it was sent, or that it has been open since; 0 in time.

    `first`: when the version was sent that was shared first; later ones have no deadline.
    """
    sent = first or (self_assessment.submitted_at if self_assessment.state in SENT else None)
    last = timezone.localdate(sent) if sent else timezone.localdate()
    return max(0, (last - due).days)


@dataclass(frozen=True)
class StatusRow:
    """How far one authority has got; what it wrote only once it is sent."""

    authority: str
    state: str
    colour: str
    progress: str
    area: str
    sent: str
    late: str
    read_url: str
    return_url: str
    share_url: str
    # To take it out of the round, or back into it.
    part_url: str
    withdrawn: bool
    # “Not signed yet by the lead member”, while it is out for signature.
    unsigned: str = ""
    # “Not opened yet”, as long as nothing is written.
    opened: str = ""
    # The steps for which it is chased.
    lacks: tuple[str, ...] = ()


STATUS_COLOURS = {
    SelfAssessmentState.NOT_STARTED: "grey",
    SelfAssessmentState.DRAFTING: "teal",
    SelfAssessmentState.WITH_SIGN_OFF: "teal",
    SelfAssessmentState.SUBMITTED: "green",
    SelfAssessmentState.RETURNED: "yellow",
    SelfAssessmentState.SHARED: "green",
}


def status_rows(round: Round) -> list[StatusRow]:
    """Every authority invited, by name; three queries, however many there are."""
    asked = round.sections.aggregate(number=Count("questions", filter=Q(questions__required=True)))
    answered = Count(
        "self_assessment__answers",
        filter=Q(self_assessment__answers__question__required=True)
        & ~Q(self_assessment__answers__text="")
        & (
            Q(self_assessment__answers__carried_from__isnull=True)
            | Q(self_assessment__answers__reviewed_at__isnull=False)
        ),
    )
    participations = (
        round.participations.select_related(
            "authority", "self_assessment__area", "self_assessment__submitted_by"
        )
        .prefetch_related("self_assessment__sign_offs")
        .annotate(answered=answered, first=Subquery(_shared_first().values("sent_at")))
        .order_by("authority__name")
    )
    return [
        _status_row(round, participation, int(asked["number"])) for participation in participations
    ]


def _shared_first() -> QuerySet[SentVersion]:
    """Of a participation, the version that was shared first."""
    of = SentVersion.objects.filter(self_assessment__participation=OuterRef("pk"))
    return of.filter(shared_at__isnull=False).order_by("number")[:1]


def _status_row(round: Round, participation: Participation, asked: int) -> StatusRow:
    found = participation.self_assessment
    sent = found.state in SENT
    withdrawn = participation.state == ParticipationState.WITHDRAWN
    first: datetime | None = participation.first  # type: ignore[attr-defined]
    days = 0 if withdrawn else days_late(found, round.self_assessment_due, first=first)
    state = SelfAssessmentState(found.state)
    by = found.submitted_by
    return StatusRow(
        authority=participation.authority.name,
        state="Withdrawn" if withdrawn else state.label,
        colour="grey" if withdrawn else STATUS_COLOURS[state],
        progress=f"{participation.answered} of {asked}",  # type: ignore[attr-defined]
        area=found.area_name if sent else "",
        sent=f"{said_when(found.submitted_at)} by {by}" if sent and found.submitted_at else "",
        late=f"{days} day{'' if days == 1 else 's'} late" if days else "",
        read_url=reverse("self_assessment_read", args=[found.pk]) if sent or first else "",
        return_url=(
            reverse("self_assessment_return", args=[found.pk])
            if state == SelfAssessmentState.SUBMITTED and not withdrawn
            else ""
        ),
        share_url=(
            reverse("self_assessment_share", args=[found.pk])
            if state == SelfAssessmentState.SUBMITTED
            and not withdrawn
            and round.format.shared_with != "none"
            else ""
        ),
        part_url=reverse(
            "participation_readmit" if withdrawn else "participation_withdraw",
            args=[round.pk, participation.pk],
        ),
        withdrawn=withdrawn,
        unsigned=_unsigned(found),
        opened="" if withdrawn else opened_said(found),
        lacks=lacks(found, chased=not withdrawn and first is None),
    )


def _unsigned(found: SelfAssessment) -> str:
    if found.state != SelfAssessmentState.WITH_SIGN_OFF:
        return ""
    missing = unsigned_said(found)
    return f"Not signed yet by {missing}" if missing else "Signed, not sent yet"
