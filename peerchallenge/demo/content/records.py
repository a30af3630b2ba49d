"""What the demo's content is once read: people, areas, findings, letters, dates from today."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta

from peerchallenge.shared.dates import is_weekday, monday_of

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
GAPS_BY_PREFERENCE = (0, 1, -1, 2, -2, -3)
GAP_LEAST, GAP_MOST = 5, 9
# How far a challenge has got, in order. From "letter_drafting" on it is the letter that moves.
STAGES = (
    "offered",
    "accepted",
    "booked",
    "postponed",
    "on_site",
    "fed_back",
    "letter_drafting",
    "letter_with_host",
    "letter_replied",
    "letter_approved",
    "letter_issued",
)


@dataclass(frozen=True)
class Person:
    """Somebody with a post; a team member may come from a partner."""

    role: str
    name: str
    post: str
    organisation: str
    email: str


@dataclass(frozen=True)
class Area:
    """What the host asks to be challenged on: one of the region's priorities, or its own."""

    priority: str | None
    title: str
    reason: str
    question: str


@dataclass(frozen=True)
class Finding:
    """One finding of the team, in its own words and in the letter's."""

    theme: str
    kind: str
    team_text: str
    letter_text: str
    in_letter: bool


@dataclass(frozen=True)
class Correction:
    """A point of fact the host asks to have put right."""

    part: str
    says: str
    should_say: str


@dataclass(frozen=True)
class AccuracyReply:
    """What the host answered when asked to check the letter."""

    agrees: bool
    text: str
    corrections: tuple[Correction, ...]


@dataclass(frozen=True)
class When:
    """A weekday some weeks from the week of today."""

    weeks: int
    weekday: str

    def on(self, today: date, *, closed: Container[date] = frozenset()) -> date:
        """The day meant, or the nearest working day: earlier if past, later if to come."""
        monday = monday_of(today)
        day = monday + timedelta(weeks=self.weeks, days=WEEKDAYS.index(self.weekday))
        return self.settle(day, closed=closed)

    def settle(self, day: date, *, closed: Container[date]) -> date:
        """Move a day off weekends and closed days; if to come, past the turn of the year."""
        while True:
            if self.weeks > 0 and _is_turn_of_year(day):
                day += timedelta(weeks=1)  # by whole weeks, so that visits keep apart
            elif not _is_working(day, closed):
                day += timedelta(days=1 if self.weeks > 0 else -1)
            else:
                return day


@dataclass(frozen=True)
class Challenge:
    """One pairing: who challenges whom, why, how far it has got, and when the visit is."""

    host: str
    challenger: str
    stage: str
    why: str
    first_day: When | None
    gap_days: int

    def has_reached(self, stage: str) -> bool:
        """Whether the challenge stands at that stage or beyond it."""
        return STAGES.index(self.stage) >= STAGES.index(stage)

    def days(self, today: date, *, closed: Container[date] = frozenset()) -> tuple[date, date]:
        """Day 1 and the feedback day, neither on a weekend nor on a closed day."""
        if self.first_day is None:
            raise ValueError(f"{self.challenger} has no dates yet for {self.host}")
        first = self.first_day.on(today, closed=closed)
        while not (feedback := self._feedback_days(first, closed)):
            later = timedelta(weeks=1 if self.first_day.weeks > 0 else -1)
            first = self.first_day.settle(first + later, closed=closed)
        return first, feedback[0]

    def _feedback_days(self, first: date, closed: Container[date]) -> list[date]:
        gaps = [self.gap_days + shift for shift in GAPS_BY_PREFERENCE]
        days = [first + timedelta(days=gap) for gap in gaps if GAP_LEAST <= gap <= GAP_MOST]
        to_come = self.first_day is not None and self.first_day.weeks > 0
        return [
            day
            for day in days
            if _is_working(day, closed) and not (to_come and _is_turn_of_year(day))
        ]


@dataclass(frozen=True)
class AuthorityContent:
    """One authority: its people, its self-assessment, and what its challengers found."""

    slug: str
    dfe_code: str
    name: str
    people: tuple[Person, ...]
    team: tuple[Person, ...]
    area: Area
    submitted: bool
    submitted_on: When | None
    answers: dict[str, str]
    lines_of_enquiry: tuple[str, ...]
    findings: tuple[Finding, ...]
    letter: dict[str, str]
    accuracy: AccuracyReply | None

    def person(self, role: str) -> Person:
        """The holder of a post: director, lead_member, officer or lead."""
        return next(person for person in self.people if person.role == role)


@dataclass(frozen=True)
class RegionContent:
    """A region's round, whole."""

    slug: str
    as_it_stood_on: date
    preset: str
    priority_areas: dict[str, str]
    priority_summaries: dict[str, str]
    opens: When
    self_assessments_due: When
    closes: When
    people: tuple[Person, ...]
    challenges: tuple[Challenge, ...]
    authorities: tuple[AuthorityContent, ...]

    def authority(self, slug: str) -> AuthorityContent:
        """The authority of that slug."""
        return next(authority for authority in self.authorities if authority.slug == slug)

    def challenge_of(self, host: str) -> Challenge:
        """The challenge in which that authority is the host."""
        return next(challenge for challenge in self.challenges if challenge.host == host)

    def round_name(self, today: date) -> str:
        """The round's name, by the years its window touches."""
        first, last = self.opens.on(today).year, self.closes.on(today).year
        return f"{first} round" if first == last else f"{first} to {last} round"


def _is_working(day: date, closed: Container[date]) -> bool:
    return is_weekday(day) and day not in closed


def _is_turn_of_year(day: date) -> bool:
    return (day.month, day.day) >= (12, 19) or (day.month, day.day) <= (1, 3)
