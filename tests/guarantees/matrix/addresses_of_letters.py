"""What the addresses of findings and letters need, where it is more than what they begin with."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.utils import timezone

from feedback import actions as feedback
from feedback.queries.letterheads import PictureChosen, letterhead_of
from feedback.states import Audience
from rounds.permissions import days_known
from tests.guarantees.matrix.scenes import Scene

SUMMARY = b"toksummary: what the committee reads"


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


def _host_file(scene: Scene) -> dict[str, Any] | None:
    """The summary that the host had made for its committee; none before the letter is issued."""
    if scene.letter is None:
        return None
    if scene.letter.is_sealed:
        scene.letter.files.get_or_create(
            kind="summary",
            defaults={
                "content": {"parts": []},
                "data": SUMMARY,
                "sha256": sha256(SUMMARY).hexdigest(),
                "made_at": timezone.now(),
            },
        )
    return {"pk": scene.letter.pk, "kind": "summary"}


def _share(scene: Scene) -> dict[str, Any] | None:
    """A release for a committee, taken back again."""
    if scene.letter is None:
        return None
    share = None
    if scene.letter.is_sealed:
        director = scene.people["host_director"]
        share = scene.letter.shares.first() or feedback.withdraw_share(
            feedback.share_letter(scene.letter, Audience.COMMITTEE, by=director),
            reason="tokwithdrew: why",
            by=director,
        )
    return {"pk": scene.letter.pk, "share": share.pk if share else 1}


def _of_letter(scene: Scene, **more: Any) -> dict[str, Any] | None:
    return {"pk": scene.letter.pk, **more} if scene.letter else None


def _reference(scene: Scene) -> dict[str, Any] | None:
    """Of the letter; as it is not published, nobody finds it there."""
    return {"reference": scene.letter.reference or "none"} if scene.letter else None


def _letterhead(scene: Scene) -> dict[str, Any]:
    """One with both pictures, saved again by each who asks."""
    head = letterhead_of(scene.world.region)
    if not head.logo:
        picture = PictureChosen("Somebody’s", b"a picture that was cleaned before")
        feedback.change_letterhead(
            scene.world.region,
            address="County Hall",
            logo=picture,
            signature=picture,
            seen=head.edits,
            by=scene.world.officer,
        )
    return {"region": scene.world.region.pk}


def _source(scene: Scene) -> dict[str, Any] | None:
    """Where a finding is from; taken back already, as it stands."""
    finding = scene.challenge and scene.challenge.findings.first()
    return {"pk": finding.pk, "source": 1} if finding else None


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
    **dict.fromkeys(("letterhead", "letterhead_logo", "letterhead_signature"), _letterhead),
    **dict.fromkeys(("concern", "concern_acknowledge", "concern_told"), _concern),
    "finding_source_remove": _source,
    "letters_shared": lambda scene: {},
    "published_letters": lambda scene: {},
    "share_with": lambda scene: _of_letter(scene, audience="board"),
    "share_withdraw": _share,
    # Why a share was taken back stands on the page of shares.
    "letter_share": lambda scene: _share(scene) and _of_letter(scene),
    "redact_back": lambda scene: _of_letter(scene, redaction=1),
    "host_file": _host_file,
    **dict.fromkeys(("published_letter", "published_pdf"), _reference),
}
