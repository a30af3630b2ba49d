"""What the page of a challenge says of its scope, its papers and whether all is ready."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rounds.models import Challenge, EnquiryLine, Scope
from rounds.queries.readiness import Check, Passed, checks_of, passed_over
from rounds.states import ChallengeState

C = ChallengeState
# By what is checked before the visit. Papers may be asked for until then: their day stays.
DEADLINES = {"scope": "scope_agreed", "timetable": "timetable_agreed"}
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
    # Deadlines that are behind the visit: what they ask for is there.
    done: frozenset[str] = frozenset()


def scope_part(challenge: Challenge, *, may_write: bool, may_list_papers: bool) -> ScopePart | None:
    """None before all sides have accepted."""
    if challenge.state in WITHOUT:
        return None
    lines = list(challenge.lines.prefetch_related("limbs"))
    scope = Scope.objects.filter(challenge=challenge).first() or Scope()
    checks = checks_of(challenge)
    return ScopePart(
        lines,
        _said(lines, scope, challenge.round.format.lead_said),
        _papers_said(challenge) if may_list_papers else "",
        _ready_said(challenge, checks),
        passed_over([challenge]),
        may_write,
        may_list_papers,
        frozenset(DEADLINES[check.key] for check in checks if check.met and check.key in DEADLINES),
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


def _ready_said(challenge: Challenge, checks: Sequence[Check]) -> str:
    done = sum(check.met for check in checks)
    if challenge.state == C.READY and done == len(checks):
        return "ready"
    said = f"{done} of {len(checks)} done"
    return f"ready, {said}" if challenge.state == C.READY else said
