from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from authorities.models import User
from feedback import permissions, queries
from feedback.models import AccuracyReply, Letter, LetterPart
from feedback.states import LetterState
from peerchallenge.audit.actions import Clock, record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.answers import no
from rounds.actions import follow_calendar
from rounds.models import Challenge
from rounds.states import ChallengeState


@transaction.atomic
def draft_letter(challenge: Challenge, *, by: User) -> Letter:
    """Begin the letter from the format's template; the findings flow in beside its text."""
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.draft_letter(by, challenge).require()
    letter = Letter.objects.create(challenge=challenge, drafted_by=by)
    LetterPart.objects.bulk_create(
        LetterPart(letter=letter, position=position, **part)
        for position, part in enumerate(queries.template_parts(challenge), 1)
    )
    record("letter.drafted", letter, by=by)
    if challenge.state == ChallengeState.ON_SITE:
        follow_calendar(challenge, ChallengeState.FED_BACK, by=by)
    return letter


@transaction.atomic
def edit_letter(letter: Letter, texts: Mapping[str, str], *, by: User) -> Letter:
    """Save the text of some parts, part key to text; the others stay."""
    letter = lock(letter)
    permissions.edit_letter(by, letter).require()
    changed = []
    for part in letter.parts.all():
        if part.key in texts and part.text != texts[part.key]:
            part.text = texts[part.key]
            part.save(update_fields=["text"])
            changed.append(part.key)
    if changed:
        record("letter.edited", letter, by=by, parts=changed)
    return letter


@transaction.atomic
def send_letter_to_host(letter: Letter, *, by: User) -> Letter:
    """Ask the host whether the facts are right."""
    letter = lock(letter)
    permissions.send_letter_to_host(by, letter).require()
    if missing := queries.missing_from_letter(letter):
        no(f"Before the host reads it: {'; '.join(missing)}.").require()
    letter.state, letter.sent_to_host_at = LetterState.WITH_HOST, timezone.now()
    letter.save(update_fields=["state", "sent_to_host_at"])
    record("letter.sent_to_host", letter, by=by)
    promise("feedback.ask_host_for_accuracy", letter.pk)
    return letter


@transaction.atomic
def reply_on_accuracy(
    letter: Letter, *, agrees: bool, comment: str = "", by: User | Clock
) -> AccuracyReply:
    """The host agrees or says what is wrong; when the days have run out, silence agrees."""
    letter = lock(letter)
    permissions.reply_on_accuracy(by, letter).require()
    reply = AccuracyReply.objects.create(
        letter=letter, agrees=agrees, comment=comment, by=by if isinstance(by, User) else None
    )
    letter.state = LetterState.CHECKED
    letter.save(update_fields=["state"])
    record("letter.accuracy_replied", letter, by=by, agrees=agrees)
    promise("feedback.tell_lead_of_reply", letter.pk)
    promise("feedback.ask_for_approval", letter.pk)
    return reply


@transaction.atomic
def approve_letter(letter: Letter, *, by: User) -> Letter:
    """Sign the letter off, so that it can be issued."""
    letter = lock(letter)
    permissions.approve_letter(by, letter).require()
    letter.state = LetterState.APPROVED
    letter.approved_by, letter.approved_at = by, timezone.now()
    letter.save(update_fields=["state", "approved_by", "approved_at"])
    record("letter.approved", letter, by=by)
    promise("feedback.tell_officers_approved", letter.pk)
    return letter


@transaction.atomic
def send_letter_back(letter: Letter, *, reason: str, by: User) -> Letter:
    """The approver asks the team for changes; the host will check it again."""
    letter = lock(letter)
    permissions.send_letter_back(by, letter).require()
    letter.state = LetterState.DRAFTING
    letter.approved_by = letter.approved_at = None
    letter.save(update_fields=["state", "approved_by", "approved_at"])
    record("letter.sent_back", letter, by=by, reason=reason)
    promise("feedback.tell_lead_sent_back", letter.pk)
    return letter


def lock(letter: Letter) -> Letter:
    Challenge.objects.locked(letter.challenge_id)
    return (
        Letter.objects.select_for_update(of=("self",))
        .select_related("challenge__round__region", "challenge__host__authority")
        .defer("pdf")
        .get(pk=letter.pk)
    )
