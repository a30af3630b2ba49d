"""What a visit looks at: lines of enquiry with limbs, written and agreed by both sides."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from authorities.models import User
from peerchallenge.audit.actions import record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.answers import Refused, no
from rounds import permissions
from rounds.models import Challenge, EnquiryLine, Limb, Question, Scope
from rounds.states import CHALLENGE, ChallengeState

MOST_LINES = 12
MOST_LIMBS = 10
Words = TypeVar("Words", EnquiryLine, Limb)


class WordsChanged(Exception):
    """Somebody changed this text since the person's page was drawn; `now` is what stands there."""

    def __init__(self, now: EnquiryLine | Limb) -> None:
        super().__init__("the words changed")
        self.now = now


class ScopeChanged(Exception):
    """Somebody changed a line since the person read what they agree to."""


@transaction.atomic
def add_line(challenge: Challenge, text: str, *, by: User) -> EnquiryLine:
    """At the end; the same words pressed twice are one line."""
    challenge, scope = _written(challenge, by)
    there = challenge.lines.filter(text=text).first()
    return there or _add(challenge, scope, by, text=text)


@transaction.atomic
def take_area(challenge: Challenge, *, by: User) -> EnquiryLine:
    """The area that the host chose becomes a line, once."""
    challenge, scope = _written(challenge, by)
    if there := challenge.lines.filter(from_area=True).first():
        return there
    if not challenge.area_name:
        no("The host has not chosen its area yet.").require()
    return _add(challenge, scope, by, text=challenge.area_name, from_area=True)


@transaction.atomic
def take_questions(
    challenge: Challenge, questions: Collection[int], *, by: User
) -> list[EnquiryLine]:
    """Each of these questions of the self-assessment becomes a line, which keeps the link."""
    challenge, scope = _written(challenge, by)
    permissions.take_questions(by, challenge).require()
    taken = challenge.lines.filter(question__isnull=False).values("question")
    asked = Question.objects.asked().filter(section__round=challenge.round_id)
    rows = asked.filter(pk__in=list(questions)).exclude(pk__in=taken)
    return [_add(challenge, scope, by, text=row.text, question=row) for row in rows]


@transaction.atomic
def change_line(line: EnquiryLine, text: str, *, seen: str, by: User) -> EnquiryLine:
    """`seen` is the mark that was on the page: raises WordsChanged when it is another by now."""
    challenge, scope = _written(line.challenge, by)
    line = _there(challenge.lines.filter(pk=line.pk).first())
    return _change(line, text, seen, (challenge, scope), by, verb="scope.line_changed")


@transaction.atomic
def move_line(line: EnquiryLine, *, up: bool, by: User) -> EnquiryLine:
    """Another order is no change of words: what was agreed stays agreed."""
    challenge, _ = _written(line.challenge, by)
    if _swap(list(challenge.lines.all()), line, up=up):
        record("scope.line_moved", challenge, by=by, line=line.pk)
    return line


@transaction.atomic
def remove_line(line: EnquiryLine, *, by: User) -> Challenge:
    """Its limbs go with it; sessions planned for it stay, and are about no line in particular."""
    challenge, scope = _written(line.challenge, by)
    if there := challenge.lines.filter(pk=line.pk).first():
        record("scope.line_removed", challenge, by=by, line=line.pk)
        there.delete()
        _reworded(challenge, scope, by)
    return challenge


@transaction.atomic
def add_limb(line: EnquiryLine, text: str, *, by: User) -> Limb:
    challenge, scope = _written(line.challenge, by)
    line = _there(challenge.lines.filter(pk=line.pk).first())
    limbs = list(line.limbs.all())
    if there := next((one for one in limbs if one.text == text), None):
        return there
    if len(limbs) >= MOST_LIMBS:
        no(f"It has {MOST_LIMBS} parts, which is the most. Take one out first.").require()
    limb = line.limbs.create(
        position=max([one.position for one in limbs], default=0) + 1, text=text
    )
    record("scope.limb_added", challenge, by=by, line=line.pk)
    _reworded(challenge, scope, by)
    return limb


@transaction.atomic
def change_limb(limb: Limb, text: str, *, seen: str, by: User) -> Limb:
    challenge, scope = _written(limb.line.challenge, by)
    limb = _there(Limb.objects.filter(pk=limb.pk).first())
    return _change(limb, text, seen, (challenge, scope), by, verb="scope.limb_changed")


@transaction.atomic
def move_limb(limb: Limb, *, up: bool, by: User) -> Limb:
    challenge, _ = _written(limb.line.challenge, by)
    if _swap(list(limb.line.limbs.all()), limb, up=up):
        record("scope.limb_moved", challenge, by=by, line=limb.line_id)
    return limb


@transaction.atomic
def remove_limb(limb: Limb, *, by: User) -> Challenge:
    challenge, scope = _written(limb.line.challenge, by)
    if there := Limb.objects.filter(pk=limb.pk).first():
        record("scope.limb_removed", challenge, by=by, line=there.line_id)
        there.delete()
        _reworded(challenge, scope, by)
    return challenge


