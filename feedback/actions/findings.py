from __future__ import annotations

from django.db import transaction

from authorities.models import User
from feedback import permissions
from feedback.models import Finding
from feedback.states import FindingKind
from peerchallenge.audit.actions import record
from rounds.models import Challenge


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
    by: User,
) -> Finding:
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.record_finding(by, challenge).require()
    finding = Finding.objects.create(
        challenge=challenge,
        kind=kind,
        theme=theme,
        team_text=team_text,
        letter_text=letter_text,
        for_letter=for_letter,
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
    by: User,
) -> Finding:
    """Keep what the person wrote. `seen` is the `Finding.seen` of the one on their page.

    Raises FindingChanged when it reads otherwise by now.
    """
    finding = _lock(finding)
    permissions.change_finding(by, finding).require()
    before = finding.seen
    theirs = Finding.objects.get(pk=finding.pk) if before != seen else None
    finding.kind, finding.theme = kind, theme
    finding.team_text, finding.letter_text = team_text, letter_text
    finding.for_letter = for_letter
    if finding.seen == before:
        return finding
    if theirs:
        raise FindingChanged(theirs)
    finding.save(update_fields=["kind", "theme", "team_text", "letter_text", "for_letter"])
    record("finding.changed", finding, by=by, challenge=finding.challenge_id)
    return finding


@transaction.atomic
def delete_finding(finding: Finding, *, by: User) -> None:
    finding = _lock(finding)
    permissions.change_finding(by, finding).require()
    record("finding.deleted", finding, by=by, challenge=finding.challenge_id)
    finding.delete()


def _lock(finding: Finding) -> Finding:
    Challenge.objects.locked(finding.challenge_id)
    return (
        Finding.objects.select_for_update(of=("self",))
        .select_related("challenge")
        .get(pk=finding.pk)
    )
