"""What needs somebody, and when; and where everything they take part in stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from authorities.models import User
from authorities.states import HELD_IN_AN_AUTHORITY, READS_FOR_BOARD, Role
from feedback.models import Letter
from feedback.queries import dues_of
from peerchallenge.queries.messages import failed_in
from peerchallenge.queries.mine import (
    board_rounds,
    letters_for,
    letters_in_work,
    letters_to_approve,
    own_challenges,
    own_participations,
)
from peerchallenge.queries.needs import (
    Need,
    approval_needs,
    challenge_needs,
    letter_needs,
    need,
    offer_needs,
    seat_needs,
    section_needs,
    signing_needs,
    writing_needs,
)
from peerchallenge.queries.needs_of_concerns import concern_needs
from peerchallenge.queries.needs_of_letters import issued_needs, reads_of_others, unmade_needs
from peerchallenge.queries.needs_of_people import days_needs, training_needs
from peerchallenge.queries.needs_of_visits import preparing_needs
from peerchallenge.queries.parts import Part, challenge_parts, shared_parts, written_parts
from peerchallenge.shared.dates import each_day
from rounds.models import Challenge, Participation, Round
from rounds.queries.away import on_these
from rounds.queries.needs import needs_of
from rounds.queries.overview import Standing, standings
from rounds.queries.visits import days_said
from rounds.states import WRITING_OPEN, RoundState, Stage

MOST_DATES = 8
MOST_LETTERS = 20


@dataclass(frozen=True)
class Coming:
    """A day to keep free, or to be done by."""

    day: date
    what: str
    url: str
    # The last, where there are several in a row.
    until: date | None = None

    @property
    def said(self) -> str:
        """“Tuesday 12 January 2027”, “12 to 16 Jan 2027”."""
        if self.until and self.until > self.day:
            return days_said(each_day(self.day, self.until))
        return f"{self.day:%A %-d %B %Y}"


@dataclass(frozen=True)
class IssuedLetter:
    title: str
    hint: str
    url: str
    pdf: str


@dataclass(frozen=True)
class Tile:
    number: int
    label: str


@dataclass(frozen=True)
class Reached:
    """A stage and the authorities that stand there, as a summary list draws them."""

    key: str
    value: str


@dataclass(frozen=True)
class RoundCard:
    """A round for those who follow it: how many authorities stand where, and for the board who."""

    name: str
    url: str
    state: str
    tiles: list[Tile]
    reached: list[Reached]


@dataclass(frozen=True)
class Home:
    needs: list[Need]
    dates: list[Coming]
    letters: list[IssuedLetter]
    parts: list[Part]
    rounds: list[RoundCard]
    has_role: bool
    # For the officer of a region where no round is at work.
    start_url: str = ""
    # They may visit or be visited, so they say here when they cannot.
    visits: bool = False
    # Letters of other authorities are shared with them.
    reads_of_others: bool = False


@dataclass(frozen=True)
class _Found:
    """All that the page reads, before it is put in words."""

    participations: Sequence[Participation]
    challenges: Sequence[Challenge]
    in_work: Sequence[Letter]
    to_approve: Sequence[Letter]
    rounds: Sequence[tuple[Round, list[Standing]]]


def home_of(user: User) -> Home:
    found = _find(user)
    drafted = {letter.challenge_id for letter in found.in_work}
    letters = list(letters_for(user)[:MOST_LETTERS])
    drafted |= {letter.challenge_id for letter in letters}
    needs = [
        *concern_needs(user, on_teams=bool(found.challenges)),
        *writing_needs(user, found.participations),
        *offer_needs(user, found.participations),
        *signing_needs(user, found.participations),
        *section_needs(user),
        *seat_needs(user),
        *days_needs(user),
        *training_needs(user),
        *challenge_needs(user, found.challenges, drafted),
        *preparing_needs(user, found.challenges),
        *letter_needs(user, found.in_work),
        *approval_needs(found.to_approve),
        *(unmade_needs(user) if user.holds(Role.APPROVER) else ()),
        *issued_needs(user, letters),
        *_officer_needs(user, found.rounds),
    ]
    return Home(
        sorted(needs, key=lambda one: one.order),
        sorted(_dates(found), key=lambda one: one.day)[:MOST_DATES],
        [_issued(letter) for letter in letters],
        [
            *written_parts(found.participations),
            *shared_parts(user, found.participations),
            *challenge_parts(found.challenges),
        ],
        [_card(user, round, standing) for round, standing in found.rounds],
        has_role=bool(user.current_memberships) or bool(found.challenges),
        start_url=_start_url(user, found.rounds),
        visits=user.holds(*HELD_IN_AN_AUTHORITY) or bool(found.challenges),
        reads_of_others=reads_of_others(user),
    )


def _find(user: User) -> _Found:
    challenges = list(own_challenges(user))
    followed = board_rounds(user) if user.holds(*READS_FOR_BOARD) else []
    approver = user.holds(Role.APPROVER)
    return _Found(
        list(own_participations(user)),
        challenges,
        letters_in_work(user, challenges) if challenges else [],
        list(letters_to_approve(user)) if approver else [],
        [(round, standings(round)) for round in followed],
    )


def _start_url(user: User, rounds: Sequence[tuple[Round, list[Standing]]]) -> str:
    at_work = {round.region_id for round, _ in rounds}
    idle = [pk for pk in user.regions_where(Role.BOARD_OFFICER) if pk not in at_work]
    return f"{reverse('round_new')}?region={idle[0]}" if idle else ""


def _officer_needs(user: User, rounds: Sequence[tuple[Round, list[Standing]]]) -> Iterator[Need]:
    run = [
        (round, found)
        for round, found in rounds
        if user.holds(Role.BOARD_OFFICER, region=round.region_id)
    ]
    failed = failed_in(round for round, _ in run)
    for round, found in run:
        if round.state == RoundState.DRAFT:
            url = reverse("round_invite", args=[round.pk])
            yield need(f"Check {round.name} and invite its authorities", url, "A draft so far.")
        for one in needs_of(round, found, today=timezone.localdate()):
            yield Need(one.link, one.url, _sentence(one.rest, round), one.tag, one.colour)
        yield from _letters_to_issue(round)
        if count := failed.get(round.pk):
            url = reverse("round_messages", args=[round.pk])
            yield Need(_counted(count, "message"), url, f"Not sent. {round.name}.", "Failed", "red")


def _letters_to_issue(round: Round) -> Iterator[Need]:
    approved = Letter.objects.approved().filter(challenge__round=round).with_challenge()
    letters = list(approved.defer("sent_content").prefetch_related("challenge__days"))
    if letters:
        url = reverse("round_letters", args=[round.pk])
        days = [due.day for one in letters for due in dues_of(one.challenge, one)]
        title = f"Issue {_counted(len(letters), 'letter')}"
        hint = f"Approved and ready. {round.name}."
        yield need(title, url, hint, min(days, default=None))


def _sentence(rest: str, round: Round) -> str:
    return f"{rest[:1].upper()}{rest[1:]}. {round.name}."


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _dates(found: _Found) -> Iterator[Coming]:
    today = timezone.localdate()
    seen = {challenge.pk for challenge in found.challenges}
    followed = [
        one.challenge
        for _, standing in found.rounds
        for one in standing
        if one.challenge and one.challenge.pk not in seen
    ]
    for challenge in [*found.challenges, *followed]:
        labels = {phase.id: phase.label for phase in challenge.round.format.phases}
        for visit in challenge.days.all():
            last = max(on_these(challenge, visit))
            if last >= today:
                label = labels.get(visit.phase, visit.phase).partition(":")[0]
                url = reverse("challenge", args=[challenge.pk])
                yield Coming(visit.day, f"{label}: {challenge}", url, last)
    yield from _due(found, today)


def _due(found: _Found, today: date) -> Iterator[Coming]:
    own = [one.round for one in found.participations if one.self_assessment.state in WRITING_OPEN]
    for round in own:
        if round.self_assessment_due >= today:
            one = next(p for p in found.participations if p.round_id == round.pk)
            url = reverse("self_assessment", args=[one.self_assessment.pk])
            yield Coming(round.self_assessment_due, "Self-assessment due", url)
    for round, standing in found.rounds:
        if round.self_assessment_due >= today and not all(one.sent for one in standing):
            url = reverse("round", args=[round.pk])
            yield Coming(round.self_assessment_due, f"Self-assessments due, {round.name}", url)


def _issued(letter: Letter) -> IssuedLetter:
    challenge = letter.challenge
    host, challengers = challenge.host_authority.name, challenge.challengers_said
    day = letter.issued_on
    since = ", replaced since" if letter.is_replaced else ""
    return IssuedLetter(
        f"Feedback letter to {host} (PDF)",
        f"{letter.reference}, from {challengers}, issued on {day:%-d %B %Y}{since}" if day else "",
        reverse("letter", args=[letter.pk]),
        reverse("letter_pdf", args=[letter.pk]),
    )


def _card(user: User, round: Round, found: Sequence[Standing]) -> RoundCard:
    places = {stage: sorted(one.name for one in found if one.stage == stage) for stage in Stage}
    runs = user.holds(Role.BOARD_OFFICER, region=round.region_id)
    return RoundCard(
        round.name,
        reverse("round", args=[round.pk]),
        round.get_state_display(),
        [Tile(len(names), str(stage.label)) for stage, names in places.items() if names],
        [
            Reached(str(stage.label), ", ".join(names))
            for stage, names in places.items()
            if names and not runs
        ],
    )
