"""What the page of a challenge says of its scope, its papers and whether all is ready."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rounds.models import Challenge, EnquiryLine, Scope
from rounds.queries.readiness import Passed, checks_of, passed_over
from rounds.states import ChallengeState

C = ChallengeState
WITHOUT = (C.PROPOSED, C.OFFERED, C.DECLINED, C.CANCELLED)


@dataclass(frozen=True)
class ScopePart:
    """Sentences for the page; `passed`: what an officer let pass."""

    lines: Sequence[EnquiryLine]
    said: str
    papers_said: str
    ready_said: str
    passed: list[Passed]
    may_write: bool
    may_list_papers: bool


def scope_part(challenge: Challenge, *, may_write: bool, may_list_papers: bool) -> ScopePart | None:
    """None before all sides have accepted."""
    if challenge.state in WITHOUT:
        return None
    lines = list(challenge.lines.prefetch_related("limbs"))
    scope = Scope.objects.filter(challenge=challenge).first() or Scope()
    return ScopePart(
        lines,
        _said(lines, scope, challenge.round.format.lead_said),
        _papers_said(challenge) if may_list_papers else "",
        _ready_said(challenge),
        passed_over([challenge]),
        may_write,
        may_list_papers,
    )


def _said(lines: Sequence[EnquiryLine], scope: Scope, lead: str) -> str:
    if not lines:
        return "Nothing is written yet."
    if scope.agreed:
        return "Agreed by both sides."
    if scope.host_agreed_at:
        return f"The host has agreed; the {lead} has still to."
    if scope.lead_agreed_at:
        return f"The {lead} has agreed; the host has still to."
    return "Not agreed yet."


def _papers_said(challenge: Challenge) -> str:
    told = challenge.papers_asked.told().count()
    waiting = challenge.papers_asked.open().count()
    if not told:
        return ""
    return f"{waiting} of {told} still to come" if waiting else "nothing is missing"


def _ready_said(challenge: Challenge) -> str:
    checks = checks_of(challenge)
    done = sum(check.met for check in checks)
    if challenge.state == C.READY and done == len(checks):
        return "ready"
    said = f"{done} of {len(checks)} done"
    return f"ready, {said}" if challenge.state == C.READY else said
