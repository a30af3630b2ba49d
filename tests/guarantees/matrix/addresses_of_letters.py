"""What the addresses of findings and letters need, where it is more than what they begin with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from feedback import actions as feedback
from rounds.permissions import days_known
from tests.guarantees.matrix.scenes import Scene


def _concern(scene: Scene) -> dict[str, Any] | None:
    """What the member has raised; nothing before the dates are agreed."""
    if scene.challenge is None or not days_known(scene.challenge):
        return None
    there = scene.challenge.concerns.first()
    concern = there or feedback.raise_concern(scene.challenge, by=scene.people["member"])
    return {"pk": concern.pk}


def _letter_template(scene: Scene) -> dict[str, Any]:
    """The version that the officer is writing."""
    world = scene.world
    begun = feedback.begin_letter_template(world.region, "paired_visits", by=world.officer)
    return {"pk": begun.pk}


OF_LETTERS: dict[str, Callable[[Scene], dict[str, Any] | None]] = {
    "letter_templates": lambda scene: {"region": scene.world.region.pk},
    "letter_template_begin": lambda scene: {
        "region": scene.world.region.pk,
        "key": "paired_visits",
    },
    **dict.fromkeys(
        (
            "letter_template",
            "letter_template_preview",
            "letter_template_release",
            "letter_template_discard",
        ),
        _letter_template,
    ),
    **dict.fromkeys(("concern", "concern_acknowledge", "concern_told"), _concern),
}
