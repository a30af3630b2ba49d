"""A line of a list of tasks, and the one that is no part of the text."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from rounds.models import Participation
from rounds.queries.offering import answered_said, capacity_of, counted
from rounds.queries.writing import COMPLETED, IN_PROGRESS, NOT_STARTED, TO_REVIEW

# Nothing that anybody here can do yet.
LATER = "Not set yet"
COLOURS = {NOT_STARTED: "blue", IN_PROGRESS: "teal", TO_REVIEW: "yellow", COMPLETED: ""}


@dataclass(frozen=True)
class Task:
    """One line of the task list."""

    title: str
    status: str
    url: str = ""
    hint: str = ""
    colour: str = ""
    # Nothing is missing, whatever its status says.
    done: bool = False
    # All its questions on one page, for those who prefer that.
    whole_url: str = ""


def offer_task(participation: Participation) -> Task:
    """Whoever reads it may open it, before the text is sent and after."""
    answered = answered_said(capacity_of(participation))
    asked = counted(participation.round.format.asked_of_each)
    state = COMPLETED if answered else NOT_STARTED
    hint = f"{answered}." if answered else f"The round asks for {asked}. One press if that is all."
    url = reverse("self_assessment_offer", args=[participation.self_assessment.pk])
    return Task("What you can give", state, url, hint, COLOURS[state], bool(answered))
