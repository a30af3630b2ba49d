"""Everything the templates of the govuk pack need to know to draw one field."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from peerchallenge.shared.forms.look import Look

Attrs = dict[str, Any]


@dataclass(frozen=True)
class Item:
    """One radio or checkbox."""

    attrs: Attrs
    id: str
    text: str
    hint: str = ""
    hint_id: str = ""
    divider: str = ""


@dataclass(frozen=True)
class Part:
    """One box of a date."""

    label: str
    attrs: Attrs


@dataclass(frozen=True)
class Option:
    attrs: Attrs
    text: str


@dataclass
class Markup:
    """A field taken apart: its template, words, ids and attributes."""

    template: str
    id: str
    label: str
    hint: str
    errors: list[str]
    look: Look
    size: str
    attrs: Attrs = field(default_factory=dict)
    value: str = ""
    items: list[Item] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    options: list[tuple[str, list[Option]]] = field(default_factory=list)
    classes: str = ""
    group_classes: str = ""
    count: Attrs = field(default_factory=dict)
    count_text: str = ""
    info: bool = False

    @property
    def hint_id(self) -> str:
        return f"{self.id}-hint"

    @property
    def error_id(self) -> str:
        return f"{self.id}-error"

    @property
    def described_by(self) -> str:
        """Whatever explains the field, in reading order."""
        ids = [f"{self.id}-info"] if self.info else []
        ids += [self.look["described_by"]] if "described_by" in self.look else []
        ids += [self.hint_id] if self.hint else []
        ids += [self.error_id] if self.errors else []
        return " ".join(ids)
