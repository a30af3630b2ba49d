from __future__ import annotations

from django.db import transaction

from authorities.models import User
from feedback import permissions
from feedback.models import Finding
from feedback.states import FindingKind
from peerchallenge.audit.actions import record
from rounds.models import Challenge


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
    record("finding.recorded", finding, by=by)
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
    by: User,
) -> Finding:
    finding = _lock(finding)
    permissions.change_finding(by, finding).require()
    finding.kind, finding.theme = kind, theme
    finding.team_text, finding.letter_text = team_text, letter_text
    finding.for_letter = for_letter
    finding.save()
    record("finding.changed", finding, by=by)
    return finding


@transaction.atomic
def delete_finding(finding: Finding, *, by: User) -> None:
    finding = _lock(finding)
    permissions.change_finding(by, finding).require()
    record("finding.deleted", finding, by=by)
    finding.delete()


def _lock(finding: Finding) -> Finding:
    Challenge.objects.locked(finding.challenge_id)
    return (
        Finding.objects.select_for_update(of=("self",))
        .select_related("challenge")
        .get(pk=finding.pk)
    )
