"""Who writes what a region's letters begin with."""

from __future__ import annotations

from authorities.models import Region, User
from authorities.states import Role
from feedback.models import LetterTemplate
from peerchallenge.shared.answers import Answer, yes_if


def write_letter_templates(by: User, region: Region) -> Answer:
    return yes_if(
        by.holds(Role.BOARD_OFFICER, region=region.pk),
        "Only the board’s officers write what letters begin with.",
    )


def read_letter_templates(by: User, region: Region) -> Answer:
    """Whoever approves letters knows what they begin with."""
    return yes_if(
        by.holds(Role.BOARD_OFFICER, Role.APPROVER, region=region.pk),
        "Only the board’s officers and the approver read what letters begin with.",
    )


def edit_letter_template(by: User, template: LetterTemplate) -> Answer:
    return write_letter_templates(by, template.region) & yes_if(
        template.released_at is None,
        "A released version never changes. Begin a new version to say something else.",
    )
