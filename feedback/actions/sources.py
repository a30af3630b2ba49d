"""What a finding rests on; it never leaves the team."""

from __future__ import annotations

from django.db import transaction

from authorities.models import User
from feedback import permissions
from feedback.actions.findings import lock_finding
from feedback.models import Finding, FindingSource
from feedback.states import SourceKind
from peerchallenge.audit.actions import record


@transaction.atomic
def give_source(
    finding: Finding,
    *,
    kind: SourceKind,
    said: str = "",
    session: int | None = None,
    by: User,
) -> FindingSource:
    """The same one given twice is one. `session`: the key of one of the visit’s."""
    finding = lock_finding(finding)
    permissions.give_source(by, finding).require()
    if there := finding.sources.filter(kind=kind, said=said, session=session).first():
        return there
    source = FindingSource.objects.create(finding=finding, kind=kind, said=said, session_id=session)
    record("finding.source_given", finding, by=by, challenge=finding.challenge_id)
    return source


@transaction.atomic
def take_source_back(finding: Finding, source: int, *, by: User) -> None:
    """Of one that is gone already, nothing happens."""
    finding = lock_finding(finding)
    permissions.give_source(by, finding).require()
    gone, _ = finding.sources.filter(pk=source).delete()
    if gone:
        record("finding.source_taken_back", finding, by=by, challenge=finding.challenge_id)
