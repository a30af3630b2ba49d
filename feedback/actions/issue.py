from __future__ import annotations

import hashlib

from django.db import transaction
from django.utils import timezone

from authorities.models import Region, User
from feedback import permissions, queries
from feedback.actions.letters import lock
from feedback.models import Letter
from feedback.states import LetterState
from peerchallenge.audit.actions import Clock, record
from peerchallenge.outbox.actions import promise
from rounds.models import Round
from rounds.states import ChallengeState


@transaction.atomic
def issue_letter(letter: Letter, *, by: User) -> Letter:
    """Freeze what the letter says, give it the next number, and have it made into a PDF.

    It counts as issued only when it has its bytes: see seal_letter.
    """
    letter = lock(letter)
    permissions.issue_letter(by, letter).require()
    letter.number = _next_number(letter.challenge.round.region_id)
    letter.issued_on = timezone.localdate()
    letter.reference = queries.reference_of(letter)
    letter.state = LetterState.ISSUING
    letter.content = queries.letter_content(letter).to_json()
    letter.save(update_fields=["number", "issued_on", "reference", "state", "content"])
    record("letter.issue_requested", letter, by=by, reference=letter.reference)
    promise("feedback.render_letter", letter.pk)
    return letter


@transaction.atomic
def issue_all_letters(round: Round, *, by: User) -> list[Letter]:
    """Issue every approved letter of the round."""
    approved = Letter.objects.filter(challenge__round=round, state=LetterState.APPROVED)
    return [issue_letter(letter, by=by) for letter in approved.order_by("pk").defer("pdf")]


@transaction.atomic
def seal_letter(letter: Letter, pdf: bytes, *, by: Clock) -> Letter:
    """Keep the PDF with its hash: now the letter is issued. A second PDF changes nothing."""
    letter = lock(letter)
    if letter.state != LetterState.ISSUING:
        return letter
    letter.pdf, letter.sha256 = pdf, hashlib.sha256(pdf).hexdigest()
    letter.state, letter.sealed_at = LetterState.ISSUED, timezone.now()
    letter.save(update_fields=["pdf", "sha256", "state", "sealed_at"])
    record("letter.issued", letter, by=by, sha256=letter.sha256)
    challenge = letter.challenge
    if challenge.state == ChallengeState.FED_BACK:
        challenge.state = ChallengeState.LETTER
        challenge.save(update_fields=["state"])
        record("challenge.letter", challenge, by=by)
    promise("feedback.tell_host_issued", letter.pk)
    promise("feedback.tell_team_issued", letter.pk)
    return letter


def _next_number(region_id: int) -> int:
    """One counter a region; the row is held until the number is used, so no number is lost."""
    region = Region.objects.select_for_update().get(pk=region_id)
    region.letters_issued += 1
    region.save(update_fields=["letters_issued"])
    return region.letters_issued
