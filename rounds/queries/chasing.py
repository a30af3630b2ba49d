"""How many authorities have still to open, begin or send their self-assessment, and which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.urls import reverse
from django.utils import timezone

from rounds.models import Round, SelfAssessment
from rounds.states import SENT, SelfAssessmentState

STEPS = {"not_opened": "not opened", "not_begun": "not begun", "not_sent": "not sent"}


@dataclass(frozen=True)
class Tile:
    number: int
    label: str
    url: str


class Lacking(Protocol):
    @property
    def lacks(self) -> tuple[str, ...]: ...


def lacks(self_assessment: SelfAssessment, *, chased: bool) -> tuple[str, ...]:
    """Which steps it has not taken; whoever has not opened it has not begun it either.

    `chased`: neither withdrawn nor writing a later version of what is shared.
    """
    if not chased or self_assessment.state in SENT:
        return ()
    if self_assessment.state != SelfAssessmentState.NOT_STARTED:
        return ("not_sent",)
    if self_assessment.opened_at:
        return ("not_begun", "not_sent")
    return tuple(STEPS)


def opened_said(self_assessment: SelfAssessment) -> str:
    """Of one in which nothing is written: whether anybody there has looked at it."""
    if self_assessment.state != SelfAssessmentState.NOT_STARTED:
        return ""
    opened = self_assessment.opened_at
    return f"Opened on {timezone.localtime(opened):%-d %B}" if opened else "Not opened yet"


def chasing_tiles(round: Round, rows: Iterable[Lacking]) -> list[Tile]:
    """A number each, which leads to those it counts."""
    rows = list(rows)
    here = reverse("round_self_assessments", args=[round.pk])
    return [
        Tile(sum(step in row.lacks for row in rows), label, f"{here}?show={step}")
        for step, label in STEPS.items()
    ] + [Tile(len(rows), "in the round", here)]
