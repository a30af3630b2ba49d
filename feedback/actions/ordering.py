from __future__ import annotations

from django.db import transaction

from authorities.models import User
from feedback import permissions
from feedback.models import Finding
from feedback.queries import group_of
from feedback.states import Grouping, Way
from peerchallenge.audit.actions import record
from rounds.models import Challenge


@transaction.atomic
def move_finding(finding: Finding, way: Way, *, within: Grouping, by: User) -> Finding:
    """Put it before or after its neighbour of the same kind, in its theme or line of enquiry.

    At the end of its group already, it stays there.
    """
    challenge = Challenge.objects.locked(finding.challenge_id)
    permissions.move_finding(by, challenge).require()
    everything = list(challenge.findings.order_by("position", "pk"))
    mine = next((one for one in everything if one.pk == finding.pk), finding)
    group = [one for one in everything if group_of(one, within) == group_of(mine, within)]
    neighbour = _neighbour(group, mine, way)
    if neighbour is None:
        return mine
    everything.remove(mine)
    everything.insert(everything.index(neighbour) + (way == Way.DOWN), mine)
    _number(everything)
    record("finding.moved", mine, by=by, challenge=challenge.pk, way=way.value)
    return mine


def _neighbour(group: list[Finding], mine: Finding, way: Way) -> Finding | None:
    """Whom it comes to stand beside; nobody, where it cannot go further."""
    if mine not in group:
        return None
    place = group.index(mine)
    if way == Way.DOWN:
        return group[place + 1] if place + 1 < len(group) else None
    return group[0 if way == Way.TOP else place - 1] if place else None


def _number(findings: list[Finding]) -> None:
    changed = []
    for place, finding in enumerate(findings, 1):
        if finding.position != place:
            finding.position = place
            changed.append(finding)
    Finding.objects.bulk_update(changed, ["position"])
