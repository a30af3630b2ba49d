"""The timetable of a visit, as a scene has it."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from django.utils import timezone

from rounds.models import Timetable

if TYPE_CHECKING:
    from tests.guarantees.matrix.scenes import Scene


def write_timetable(scene: Scene) -> None:
    """A session that says who is seen by name, as the host wants it, and has a note."""
    assert scene.challenge is not None
    timetable = Timetable.objects.create(challenge=scene.challenge, names_shown=True)
    session = timetable.sessions.create(
        kind="interview",
        title="A session",
        day=timezone.localdate(),
        start=time(10),
        note="toknote: what to bring",
    )
    session.team.set(scene.challenge.team.current())
    session.seen.create(role="Head teacher", names="toknamed: who is seen")
