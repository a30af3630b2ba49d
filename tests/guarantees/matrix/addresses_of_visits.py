"""What the addresses of calendars, dates, teams, scopes and timetables are about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from authorities import actions as authorities
from tests.guarantees.matrix.scenes import Scene


def _feed(scene: Scene) -> dict[str, Any]:
    """An address whose owner has nothing in it."""
    return {"token": authorities.make_calendar_feed(by=scene.people["stranger"])}


def _line(scene: Scene) -> dict[str, Any] | None:
    line = scene.challenge and scene.challenge.lines.first()
    return {"pk": scene.challenge.pk, "line": line.pk} if line else None


def _limb(scene: Scene) -> dict[str, Any] | None:
    line = scene.challenge and scene.challenge.lines.first()
    return {"pk": scene.challenge.pk, "limb": line.limbs.first().pk} if line else None


def _asked(scene: Scene) -> dict[str, Any] | None:
    """The first paper asked for, of which the host knows and for which it gave a link."""
    asked = scene.challenge and scene.challenge.papers_asked.first()
    return {"pk": scene.challenge.pk, "asked": asked.pk} if asked else None


def _paper(scene: Scene) -> dict[str, Any] | None:
    asked = scene.challenge and scene.challenge.papers_asked.first()
    return {"pk": asked.papers.get().pk} if asked else None


# Those that need more than the key of a round or a challenge, which addresses.py finds by prefix.
OF_VISITS: dict[str, Callable[[Scene], dict[str, Any] | None]] = {
    **dict.fromkeys(("account_calendar", "account_calendar_revoke"), lambda scene: {}),
    "calendar_feed": _feed,
    **dict.fromkeys(
        ("challenge_scope_line", "challenge_scope_line_remove", "challenge_scope_limb_add"), _line
    ),
    **dict.fromkeys(("challenge_scope_limb", "challenge_scope_limb_remove"), _limb),
    **dict.fromkeys(
        (
            "challenge_paper",
            "challenge_paper_withdraw",
            "challenge_paper_give",
            "challenge_paper_none",
        ),
        _asked,
    ),
    **dict.fromkeys(("paper_download", "paper_remove"), _paper),
}
