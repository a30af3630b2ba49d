from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from authorities.models import User
from feedback import permissions, queries
from feedback.models import Letter, LetterPart
from feedback.states import LETTER, LetterState
from peerchallenge.audit.actions import record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.answers import no
from rounds.actions import follow_calendar
from rounds.models import Challenge
from rounds.states import ChallengeState


class OverwriteRefused(Exception):
    """Somebody saved these parts in the meantime; `theirs` is how they read now."""

    def __init__(self, theirs: Sequence[LetterPart]) -> None:
        super().__init__(f"saved in the meantime: {', '.join(part.key for part in theirs)}")
        self.theirs = theirs


class ChangedMeanwhile(Exception):
    """The letter reads otherwise than on the page of whoever decided about it."""


@transaction.atomic
def draft_letter(challenge: Challenge, *, by: User) -> Letter:
    """Begin the letter from the region's template, or the format's; findings flow in beside it."""
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.draft_letter(by, challenge).require()
    template = queries.template_in_use(challenge)
    letter = Letter.objects.create(challenge=challenge, template=template, drafted_by=by)
    LetterPart.objects.bulk_create(
        LetterPart(letter=letter, position=position, **part)
        for position, part in enumerate(queries.template_parts(challenge, template), 1)
    )
    record("letter.drafted", letter, by=by)
    if challenge.state == ChallengeState.ON_SITE:
        challenge = follow_calendar(challenge, ChallengeState.FED_BACK, by=by)
    follow_calendar(challenge, ChallengeState.LETTER, by=by)
    return letter


@transaction.atomic
def edit_letter(
    letter: Letter,
    texts: Mapping[str, str],
    *,
    headings: Mapping[str, str] | None = None,
    seen: Mapping[str, str] | None = None,
    by: User,
) -> Letter:
    """Save the text of some parts, part key to text, and their headings; the others stay.

    `seen` is the `LetterPart.seen` of each part on the person's page. A part they left as it was
    is not touched; when one they changed reads otherwise by now, OverwriteRefused is raised and
    nothing is saved.
    """
    letter = lock(letter)
    permissions.edit_letter(by, letter).require()
    seen, headings = seen or {}, headings or {}
    changed, theirs = [], []
    for part in letter.parts.select_related("saved_by"):
        text = texts.get(part.key, part.text)
        heading = headings.get(part.key, part.heading)
        if LetterPart.seen_with(heading, text) in (part.seen, seen.get(part.key)):
            continue
        if seen.get(part.key, part.seen) != part.seen:
            theirs.append(part)
        part.heading, part.text = heading, text
        changed.append(part)
    if theirs:
        raise OverwriteRefused(list(letter.parts.filter(pk__in=[part.pk for part in theirs])))
    for part in changed:
        part.saved_at, part.saved_by = timezone.now(), by
        part.save(update_fields=["heading", "text", "saved_at", "saved_by"])
    if changed:
        record("letter.edited", letter, by=by, parts=[part.key for part in changed])
    return letter


@transaction.atomic
def send_letter_to_host(letter: Letter, *, by: User) -> Letter:
    """Ask the host whether the facts are right; what it is sent is kept, to be compared with."""
    letter = lock(letter)
    permissions.send_letter_to_host(by, letter).require()
    _complete(letter)
    says = queries.letter_content(letter)
    permissions.details_settled(letter, says).require()
    letter.sent_to_host_at = timezone.now()
    letter.sent_content = says.to_json()
    move(letter, LetterState.WITH_HOST, "sent_to_host_at", "sent_content")
    record("letter.sent_to_host", letter, by=by)
    promise("feedback.ask_host_for_accuracy", letter.pk)
    return letter


@transaction.atomic
def hand_letter_over(letter: Letter, *, by: User) -> Letter:
    """What the host or the approver asked for is dealt with: on to the approver."""
    letter = lock(letter)
    permissions.hand_letter_over(by, letter).require()
    _complete(letter)
    permissions.details_settled(letter).require()
    move(letter, LetterState.CHECKED)
    record("letter.handed_over", letter, by=by)
    promise("feedback.ask_for_approval", letter.pk)
    return letter


@transaction.atomic
def approve_letter(letter: Letter, *, seen: str | None = None, by: User) -> Letter:
    """Sign the letter off, so that it can be issued.

    `seen` is the fingerprint of what the approver read: where it reads otherwise by now,
    ChangedMeanwhile is raised.
    """
    letter = lock(letter)
    permissions.approve_letter(by, letter).require()
    says = queries.letter_content(letter)
    permissions.details_settled(letter, says).require()
    if seen is not None and seen != says.fingerprint:
        raise ChangedMeanwhile
    letter.approved_by, letter.approved_at, letter.sent_back_because = by, timezone.now(), ""
    move(letter, LetterState.APPROVED, "approved_by", "approved_at", "sent_back_because")
    record("letter.approved", letter, by=by)
    promise("feedback.tell_officers_approved", letter.pk)
    return letter


@transaction.atomic
def send_letter_back(letter: Letter, *, reason: str, by: User) -> Letter:
    """The approver asks the team for changes."""
    letter = lock(letter)
    permissions.send_letter_back(by, letter).require()
    if not reason.strip():
        no("Say what the team should change.").require()
    letter.approved_by = letter.approved_at = None
    letter.sent_back_because = reason
    move(letter, LetterState.WITH_TEAM, "approved_by", "approved_at", "sent_back_because")
    record("letter.sent_back", letter, by=by)
    promise("feedback.tell_lead_sent_back", letter.pk)
    return letter


def lock(letter: Letter) -> Letter:
    Challenge.objects.locked(letter.challenge_id)
    return Letter.objects.with_challenge().select_for_update(of=("self",)).get(pk=letter.pk)


def move(letter: Letter, state: LetterState, *changed: str) -> None:
    LETTER.may(letter.state, state).require()
    letter.state, letter.since = state, timezone.now()
    letter.save(update_fields=["state", "since", *changed])


def _complete(letter: Letter) -> None:
    if missing := queries.missing_from_letter(letter):
        no(f"Before it goes on: {'; '.join(missing)}.").require()
