"""What a round has sent, is about to send, and could not send."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Q

from feedback.queries.issuing import SAID_PLAINLY
from peerchallenge.outbox.models import Effect, EffectQuerySet, EffectState
from peerchallenge.queries.names_of_messages import Names, names_in
from peerchallenge.queries.paging import with_rows
from peerchallenge.queries.sentences_of_messages import QUIET, SENTENCES
from rounds.models import (
    Round,
)

PER_PAGE = 50
LONGEST_REASON = 300
HELD_UP = "Held up"


@dataclass(frozen=True)
class Message:
    """One promise: a mail, or a letter’s PDF."""

    pk: int
    what: str
    state: str
    colour: str
    when: datetime
    attempts: int
    reason: str
    next_try: datetime | None


@dataclass(frozen=True)
class Messages:
    """Of many that wait, those that are the first to be tried are listed."""

    failed: list[Message]
    waiting: list[Message]
    waiting_in_all: int
    done: Page[Message]

    @property
    def resting(self) -> bool:
        """Tried, and to be tried again by itself."""
        return any(message.next_try for message in self.waiting)

    @property
    def held_up(self) -> bool:
        """By the mail server, and by nothing of their own."""
        return any(message.state == HELD_UP for message in self.waiting)


def messages_of(round: Round, page: int) -> Messages:
    names = names_in(round)
    effects = _effects(names)
    told = effects.exclude(task__in=QUIET)
    done = told.filter(state=EffectState.DONE).order_by("-ended_at", "-pk")
    found = Paginator(done, PER_PAGE).get_page(page)
    listed = with_rows(found, [_message(effect, names) for effect in found.object_list])
    failed = effects.failed().order_by("-ended_at", "-pk")
    waiting = told.filter(state__in=[EffectState.WAITING, EffectState.RUNNING])
    first = waiting.order_by("promised_at", "pk")[:PER_PAGE]
    return Messages(
        [_message(effect, names) for effect in failed],
        [_message(effect, names) for effect in first],
        waiting.count(),
        listed,
    )


def effect_of(round: Round, pk: int) -> Effect | None:
    """A promise of this round and of no other."""
    return _effects(names_in(round)).filter(pk=pk).first()


def failed_in(rounds: Iterable[Round]) -> dict[int, int]:
    """How many promises of each round could not be kept; one query as long as none failed."""
    rounds = list(rounds)
    if not rounds or not Effect.objects.failed().filter(task__in=SENTENCES).exists():
        return {}
    return {round.pk: _effects(names_in(round)).failed().count() for round in rounds}


def _effects(names: Names) -> EffectQuerySet:
    wanted = Q(pk__in=[])
    for kind, rows in names.items():
        tasks = [task for task, (about, _) in SENTENCES.items() if about == kind]
        wanted |= Q(task__in=tasks, argument__in=list(rows))
    return Effect.objects.filter(wanted)


def _message(effect: Effect, names: Names) -> Message:
    kind, sentence = SENTENCES[effect.task]
    resting = effect.state == EffectState.WAITING and effect.attempts > 0
    label, colour = {
        EffectState.DONE: ("Sent", "green"),
        EffectState.FAILED: ("Failed", "red"),
        EffectState.RUNNING: ("Being sent", "blue"),
        EffectState.WAITING: (HELD_UP, "yellow") if effect.hold_ups else ("Waiting", "grey"),
    }[EffectState(effect.state)]
    return Message(
        effect.pk,
        sentence.format(**names[kind][effect.argument]),
        label,
        colour,
        effect.ended_at or effect.promised_at,
        effect.attempts,
        effect.error.removeprefix(SAID_PLAINLY)[:LONGEST_REASON],
        effect.sweep_after if resting else None,
    )
