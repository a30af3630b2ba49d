from __future__ import annotations

from authorities.models import Region, User
from authorities.states import Role
from peerchallenge.shared.answers import Answer, yes_if


def change_letterhead(by: User, region: Region) -> Answer:
    return yes_if(
        by.holds(Role.BOARD_OFFICER, region=region),
        "Only the board’s officers change the region’s letterhead.",
    )
