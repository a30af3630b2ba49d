from __future__ import annotations

from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from authorities.models import User
from feedback import permissions
from feedback.models import Finding
from feedback.states import FindingKind
from peerchallenge.audit.actions import record
from peerchallenge.shared.answers import no
from rounds.models import Challenge, EnquiryLine


class FindingChanged(Exception):
    """Somebody else of the team changed this finding in the meantime; `theirs` is how it reads."""

    def __init__(self, theirs: Finding) -> None:
        super().__init__("the finding was changed in the meantime")
        self.theirs = theirs


@transaction.atomic
def record_finding(
    challenge: Challenge,
    *,
    kind: FindingKind,
    theme: str,
    team_text: str,
    letter_text: str = "",
    for_letter: bool = True,
    line: EnquiryLine | None = None,
    sent_as: UUID | None = None,
    by: User,
) -> Finding:
    """Keep it, last of all. The same words sent again under the same `sent_as` are kept once."""
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.record_another(by, challenge).require()
    theme = named(theme)
    # A page brought back by “Back” has its old `sent_as` below new words: those are another.
    said = sent_as and uuid5(sent_as, f"{by.pk}\n{kind}\n{theme}\n{team_text}")
    if said and (there := challenge.findings.filter(sent_as=said).first()):
        return there
    finding = Finding.objects.create(
        challenge=challenge,
        kind=kind,
        theme=theme,
        team_text=team_text,
        letter_text=letter_text,
        for_letter=for_letter,
        line=line,
        position=last_position(challenge) + 1,
        sent_as=said,
        written_by=by,
    )
    record("finding.recorded", finding, by=by, challenge=finding.challenge_id)
    return finding


@transaction.atomic
def change_finding(
    finding: Finding,
    *,
    kind: FindingKind,
    theme: str,
    team_text: str,
    letter_text: str,
    for_letter: bool,
    seen: str,
    line: EnquiryLine | None = None,
    by: User,
) -> Finding:
    """Keep what the person wrote. `seen` is the `Finding.seen` of the one on their page.

    Raises FindingChanged when it reads otherwise by now.
    """
    finding = lock_finding(finding)
    permissions.change_finding(by, finding).require()
    theme = named(theme)
    before = finding.seen
    theirs = Finding.objects.get(pk=finding.pk) if before != seen else None
    finding.kind, finding.theme, finding.line = kind, theme, line
    finding.team_text, finding.letter_text = team_text, letter_text
    finding.for_letter = for_letter
    if finding.seen == before:
        return finding
    if theirs:
        raise FindingChanged(theirs)
    finding.changed_at = timezone.now()
    finding.save(
        update_fields=[
            *("kind", "theme", "line", "team_text", "letter_text", "for_letter"),
            "changed_at",
        ]
    )
    record("finding.changed", finding, by=by, challenge=finding.challenge_id)
    return finding


@transaction.atomic
def delete_finding(finding: Finding, *, by: User) -> None:
    """It goes, with those that were merged into it."""
    finding = lock_finding(finding)
    permissions.change_finding(by, finding).require()
    record("finding.deleted", finding, by=by, challenge=finding.challenge_id)
    finding.delete()


def named(theme: str) -> str:
    """The theme is a heading of the letter, so a finding is never without."""
    if not theme.strip():
        no(
            "Say which theme the finding belongs to: the letter puts it below that heading."
        ).require()
    return theme.strip()


def lock_finding(finding: Finding) -> Finding:
    Challenge.objects.locked(finding.challenge_id)
    return (
        Finding.objects.select_for_update(of=("self",))
        .select_related("challenge")
        .get(pk=finding.pk)
    )


def last_position(challenge: Challenge) -> int:
    last: int | None = challenge.findings.aggregate(last=Max("position"))["last"]
    return last or 0
