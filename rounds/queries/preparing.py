"""What is still to be done for visits to come, of all of somebody's challenges at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rounds.models import Challenge, EnquiryLine, PaperAsked, Scope
from rounds.queries.challenges import deadline_of
from rounds.queries.papers import due_of
from rounds.states import DATES_OPEN


@dataclass(frozen=True)
class Preparing:
    """`papers`: how many the host has still to give, the first of them by `papers_due`."""

    challenge: Challenge
    lines: int
    host_agreed: bool
    lead_agreed: bool
    scope_due: date | None
    papers: int
    papers_due: date | None


def preparing(challenges: Sequence[Challenge]) -> list[Preparing]:
    """Those that are agreed and have not begun; three queries, however many there are.

    `days` are read beside each: a deadline counts from days that both sides know.
    """
    mine = [one for one in challenges if one.state in DATES_OPEN]
    if not mine:
        return []
    keys = [one.pk for one in mine]
    lines = Counter(
        EnquiryLine.objects.filter(challenge__in=keys)
        .order_by()
        .values_list("challenge", flat=True)
    )
    scopes = {one.challenge_id: one for one in Scope.objects.filter(challenge__in=keys)}
    papers: dict[int, list[PaperAsked]] = {key: [] for key in keys}
    for asked in PaperAsked.objects.open().filter(challenge__in=keys):
        papers[asked.challenge_id].append(asked)
    return [
        _preparing(one, lines[one.pk], scopes.get(one.pk) or Scope(), papers[one.pk])
        for one in mine
    ]


def _preparing(
    challenge: Challenge, lines: int, scope: Scope, papers: list[PaperAsked]
) -> Preparing:
    agreed = deadline_of(challenge, "scope_agreed") if challenge.dates_sent else None
    sent = deadline_of(challenge, "papers_sent") if challenge.dates_sent else None
    days = [day for asked in papers if (day := due_of(asked, sent))]
    return Preparing(
        challenge,
        lines,
        scope.host_agreed_at is not None,
        scope.lead_agreed_at is not None,
        agreed.day if agreed else None,
        len(papers),
        min(days, default=None),
    )
