"""Run in an installation: one hundred approved letters, or the order to issue them all."""

import sys

import django

django.setup()

from django.utils import timezone  # noqa: E402

from feedback.actions import issue_all_letters  # noqa: E402
from feedback.models import Letter, LetterPart  # noqa: E402
from feedback.states import LetterState  # noqa: E402
from rounds.models import Round  # noqa: E402
from tests.world import World  # noqa: E402


def prepare(count: int) -> None:
    """One letter through the whole path, and `count - 1` more versions of it beside it."""
    world = World()
    letter = world.letter_approved()
    parts = list(letter.parts.all())
    for version in range(2, count + 1):
        twin = Letter.objects.create(
            challenge=letter.challenge,
            version=version,
            state=LetterState.APPROVED,
            drafted_by=letter.drafted_by,
            approved_by=letter.approved_by,
            approved_at=timezone.now(),
        )
        for part in parts:
            LetterPart.objects.create(
                letter=twin,
                key=part.key,
                position=part.position,
                heading=part.heading,
                text=f"{part.text}\n\nVersion {version}.",
                after_findings=part.after_findings,
            )


def issue() -> None:
    round = Round.objects.get()
    issue_all_letters(round, by=World.officer_of(round))


if __name__ == "__main__":
    prepare(int(sys.argv[2])) if sys.argv[1] == "prepare" else issue()
