"""What stands on the pages of papers: what was asked for, what came, and how late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone

from rounds.models import Challenge, Paper, PaperAsked
from rounds.queries.challenges import Step, deadline_of
from rounds.scheduling import said
from rounds.states import DATES_OPEN, RoundState

CHASED_BEFORE = timedelta(days=3)
CHASED_IN = (RoundState.MATCHING, RoundState.UNDER_WAY, RoundState.OPEN)
UNSENT, ASKED, RECEIVED, LATE, NONE = (
    "Not sent yet",
    "Asked for",
    "Received",
    "Late",
    "Not available",
)
COLOURS = {UNSENT: "grey", ASKED: "blue", RECEIVED: "", LATE: "yellow", NONE: "grey"}


@dataclass(frozen=True)
class Given:
    """One document, and what this person may do with it; addresses are empty where they may not."""

    paper: Paper
    about: str
    open_url: str
    remove_url: str


@dataclass(frozen=True)
class AskedFor:
    """A row of the list: where it stands in a word, and what that means in a sentence."""

    asked: PaperAsked
    status: str
    colour: str
    sentence: str
    given: list[Given]

    @property
    def open(self) -> bool:
        return self.status in (ASKED, LATE)


@dataclass(frozen=True)
class Papers:
    """`usual`: how many that the format proposes are not on the list; `unsent`: not told yet."""

    rows: list[AskedFor]
    due: Step | None
    usual: int
    unsent: int

    @property
    def outstanding(self) -> int:
        return sum(row.open for row in self.rows)


@dataclass(frozen=True)
class Chase:
    """A paper the host is reminded of: before its day, or after it."""

    asked: PaperAsked
    due: date
    late: bool


def papers_of(challenge: Challenge, *, drafts: bool, gives: bool, opens: bool) -> Papers:
    """`drafts`: also what the host has not been told of; three queries, however many rows."""
    due = deadline_of(challenge, "papers_sent")
    kept = Paper.objects.kept().select_related("added_by")
    rows = challenge.papers_asked.prefetch_related(Prefetch("papers", kept))
    there = [one for one in rows if _shown(one, drafts=drafts)]
    titles = {one.title for one in rows if one.withdrawn_at is None}
    return Papers(
        [_row(one, due, gives=gives, opens=opens) for one in there],
        due,
        sum(one.title not in titles for one in challenge.round.format.papers),
        sum(one.sent_at is None for one in there),
    )


def _shown(asked: PaperAsked, *, drafts: bool) -> bool:
    """What is not asked for any more stays listed as long as something was given for it."""
    if asked.withdrawn_at is not None:
        return asked.sent_at is not None and bool(asked.papers.all())
    return drafts or asked.sent_at is not None


def _row(asked: PaperAsked, due: Step | None, *, gives: bool, opens: bool) -> AskedFor:
    given = [_given(one, gives=gives, opens=opens) for one in asked.papers.all()]
    status, sentence = _standing(asked, due)
    return AskedFor(asked, status, COLOURS[status], sentence, given)


def _standing(asked: PaperAsked, due: Step | None) -> tuple[str, str]:
    day, today = due_of(asked, due), timezone.localdate()
    by = f"by {said(day)}" if day else due.words if due else ""
    came = min((timezone.localdate(one.added_at) for one in asked.papers.all()), default=None)
    if asked.withdrawn_at is not None:
        return RECEIVED, "It is not asked for any more."
    if came:
        late = f"It came {_days(came - day)} late." if day and came > day else ""
        return RECEIVED, late
    if asked.no_such:
        return NONE, "The host has no such document."
    if asked.sent_at is None:
        return UNSENT, f"Wanted {by}." if by else "The host has not been told."
    if day and day < today:
        return LATE, f"{_days(today - day)} late: it was due on {said(day)}."
    return ASKED, f"Wanted {by}." if by else ""


def due_of(asked: PaperAsked, due: Step | None) -> date | None:
    """Its own day, or the format's once the visit has its days."""
    return asked.due or (due.day if due else None)


def _days(gap: timedelta) -> str:
    return "1 day" if gap.days == 1 else f"{gap.days} days"


def _given(paper: Paper, *, gives: bool, opens: bool) -> Given:
    kind = paper.kind.upper() or "Link"
    size = f", {filesizeformat(paper.size)}" if paper.size else ""
    download = reverse("paper_download", args=[paper.pk])
    return Given(
        paper,
        f"{kind}{size}",
        (paper.link or download) if opens else "",
        reverse("paper_remove", args=[paper.pk]) if gives else "",
    )


def to_chase(challenge: Challenge, today: date) -> list[Chase]:
    """Each once three days before it is due, and once when its day has passed."""
    due = deadline_of(challenge, "papers_sent")
    return list(_to_chase(challenge, due, today))


def _to_chase(challenge: Challenge, due: Step | None, today: date) -> Iterator[Chase]:
    for asked in challenge.papers_asked.open():
        day = due_of(asked, due if challenge.dates_sent else None)
        if day is None:
            continue
        if day < today and asked.chased_after_at is None:
            yield Chase(asked, day, late=True)
        elif today <= day <= today + CHASED_BEFORE and asked.chased_before_at is None:
            yield Chase(asked, day, late=False)


def with_open_papers() -> Iterator[Challenge]:
    """Challenges whose hosts have still to send something."""
    wanted = PaperAsked.objects.open().filter(chased_after_at__isnull=True)
    yield from (
        Challenge.objects.with_both_sides()
        .prefetch_related("days")
        .filter(
            pk__in=wanted.order_by().values("challenge"),
            state__in=DATES_OPEN,
            round__state__in=CHASED_IN,
        )
        .order_by("pk")
    )


def open_papers(challenge: Challenge) -> list[tuple[PaperAsked, date | None]]:
    """What the host has still to send, each with its day: for the mail that reminds."""
    due = deadline_of(challenge, "papers_sent")
    return [(asked, due_of(asked, due)) for asked in challenge.papers_asked.open()]
