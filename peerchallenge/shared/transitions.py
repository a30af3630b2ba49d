"""What can follow what: a table from each state to the states allowed next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

from django.db.models import TextChoices

from peerchallenge.shared.answers import Answer, yes_if

State = TypeVar("State", bound=TextChoices)


class Transitions(Generic[State]):
    """A machine's whole table; a state missing from it is a programming error."""

    def __init__(self, noun: str, table: Mapping[State, Iterable[State]]) -> None:
        self.noun = noun
        self.table = {state: tuple(following) for state, following in table.items()}
        states = type(next(iter(self.table)))
        if missing := set(states) - set(self.table):
            raise ValueError(f"{noun}: no row for {', '.join(sorted(missing))}")

    def after(self, state: State | str) -> tuple[State, ...]:
        return next(row for key, row in self.table.items() if key == state)

    def may(self, now: State | str, then: State) -> Answer:
        label = next(key for key in self.table if key == now).label
        return yes_if(
            then in self.after(now),
            f"This {self.noun} is “{label.lower()}”, so it cannot become “{then.label.lower()}”.",
        )

    def diagram(self) -> str:
        """The table as a Mermaid state diagram."""
        lines = ["stateDiagram-v2"]
        for state in self.table:
            lines.append(f"    {state.value}: {state.label}")
        for state, following in self.table.items():
            lines += [f"    {state.value} --> {then.value}" for then in following]
        return "\n".join(lines)
