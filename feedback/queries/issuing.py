"""The letters of a round: how far each has got, who gets them, and how issuing goes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Prefetch, Q

from authorities.models import Membership, User
from authorities.states import Role
from feedback.models import Letter
from feedback.queries.clock import Due, dues_of, issued_said
from feedback.queries.turns import COLOURS, Turn, turn_before_letter, turn_of
from feedback.states import LetterState
from peerchallenge.outbox.models import Effect, EffectState
from rounds.models import Challenge, Round, TeamMember
from rounds.states import LIVE

RENDER = "feedback.render_letter"
# What a letter's own words caused is said as it is; anything else is ours to look into.
SAID_PLAINLY = "RenderingFailed: "
WHO_MENDS = "The approver can send it back to the team to be put right."


@dataclass(frozen=True)
class LetterRow:
    """One challenge of the round, and its letter where there is one."""

    challenge: Challenge
    letter: Letter | None
    state: str
    colour: str
    turn: Turn
    failure: str = ""
    will_retry: bool = False
    may_issue: bool = False
    moved_at: datetime | None = None
    # The one that counts, even while a correction of it is written.
    issued: Letter | None = None

    @property
    def dues(self) -> list[Due]:
        return dues_of(self.challenge, self.letter)

    @property
    def issued_said(self) -> str:
        return issued_said(self.challenge, self.letter) if self.letter else ""

    @property
    def due_first(self) -> date:
        """What has no day comes last."""
        return min((due.day for due in self.dues), default=date.max)

    @property
    def why_not_now(self) -> str:
        """Why it does not go out with the others, for whoever issues them."""
        if self.letter is None:
            return "No letter yet"
        if self.letter.state == LetterState.APPROVED:
            return "You had a hand in it: somebody else must issue it"
        if self.has_failed:
            return f"Its PDF could not be made. {self.failure}"
        return self.state

    @property
    def has_failed(self) -> bool:
        return bool(self.failure) and not self.will_retry


@dataclass(frozen=True)
class RoundLetters:
    rows: list[LetterRow]

    @property
    def ready(self) -> list[LetterRow]:
        return [row for row in self.rows if row.may_issue]

    def ready_among(self, only: int | None) -> list[LetterRow]:
        """All that can go now, or that one of them."""
        return [row for row in self.ready if row.letter and only in (None, row.letter.pk)]

    @property
    def issued(self) -> int:
        return sum(row.issued is not None for row in self.rows)

    @property
    def issuing(self) -> bool:
        return any(row.letter and row.letter.state == LetterState.ISSUING for row in self.rows)

    @property
    def overdue(self) -> int:
        return sum(any(due.tag == "Overdue" for due in row.dues) for row in self.rows)

    def by_due(self) -> RoundLetters:
        return RoundLetters(sorted(self.rows, key=lambda row: row.due_first))

    @property
    def failed(self) -> list[LetterRow]:
        return [row for row in self.rows if row.has_failed]

    @property
    def held_back(self) -> list[LetterRow]:
        """Those that do not go with the others, and are not issued yet."""
        return [
            row
            for row in self.rows
            if not row.may_issue and not (row.letter and row.letter.is_sealed)
        ]


@dataclass(frozen=True)
class Recipient:
    """To whom a letter goes when it is issued."""

    letter: Letter
    authority: str
    director: str


def render_effects(letter_ids: Collection[int]) -> dict[int, Effect]:
    """The newest promise to make each letter's PDF."""
    promised = Effect.objects.of(RENDER, list(letter_ids)).order_by("pk")
    return {effect.argument: effect for effect in promised}


def round_letters(round: Round, user: User) -> RoundLetters:
    """Every challenge that stands, by its host's name."""
    challenges = _challenges(round)
    every = list(_newest(round))
    letters = {letter.challenge_id: letter for letter in every}
    issued = {letter.challenge_id: letter for letter in every if letter.is_sealed}
    effects = render_effects([letter.pk for letter in letters.values()])
    own = written_by(user, letters.values())
    return RoundLetters(
        [
            replace(
                _row(challenge, letters.get(challenge.pk), effects, own),
                issued=issued.get(challenge.pk),
            )
            for challenge in challenges
        ]
    )


