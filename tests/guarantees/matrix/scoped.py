"""What a visit looks at, and the papers for it, as a scene has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from tests.guarantees.matrix.scenes import Scene


def write_scope(scene: Scene) -> None:
    """A line with a part; a paper given, one there is none of, one the host knows nothing of."""
    assert scene.challenge is not None
    lead, host = scene.people["lead"], scene.people["host_director"]
    line = scene.challenge.lines.create(position=1, text="tokline: what the team learns")
    line.limbs.create(position=1, text="A part of it")
    asked = scene.challenge.papers_asked
    told = {"asked_by": lead, "sent_at": timezone.now()}
    given = asked.create(position=1, title="tokpaper: a paper", **told)
    given.papers.create(title="A page", link="https://example.org/toklink", added_by=host)
    asked.create(position=2, title="Another", no_such="toknone: why not", **told)
    asked.create(position=3, title="tokdraft: not sent", asked_by=lead)
