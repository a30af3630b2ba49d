"""Which cells a moment asks, for all of them would take half an hour of two cores.

Somebody who gets the same of an address at the moment before and the one after is asked at one
moment in three, where a third of the people are asked. Everybody is asked where the policy
changes, and for every address at three moments. `MATRIX=whole make test` asks every cell.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from tests.guarantees.matrix.focused import FOCUSED
from tests.guarantees.matrix.policy import Row, row_for
from tests.guarantees.matrix.scenes import SCENES

# One in each file of the matrix.
WHOLE = ("offered", "visited", "letter_issued")
MOMENTS = [moment for moment in SCENES if moment not in FOCUSED]
PARTS = 3


def is_whole(moment: str) -> bool:
    return moment in WHOLE or os.environ.get("MATRIX") == "whole"


def asked(
    rows: list[Row], name: str, method: str, moment: str, people: Sequence[str], turn: int
) -> list[str]:
    """Who is asked at this moment; `turn` lets addresses begin with different people."""
    if is_whole(moment):
        return list(people)
    place = MOMENTS.index(moment)
    around = [row_for(rows, name, method, each) for each in MOMENTS[max(place - 1, 0) : place + 2]]
    return [
        person
        for number, person in enumerate(people)
        if (number + place + turn) % PARTS == 0
        or len({row.cells[person] if row else "" for row in around}) > 1
    ]
