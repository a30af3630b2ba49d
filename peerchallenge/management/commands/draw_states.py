from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from feedback.states import LETTER
from peerchallenge.shared.transitions import Transitions
from rounds.states import (
    CHALLENGE,
    GIVEN_SECTION,
    PARTICIPATION,
    ROUND,
    SEAT_OFFER,
    SELF_ASSESSMENT,
)

PAGE = Path(settings.BASE_DIR) / "docs" / "states.md"
MACHINES: list[Transitions[Any]] = [
    ROUND,
    PARTICIPATION,
    SELF_ASSESSMENT,
    GIVEN_SECTION,
    CHALLENGE,
    SEAT_OFFER,
    LETTER,
]
HEAD = """\
# What can follow what

Drawn from the tables in `rounds/states.py` and `feedback/states.py` by
`manage.py draw_states`; a test fails when this page is out of date.
"""


def page() -> str:
    """Every machine as a heading and a Mermaid diagram."""
    parts = [
        f"## {machine.noun[:1].upper()}{machine.noun[1:]}\n\n```mermaid\n{machine.diagram()}\n```\n"
        for machine in MACHINES
    ]
    return "\n".join([HEAD, *parts])


class Command(BaseCommand):
    help = "Draw docs/states.md from the tables of states."

    def handle(self, **options: object) -> None:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(page())
        self.stdout.write(f"Drawn: {PAGE}")
