from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from authorities.models import User
from feedback import permissions, queries
from feedback.actions.letters import lock, move
from feedback.models import AccuracyPoint, AccuracyReply, Letter
from feedback.states import LetterState, PointOutcome
from peerchallenge.audit.actions import Clock, record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.answers import no
from peerchallenge.shared.marks import mark_of


class NotedMeanwhile(Exception):
    """A colleague noted something since the page was drawn; `theirs` is how it reads now."""

    def __init__(self, theirs: AccuracyPoint | None = None) -> None:
        super().__init__("noted in the meantime")
        self.theirs = theirs


class AnsweredMeanwhile(Exception):
    """These points were answered since the page was drawn."""

    def __init__(self, theirs: list[AccuracyPoint]) -> None:
        super().__init__("answered in the meantime")
        self.theirs = theirs


@dataclass(frozen=True)
class PointAnswer:
    """What the lead did about a point, and what they say to it."""

    outcome: str
    answer: str = ""


@transaction.atomic
def note_point(
    letter: Letter, place: str, wrong: str, *, seen: str | None = None, by: User
) -> AccuracyPoint | None:
    """Keep what is wrong with one paragraph until the reply is sent; nothing wrong takes it back.

    `seen` is the `AccuracyPoint.seen` on the person's page: where a colleague has noted something
    else since, NotedMeanwhile is raised and nothing is kept.
    """
    letter, wrong = lock(letter), wrong.strip()
    permissions.note_point(by, letter).require()
    found = queries.place_in(letter, place)
    if found is None:
        no("The letter has no such paragraph.").require()
    there = letter.points.filter(reply=None, place=place).select_related("by").first()
    if wrong == (there.wrong if there else ""):
        return there
    if seen is not None and seen != (there.seen if there else mark_of("")):
        raise NotedMeanwhile(there)
    point, _new = AccuracyPoint.objects.update_or_create(
        letter=letter,
        reply=None,
        place=place,
        defaults={"wrong": wrong, "quoted": found.text if found else "", "by": by},
    )
    record("letter.point_noted", letter, by=by, place=place)
    return point


@transaction.atomic
def reply_on_accuracy(
    letter: Letter, *, agrees: bool, comment: str = "", seen: str | None = None, by: User | Clock
) -> AccuracyReply:
    """The host agrees, and the approver is next; or it says what is wrong, and the team is.

    What its people noted while they read becomes part of the reply. `seen` is the `Check.seen` on
    the person's page: where a colleague has noted something since, NotedMeanwhile is raised.
    """
    letter = lock(letter)
    permissions.reply_on_accuracy(by, letter).require()
    noted = list(letter.points.noted())
    if seen is not None and seen != queries.seen_of({point.place: point.wrong for point in noted}):
        raise NotedMeanwhile
    if agrees and noted:
        no("Something is noted as wrong: send it to the team, or take it back first.").require()
    if not agrees and not noted and not comment.strip():
        no("Say what is wrong, so that the team can put it right.").require()
    # Silence is nobody's to confirm: what is noted by then goes with its warning.
    if isinstance(by, User):
        permissions.noted_details_settled(letter).require()
    reply = AccuracyReply.objects.create(
        letter=letter,
        agrees=agrees,
        comment=comment,
        corrections=len(noted),
        content=letter.sent_content,
        by=by if isinstance(by, User) else None,
    )
    letter.points.filter(reply=None, wrong="").delete()
    letter.points.noted().update(reply=reply)
    move(letter, LetterState.CHECKED if agrees else LetterState.WITH_TEAM)
    record("letter.accuracy_replied", letter, by=by, agrees=agrees, points=len(noted))
    promise("feedback.tell_lead_of_reply", letter.pk)
    if agrees:
        promise("feedback.ask_for_approval", letter.pk)
    return reply


@transaction.atomic
def count_silence_as_agreement(letter: Letter, *, by: Clock) -> Letter:
    """The host's days have run out: what was noted and not sent counts as sent, silence as
    agreement. Run again it changes nothing."""
    letter = lock(letter)
    if letter.state == LetterState.WITH_HOST and queries.reply_overdue(letter):
        reply_on_accuracy(letter, agrees=not letter.points.noted().exists(), by=by)
    return letter


@transaction.atomic
def answer_points(
    letter: Letter,
    answers: Mapping[int, PointAnswer],
    *,
    seen: Mapping[int, str] | None = None,
    by: User,
) -> Letter:
    """What the lead did about some points of the host, point to answer; the others wait.

    `seen` is the `AccuracyPoint.answer_seen` of each on the person's page: where one was answered
    otherwise since, AnsweredMeanwhile is raised and nothing is saved.
    """
    letter = lock(letter)
    permissions.answer_points(by, letter).require()
    seen = seen or {}
    changed, theirs = [], []
    for point in letter.points.sent().filter(pk__in=answers).select_related("answered_by"):
        given = answers[point.pk]
        same = (given.outcome, given.answer.strip()) == (point.outcome, point.answer)
        if same or not queries.is_open(letter, point):
            continue
        if seen.get(point.pk, point.answer_seen) != point.answer_seen:
            theirs.append(point)
        _answer(point, given, by)
        changed.append(point)
    if theirs:
        found = AccuracyPoint.objects.select_related("answered_by")
        raise AnsweredMeanwhile(list(found.filter(pk__in=[point.pk for point in theirs])))
    for point in changed:
        point.save(update_fields=["outcome", "answer", "answered_by", "answered_at"])
    if changed:
        record("letter.points_answered", letter, by=by, points=[point.pk for point in changed])
    return letter


def _answer(point: AccuracyPoint, given: PointAnswer, by: User) -> None:
    if given.outcome not in PointOutcome.values:
        no("Say whether the letter was changed or kept as it is.").require()
    if given.outcome == PointOutcome.KEPT and not given.answer.strip():
        no("Say why it is kept as it is.").require()
    point.outcome, point.answer = given.outcome, given.answer.strip()
    point.answered_by, point.answered_at = by, timezone.now()
