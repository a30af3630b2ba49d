"""Findings that say the same become one, which keeps their texts and can be taken apart."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from authorities.models import User
from feedback import permissions
from feedback.actions.findings import FindingChanged, lock_finding, named
from feedback.models import Finding, FindingSource
from feedback.states import FindingKind
from peerchallenge.audit.actions import record
from peerchallenge.shared.answers import no
from rounds.models import Challenge, EnquiryLine


@transaction.atomic
def merge_findings(
    challenge: Challenge,
    seen: Mapping[int, str],
    *,
    kind: FindingKind,
    theme: str,
    team_text: str,
    letter_text: str = "",
    for_letter: bool = True,
    line: EnquiryLine | None = None,
    by: User,
) -> Finding:
    """One finding in the place of several. `seen` is the `Finding.seen` of each on the page.

    Raises FindingChanged when one of them reads otherwise by now.
    """
    challenge = Challenge.objects.locked(challenge.pk)
    permissions.merge_findings(by, challenge).require()
    theme = named(theme)
    parts = list(challenge.findings.standing().filter(pk__in=seen).order_by("position", "pk"))
    if len(seen) < 2:
        no("Choose two or more findings to merge.").require()
    if len(parts) < len(seen):
        no("One of these findings was merged or deleted meanwhile.").require()
    for part in parts:
        if seen[part.pk] != part.seen:
            raise FindingChanged(part)
    merged = Finding.objects.create(
        challenge=challenge,
        kind=kind,
        theme=theme,
        team_text=team_text,
        letter_text=letter_text,
        for_letter=for_letter,
        line=line,
        position=parts[0].position,
        written_by=by,
        changed_at=timezone.now(),
    )
    Finding.objects.filter(pk__in=[part.pk for part in parts]).update(merged_into=merged)
    of = sorted(part.pk for part in parts)
    record("finding.merged", merged, by=by, challenge=challenge.pk, of=of)
    return merged


@transaction.atomic
def take_finding_apart(finding: Finding, *, by: User) -> list[Finding]:
    """Those it was merged from stand again; its own wording goes, its own sources stay."""
    finding = lock_finding(finding)
    permissions.take_finding_apart(by, finding).require()
    parts = list(finding.merged.order_by("position", "pk"))
    if not parts:
        no("This finding was not merged from others.").require()
    FindingSource.objects.filter(finding=finding).update(finding=parts[0])
    Finding.objects.filter(merged_into=finding).update(merged_into=None)
    record("finding.taken_apart", finding, by=by, challenge=finding.challenge_id)
    finding.delete()
    return parts
