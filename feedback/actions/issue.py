from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from authorities.models import Region, User
from feedback import permissions, queries
from feedback.actions.correction import supersede
from feedback.actions.letters import lock, move
from feedback.models import Letter, LetterContent
from feedback.states import LetterState
from peerchallenge.audit.actions import Clock, record
from peerchallenge.outbox import actions as outbox
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.seals import seal_of
from rounds.models import Round
from rounds.states import ChallengeState


@transaction.atomic
def issue_letter(letter: Letter, *, by: User) -> Letter:
    """Freeze what the letter says, give it the next number, and have it made into a PDF.

    It counts as issued only when it has its bytes: see seal_letter.
    """
    region = _hold_counter(letter.challenge.round.region_id)
    letter = lock(letter)
    says = queries.letter_content(letter)
    permissions.issue_letter(by, letter, says).require()
    return _issue(letter, says, region, by=by)


@transaction.atomic
def issue_all_letters(
    round: Round, *, among: Collection[int] | None = None, by: User
) -> list[Letter]:
    """Issue every approved letter of the round that this person may issue; pressed twice, or by
    two people at once, each letter goes once. `among`: only these, as the person was shown them.
    """
    region = _hold_counter(round.region_id)
    permissions.issue_letters(by, round).require()
    approved = Letter.objects.approved().filter(challenge__round=round).order_by("pk")
    if among is not None:
        approved = approved.filter(pk__in=among)
    letters = [lock(letter) for letter in approved.defer("pdf")]
    composed = [(letter, queries.letter_content(letter)) for letter in letters]
    return [
        _issue(letter, says, region, by=by)
        for letter, says in composed
        if permissions.issue_letter(by, letter, says)
    ]


@transaction.atomic
def retry_rendering(letter: Letter, *, by: User) -> Letter:
    """Try again to make the PDF of a letter where that failed."""
    letter = lock(letter)
    permissions.retry_rendering(by, letter).require()
    outbox.retry(queries.render_effects([letter.pk])[letter.pk], by=by)
    return letter


@transaction.atomic
def retry_all_renderings(round: Round, *, by: User) -> int:
    """Try again to make every PDF of the round that failed; how many those are."""
    permissions.issue_letters(by, round).require()
    making = Letter.objects.filter(challenge__round=round, state=LetterState.ISSUING).order_by("pk")
    locked = [lock(letter) for letter in making.defer("pdf")]
    failed = [letter for letter in locked if permissions.retry_rendering(by, letter)]
    for letter in failed:
        retry_rendering(letter, by=by)
    return len(failed)


@transaction.atomic
def seal_letter(letter: Letter, pdf: bytes, *, by: Clock) -> Letter:
    """Keep the PDF with its hash: now the letter is issued. A second PDF changes nothing.

    `letter` is the one the PDF was made from: had it gone back to the team and been issued anew
    in the meantime, its words would be others.
    """
    made_from = letter.content
    letter = lock(letter)
    if letter.state != LetterState.ISSUING or letter.content != made_from:
        return letter
    letter.pdf, letter.sha256 = pdf, seal_of(pdf)
    letter.sealed_at = timezone.now()
    move(letter, LetterState.ISSUED, "pdf", "sha256", "sealed_at")
    record("letter.issued", letter, by=by, sha256=letter.sha256)
    challenge = letter.challenge
    if challenge.state == ChallengeState.LETTER:
        challenge.state = ChallengeState.ACTION_PLANNING
        challenge.save(update_fields=["state"])
        record("challenge.action_planning", challenge, by=by)
    if replaced := queries.predecessor_of(letter):
        supersede(replaced, by=by)
    promise("feedback.tell_host_issued", letter.pk)
    promise("feedback.tell_team_issued", letter.pk)
    return letter


def _issue(letter: Letter, says: LetterContent, region: Region, *, by: User) -> Letter:
    if letter.number is None:
        region.letters_issued += 1
        region.save(update_fields=["letters_issued"])
        letter.number = region.letters_issued
    letter.issued_on = timezone.localdate()
    letter.reference = queries.reference_of(letter)
    frozen = replace(says, reference=letter.reference, issued_on=letter.issued_on)
    letter.content, letter.fingerprint = frozen.to_json(), frozen.fingerprint
    move(letter, LetterState.ISSUING, "number", "issued_on", "reference", "content", "fingerprint")
    record("letter.issue_requested", letter, by=by, reference=letter.reference)
    promise("feedback.render_letter", letter.pk)
    return letter


def _hold_counter(region_id: int) -> Region:
    """One counter a region, held until the numbers are used, so that none is lost or doubled.

    Taken before any letter: two people who issue at once would wait for each other otherwise.
    """
    return Region.objects.select_for_update(no_key=True).get(pk=region_id)
