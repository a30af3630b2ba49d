"""The clock of a letter: what is due when, how it stands, and who is to be reminded today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from feedback.models import Letter, LetterReminder
from feedback.models.letter import LetterQuerySet
from feedback.queries.deadlines import after_visit, letter_due, reply_due
from feedback.queries.turns import Turn, turn_before_letter, turn_of
from feedback.states import BEING_WRITTEN, SEALED, LetterState, LetterStep
from peerchallenge.shared.dates import (
    each_day,
    is_working_day,
    working_days_after,
    working_days_before,
)
from rounds.models import Challenge, Round
from rounds.states import ChallengeState, RoundState

# From so many working days before it, a deadline is said to be near.
NEAR = 3
# The host has five working days to reply.
REPLY_NEAR = 2
REMINDED_IN = (RoundState.UNDER_WAY, RoundState.FOLLOWING_UP)
WRITTEN_IN = (ChallengeState.ON_SITE, ChallengeState.FED_BACK, ChallengeState.LETTER)


@dataclass(frozen=True)
class Due:
    """“Draft due 14 January, in 3 working days”; of a step of the letter, never of a council."""

    what: str
    day: date

    @property
    def said(self) -> str:
        return due_said(self.what, self.day, timezone.localdate())

    @property
    def tag(self) -> str:
        today = timezone.localdate()
        return "Overdue" if is_past(self.day, today) else "Soon" if is_near(self.day, today) else ""

    @property
    def colour(self) -> str:
        return "yellow" if self.tag == "Overdue" else "blue"


def is_past(day: date, today: date) -> bool:
    return today > day


def is_near(day: date, today: date, *, near: int = NEAR) -> bool:
    return today <= day <= working_days_after(today, near)


def due_said(what: str, day: date, today: date) -> str:
    """With the distance once it is near or past."""
    written = _written(day, today)
    if is_past(day, today):
        ago = (today - day).days
        return f"{what} was due {written}, {'yesterday' if ago == 1 else f'{ago} days ago'}"
    if not is_near(day, today):
        return f"{what} due {written}"
    return f"{what} due {written}, {_ahead(day, today)}"


def _written(day: date, today: date) -> str:
    """With the year where it is another."""
    return f"{day.day} {day:%B}" if day.year == today.year else f"{day.day} {day:%B %Y}"


def _ahead(day: date, today: date) -> str:
    if (day - today).days < 2:
        return "today" if day == today else "tomorrow"
    left = sum(is_working_day(one) for one in each_day(today, day)[1:])
    return f"in {left} working day{'' if left == 1 else 's'}"


def dues_of(challenge: Challenge, letter: Letter | None) -> list[Due]:
    """What of the letter is still to come, the next first; nothing before the visit has days."""
    return [Due(what, day) for what, day in _steps(challenge, letter) if day is not None]


def issued_said(challenge: Challenge, letter: Letter) -> str:
    """“Issued 3 February, 2 days after it was due”; of a correction only the day."""
    if letter.issued_on is None or letter.state not in SEALED:
        return ""
    due = letter_due(letter, "letter_issued")
    said = f"Issued {_written(letter.issued_on, timezone.localdate())}"
    if due is None:
        return said
    late = (letter.issued_on - due).days
    if late <= 0:
        return f"{said}, in time"
    return f"{said}, {late} day{'' if late == 1 else 's'} after it was due"


def _steps(challenge: Challenge, letter: Letter | None) -> Iterator[tuple[str, date | None]]:
    if letter is not None and (letter.state in SEALED or letter.supersedes_id):
        # A correction has no day of its own: the letter it replaces was issued.
        if letter.state == LetterState.WITH_HOST:
            yield "Host’s reply", reply_due(letter)
        return
    if letter is None or (letter.state in BEING_WRITTEN and letter.sent_to_host_at is None):
        yield "Draft", after_visit(challenge, "letter_drafted")
    elif letter.state == LetterState.WITH_HOST:
        yield "Host’s reply", reply_due(letter)
    yield "Issue", after_visit(challenge, "letter_issued")


@dataclass(frozen=True)
class Reminding:
    """Whose turn it is with a letter, when it is due, and whether that day has passed."""

    challenge: Challenge
    letter: Letter | None
    step: LetterStep
    due: date
    late: bool

    def is_as(self, reminder: LetterReminder) -> bool:
        return (self.step, self.due) == (reminder.step, reminder.due)


def to_remind(challenge: Challenge, today: date) -> Reminding | None:
    """What somebody is reminded of today; None where nothing is near, past or theirs to do.

    A host is reminded before its days run out; after them its silence is agreement.
    """
    letter = _newest(Letter.objects.filter(challenge=challenge)).first()
    turn = _turn(challenge, letter)
    if turn.step is None or turn.by is None:
        return None
    late = is_past(turn.by, today)
    near = is_near(turn.by, today, near=_near(turn.step))
    if not (near or (late and turn.step != LetterStep.REPLY)):
        return None
    return Reminding(challenge, letter, turn.step, turn.by, late)


def _newest(letters: LetterQuerySet) -> LetterQuerySet:
    found = letters.with_challenge().defer("pdf", "content", "sent_content")
    return found.order_by("-version")


def _turn(challenge: Challenge, letter: Letter | None) -> Turn:
    if letter is None:
        return turn_before_letter(challenge, "")
    letter.challenge = challenge  # whose days are fetched
    return turn_of(letter, "")


def _near(step: LetterStep) -> int:
    return REPLY_NEAR if step == LetterStep.REPLY else NEAR


@dataclass(frozen=True)
class LetterToCome:
    """Who is reminded of a letter as it stands today, and on which days."""

    host: str
    who: str
    what: str
    due: date
    days: list[date]

    @property
    def is_now(self) -> bool:
        """The first goes out as soon as the clock looks."""
        return self.days[0] <= timezone.localdate()


def letter_reminders_to_come(round: Round) -> list[LetterToCome]:
    """The next first; whoever is quicker than that is not reminded."""
    today = timezone.localdate()
    challenges = list(with_letters_to_come().filter(round=round))
    letters: dict[int, Letter] = {}
    for letter in _newest(Letter.objects.filter(challenge__in=challenges)):
        letters.setdefault(letter.challenge_id, letter)
    promised = set(
        LetterReminder.objects.filter(challenge__in=challenges).values_list(
            "challenge", "step", "due", "late"
        )
    )
    found = []
    for challenge in challenges:
        turn = _turn(challenge, letters.get(challenge.pk))
        if turn.step is None or turn.by is None:
            continue
        days = {False: working_days_before(turn.by, _near(turn.step))}
        if turn.step != LetterStep.REPLY:
            days[True] = turn.by + timedelta(days=1)
        left = [
            max(day, today)
            for late, day in days.items()
            if (challenge.pk, turn.step, turn.by, late) not in promised
            and (late or not is_past(turn.by, today))
        ]
        if left:
            host = challenge.host_authority.name
            found.append(LetterToCome(host, turn.who, turn.what, turn.by, left))
    return sorted(found, key=lambda one: (one.days[0], one.host))


def with_letters_to_come() -> QuerySet[Challenge]:
    """The visit is over, or on; the letter is not issued."""
    corrected = Letter.objects.exclude(state__in=SEALED).values("challenge")
    return (
        Challenge.objects.with_both_sides()
        .filter(
            Q(state__in=WRITTEN_IN) | Q(pk__in=corrected.order_by()),
            round__state__in=REMINDED_IN,
        )
        .prefetch_related("days")
        .order_by("pk")
    )
