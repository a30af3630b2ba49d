from __future__ import annotations

from typing import Any

from django import forms

from peerchallenge.shared.forms import GovForm, ParamsForm
from rounds.queries.matches import Board, Row


class MatchForm(GovForm):
    """Who challenges each host whose offer is not out yet, on one page."""

    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        self.board = board
        self.hosts = [row for row in board.rows if not row.offer]
        challengers = {field_of(row.host): row.challenger for row in self.hosts}
        kwargs["initial"] = {"version": board.version, **challengers}
        super().__init__(*args, **kwargs)
        for row in self.hosts:
            name = field_of(row.host)
            self.fields[name] = self._challenger(row)
            self.ask(name, hide_label=True, noun=f"who challenges {row.name}", width="full")

    @property
    def lines(self) -> list[tuple[Row, forms.BoundField | None]]:
        """The rows of the board, each with its field where it can be changed."""
        return [(row, None if row.offer else self[field_of(row.host)]) for row in self.board.rows]

    def _challenger(self, row: Row) -> forms.TypedChoiceField:
        others = [(one.host, one.name) for one in self.board.rows if one.host != row.host]
        return forms.TypedChoiceField(
            label=f"Who challenges {row.name}",
            choices=[("", "Nobody yet"), *others],
            coerce=int,
            empty_value=None,
            required=False,
        )

    def draft(self) -> dict[int, int | None]:
        """Host to challenger, of the rows that can be changed and were understood."""
        return {
            row.host: self.cleaned_data[field_of(row.host)]
            for row in self.hosts
            if field_of(row.host) in self.cleaned_data
        }

    def refuse(self) -> None:
        """Say what stands in the way of confirming, each thing once, where it can be changed."""
        said: set[str] = set()
        for row in self.hosts:
            if row.challenger is None:
                self.add_error(field_of(row.host), f"{row.name} has no challenger yet")
            for problem in row.problems:
                if problem.text not in said:
                    self.add_error(field_of(row.host), problem.text.removesuffix("."))
                said.add(problem.text)


def field_of(host: int) -> str:
    return f"challenger_{host}"


class PressForm(ParamsForm):
    """Which button of the board was pressed; `chosen` is the host pressed before."""

    swap = forms.IntegerField(required=False, min_value=0, max_value=10**18)
    chosen = forms.IntegerField(required=False, min_value=0, max_value=10**18)
    fill = forms.BooleanField(required=False)
    confirm = forms.BooleanField(required=False)


class VersionForm(ParamsForm):
    """The mark of the pairs that were on the page when its button was pressed."""

    version = forms.CharField(max_length=16)
