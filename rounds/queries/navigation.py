from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from authorities.models import User
from authorities.states import READS_FOR_BOARD, Role
from rounds.models import Round


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    active: bool


OVERVIEW = "round"
HISTORY = "round_history"
PAGES = {
    OVERVIEW: "Overview",
    "round_questionnaire": "Questions",
    "round_areas": "Areas",
    "round_match": "Match",
    "round_visits": "Visits",
    "round_teams": "Teams",
    "round_self_assessments": "Self-assessments",
    "round_letters": "Letters",
    "round_messages": "Messages",
    HISTORY: "History",
    "round_settings": "Settings",
}


def round_tabs(round: Round, current: str, user: User) -> list[Tab]:
    """The pages of a round that this person may open; `current` is the name of one's address."""
    return [
        Tab(label, reverse(name, args=[round.pk]), name == current)
        for name, label in PAGES.items()
        if _opens(user, round, name)
    ]


def _opens(user: User, round: Round, name: str) -> bool:
    if name in {OVERVIEW, HISTORY}:
        return user.holds(*READS_FOR_BOARD, region=round.region_id)
    return user.holds(Role.BOARD_OFFICER, region=round.region_id)


APART = {"conflicts": "Conflicts of interest", "interventions": "Interventions"}


def conflict_tabs(current: str) -> list[Tab]:
    """What keeps authorities apart in every round; for officers."""
    return [Tab(label, reverse(name), name == current) for name, label in APART.items()]