def letter_of_round(round: Round, pk: int) -> Letter | None:
    return Letter.objects.with_challenge().filter(challenge__round=round, pk=pk).first()


def recipients(rows: Iterable[LetterRow]) -> list[Recipient]:
    """Each letter's host, and who is its director today."""
    letters = [row.letter for row in rows if row.letter]
    hosts = [letter.challenge.host.authority_id for letter in letters]
    held = (
        Membership.objects.current()
        .filter(role=Role.DIRECTOR, authority__in=hosts, user__is_active=True)
        .select_related("user")
        .order_by("-user__name")
    )
    directors = {membership.authority_id: membership.user.name for membership in held}
    return [
        Recipient(
            letter,
            letter.challenge.host_authority.name,
            directors.get(letter.challenge.host.authority_id, ""),
        )
        for letter in letters
    ]


def written_by(user: User, letters: Iterable[Letter]) -> set[int]:
    """Those the person had a hand in, or was ever on the team of, and so cannot release."""
    found = Letter.objects.filter(
        Q(drafted_by=user)
        | Q(parts__saved_by=user)
        | Q(challenge__in=user.seats.values("challenge")),
        pk__in=[letter.pk for letter in letters],
    )
    return set(found.values_list("pk", flat=True))


def _challenges(round: Round) -> Iterable[Challenge]:
    leads = TeamMember.objects.current().leads().select_related("user")
    return (
        round.challenges.filter(state__in=LIVE)
        .with_both_sides()
        .prefetch_related("days", Prefetch("team", queryset=leads, to_attr="current_leads"))
    )


def _newest(round: Round) -> Iterable[Letter]:
    letters = Letter.objects.filter(challenge__round=round).order_by("version")
    return letters.defer("pdf", "content", "sent_content")


def _row(
    challenge: Challenge, letter: Letter | None, effects: dict[int, Effect], own: set[int]
) -> LetterRow:
    leads: list[TeamMember] = challenge.current_leads  # type: ignore[attr-defined] # prefetched
    lead = leads[0].user.name if leads else ""
    if letter is None:
        turn = turn_before_letter(challenge, lead)
        return LetterRow(challenge, None, "No letter yet", "grey", turn)
    letter.challenge = challenge
    effect = effects.get(letter.pk) if letter.state == LetterState.ISSUING else None
    return LetterRow(
        challenge,
        letter,
        letter.get_state_display(),
        COLOURS[LetterState(letter.state)],
        turn_of(letter, lead),
        reason_of(effect),
        effect is not None and effect.state != EffectState.FAILED,
        letter.state == LetterState.APPROVED and letter.pk not in own,
        _moved_at(letter, effect),
    )


def _moved_at(letter: Letter, effect: Effect | None) -> datetime:
    """When its row last changed: its state, or what became of making its PDF."""
    tried = [effect.started_at, effect.ended_at] if effect else []
    return max(filter(None, [letter.since, *tried]))


def unmade(letters: Iterable[Letter]) -> list[Letter]:
    """Those of letters being issued whose PDF will not come about by itself."""
    found = {letter.pk: letter for letter in letters}
    return [
        found[pk]
        for pk, effect in render_effects(found).items()
        if effect.state == EffectState.FAILED
    ]


def failure_of(letter: Letter) -> str:
    """Why its PDF will not come about by itself; empty while it may, and once it has."""
    if letter.state != LetterState.ISSUING:
        return ""
    effect = render_effects([letter.pk]).get(letter.pk)
    return reason_of(effect) if effect and effect.state == EffectState.FAILED else ""


def reason_of(effect: Effect | None) -> str:
    """Why a PDF has not come about, for an officer; empty when nothing has gone wrong."""
    if effect is None or not effect.error:
        return ""
    if effect.error.startswith(SAID_PLAINLY):
        return f"{effect.error.removeprefix(SAID_PLAINLY).rstrip('.')}. {WHO_MENDS}"
    if ":" not in effect.error:  # a sentence of the queue's own, such as “It took longer …”
        return f"The PDF could not be made. {effect.error}"
    return f"Something went wrong while the PDF was made ({effect.error.partition(':')[0]})."