@transaction.atomic
def agree_scope(challenge: Challenge, *, version: int, by: User) -> Scope:
    """One side agrees; with the other's word the challenge is scoped and both are told.

    `version` is what was on the page: raises ScopeChanged when the words are others by now.
    """
    challenge = Challenge.objects.locked(challenge.pk)
    scope = scope_of(challenge)
    permissions.agree_scope(by, challenge).require()
    if version != scope.version:
        raise ScopeChanged
    if not challenge.lines.exists():
        no("There is nothing to agree yet: write a line first.").require()
    side = "host" if permissions.speaks_for_host(by, challenge) else "lead"
    if getattr(scope, f"{side}_agreed_at"):
        return scope
    _sign(scope, side, by)
    record(f"scope.{side}_agreed", challenge, by=by, version=version)
    if scope.agreed:
        if challenge.state == ChallengeState.ACCEPTED:
            _becomes(challenge, ChallengeState.SCOPED, by)
        promise("rounds.tell_host_scope_agreed", challenge.pk)
        promise("rounds.tell_challenger_scope_agreed", challenge.pk)
    else:
        other = "lead" if side == "host" else "host"
        promise(f"rounds.ask_{other}_to_agree_scope", challenge.pk)
    return scope


@transaction.atomic
def unagree_scope(challenge: Challenge, *, by: User) -> Scope:
    """One side takes its word back; the other's stands, and it is told."""
    challenge = Challenge.objects.locked(challenge.pk)
    scope = scope_of(challenge)
    permissions.agree_scope(by, challenge).require()
    side = "host" if permissions.speaks_for_host(by, challenge) else "lead"
    if not getattr(scope, f"{side}_agreed_at"):
        return scope
    was_agreed = scope.agreed
    _sign(scope, side, None)
    record(f"scope.{side}_unagreed", challenge, by=by)
    if was_agreed:
        _reopened(challenge, by)
        other = "lead" if side == "host" else "host"
        promise(f"rounds.tell_{other}_scope_reopened", challenge.pk)
    return scope


def scope_of(challenge: Challenge) -> Scope:
    """Made with the first word that anybody writes."""
    return Scope.objects.get_or_create(challenge=challenge)[0]


def _written(challenge: Challenge, by: User) -> tuple[Challenge, Scope]:
    """The challenge is the lock: nobody agrees while somebody changes a word."""
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.write_scope(by, challenge).require()
    return challenge, scope_of(challenge)


def _there(row: Words | None) -> Words:
    if row is None:
        raise Refused("Somebody has taken it out meanwhile.")
    return row


def _add(challenge: Challenge, scope: Scope, by: User, **words: Any) -> EnquiryLine:
    there = list(challenge.lines.values_list("position", flat=True))
    if len(there) >= MOST_LINES:
        no(f"There are {MOST_LINES}, which is the most. Take one out first.").require()
    line = challenge.lines.create(position=max(there, default=0) + 1, **words)
    record("scope.line_added", challenge, by=by, line=line.pk)
    _reworded(challenge, scope, by)
    return line


def _change(
    row: Words, text: str, seen: str, of: tuple[Challenge, Scope], by: User, *, verb: str
) -> Words:
    if row.text == text:
        return row
    if seen != row.seen:
        raise WordsChanged(row)
    row.text = text
    row.save(update_fields=["text"])
    challenge, scope = of
    record(verb, challenge, by=by)
    _reworded(challenge, scope, by)
    return row


def _swap(rows: list[Any], row: EnquiryLine | Limb, *, up: bool) -> bool:
    """Whether there was another to change places with."""
    place = rows.index(row) if row in rows else -1
    other = place - 1 if up else place + 1
    if place < 0 or not 0 <= other < len(rows):
        return False
    rows[place], rows[other] = rows[other], rows[place]
    for position, one in enumerate(rows, 1):
        type(row).objects.filter(pk=one.pk).update(position=position)
    return True


def _reworded(challenge: Challenge, scope: Scope, by: User) -> None:
    """Other words than were agreed: both sides' word is gone, and whoever gave it is told."""
    agreed = [side for side in ("host", "lead") if getattr(scope, f"{side}_agreed_at")]
    whole = scope.agreed
    scope.version += 1
    scope.save(update_fields=["version"])
    for side in agreed:
        if getattr(scope, f"{side}_agreed_by_id") != by.pk:
            promise(f"rounds.tell_{side}_scope_reopened", challenge.pk)
        _sign(scope, side, None)
    if agreed:
        record("scope.reopened", challenge, by=by)
    if whole:
        _reopened(challenge, by)


def _reopened(challenge: Challenge, by: User) -> None:
    """Where the format asks for a scope, nothing is ready without one."""
    asked = challenge.round.format.asks("scope_agreed")
    if challenge.state == ChallengeState.SCOPED or (
        challenge.state == ChallengeState.READY and asked
    ):
        _becomes(challenge, ChallengeState.ACCEPTED, by)


def _becomes(challenge: Challenge, then: ChallengeState, by: User) -> None:
    CHALLENGE.may(challenge.state, then).require()
    challenge.state = then
    challenge.save(update_fields=["state"])
    if then == ChallengeState.SCOPED:
        record("challenge.scoped", challenge, by=by)


def _sign(scope: Scope, side: str, by: User | None) -> None:
    setattr(scope, f"{side}_agreed_at", timezone.now() if by else None)
    setattr(scope, f"{side}_agreed_by", by)
    scope.save(update_fields=[f"{side}_agreed_at", f"{side}_agreed_by"])
