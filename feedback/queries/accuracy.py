"""The host's check of a letter's facts: paragraph by paragraph, and what came of each point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from feedback.models import AccuracyPoint, AccuracyReply, Letter, LetterContent
from feedback.queries.places import Place, places_of
from feedback.queries.versions import predecessor_of
from feedback.states import BEING_WRITTEN, LetterState
from peerchallenge.shared.marks import mark_of

# What is missing belongs to no paragraph.
WHOLE = Place("whole", "The letter as a whole", "")


@dataclass(frozen=True)
class Row:
    """One paragraph as the host was sent it, and what somebody noted of it."""

    number: int
    place: Place
    point: AccuracyPoint | None
    is_new: bool

    @property
    def is_whole(self) -> bool:
        return self.place == WHOLE

    @property
    def wrong(self) -> str:
        return self.point.wrong if self.point else ""

    @property
    def seen(self) -> str:
        return mark_of(self.wrong)


@dataclass(frozen=True)
class Check:
    """What the host is asked to check, and what its people have noted so far."""

    rows: list[Row]
    # What the paragraphs marked as new differ from, in words; empty at a first check.
    compared_with: str

    @property
    def noted(self) -> dict[str, str]:
        """Place to what is wrong there."""
        return {row.place.place: row.wrong for row in self.rows if row.wrong}

    @property
    def changed(self) -> int:
        return sum(row.is_new for row in self.rows)

    @property
    def seen(self) -> str:
        return seen_of(self.noted)


@dataclass(frozen=True)
class ThreadPoint:
    """One point of a reply: what it is about, and the lead's answer once there is one."""

    point: AccuracyPoint
    heading: str
    answered: bool
    to_answer: bool


@dataclass(frozen=True)
class Thread:
    """One reply of the host with all its points."""

    reply: AccuracyReply
    points: list[ThreadPoint] = field(default_factory=list)


def seen_of(noted: Mapping[str, str]) -> str:
    """Another for every other set of notes, place to what is wrong there: goes with the reply."""
    return mark_of(*sorted((place, wrong) for place, wrong in noted.items() if wrong))


def accuracy_check(letter: Letter) -> Check:
    """The paragraphs of what the host was sent, each with what is noted of it."""
    points = {p.place: p for p in letter.points.filter(reply=None).select_related("by")}
    said, before = _checked_before(letter)
    known = {found.text for found in places_of(before)} if before else None
    rows = [
        Row(
            number,
            place,
            points.get(place.place),
            is_new=known is not None and place.text not in known,
        )
        for number, place in enumerate(places_of(letter.as_sent), 1)
    ]
    rows.append(Row(len(rows) + 1, WHOLE, points.get(WHOLE.place), is_new=False))
    return Check(rows, said)


def place_in(letter: Letter, place: str) -> Place | None:
    """The paragraph of what the host was sent that stands there."""
    places = [*places_of(letter.as_sent), WHOLE]
    return next((found for found in places if found.place == place), None)


def accuracy_thread(letter: Letter, *, as_host: bool) -> list[Thread]:
    """Every reply, the newest first. The host reads an answer once the team has passed it on."""
    replies = list(letter.replies.select_related("by").prefetch_related("points__by"))
    threads = []
    for reply in replies:
        content = LetterContent.from_json(reply.content) if reply.content else None
        places = [*places_of(content), WHOLE] if content else [WHOLE]
        headings = {found.place: found.heading for found in places}
        points = [
            ThreadPoint(
                point,
                headings.get(point.place, ""),
                answered=bool(point.outcome) and not (as_host and is_open(letter, point)),
                to_answer=is_open(letter, point),
            )
            for point in reply.points.all()
        ]
        threads.append(Thread(reply, points))
    return threads


def is_open(letter: Letter, point: AccuracyPoint) -> bool:
    """The lead can still answer it: an answer stands once the letter has been passed on."""
    if letter.state not in BEING_WRITTEN or point.reply_id is None:
        return False
    return point.answered_at is None or point.answered_at >= letter.since


def unanswered(letter: Letter) -> list[str]:
    """What stands in the way of passing it on, as part of a sentence."""
    count = unanswered_points(letter)
    if not count:
        return []
    points = "the point" if count == 1 else f"the {count} points"
    return [f"answer {points} that the host made"]


def unanswered_points(letter: Letter) -> int:
    return AccuracyPoint.objects.filter(letter=letter).unanswered().count()


def _checked_before(letter: Letter) -> tuple[str, LetterContent | None]:
    """What the host read before this: an earlier draft, or the letter that this one corrects."""
    reply = letter.replies.exclude(content=None).first()
    if letter.state == LetterState.WITH_HOST and reply:
        return "your last check", LetterContent.from_json(reply.content or {})
    replaced = predecessor_of(letter)
    return ("the letter it replaces", replaced.frozen_content) if replaced else ("", None)
