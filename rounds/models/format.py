"""A round's format is data: what it is called, who visits whom, in which phases, by when."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "presets"


@dataclass(frozen=True)
class Phase:
    """Days on site in a row; `gap_*` count calendar days from the end of phase `after`."""

    id: str
    label: str
    days: int
    after: str = ""
    gap_least: int = 0
    gap_most: int = 0


@dataclass(frozen=True)
class LetterPart:
    """One part of the letter's template: wording with {placeholders}, or a list of findings."""

    key: str
    heading: str
    text: str
    kind: str


@dataclass(frozen=True)
class Format:
    """What a preset or a round says; `data` is the JSON it came from."""

    data: dict[str, Any]

    @property
    def key(self) -> str:
        return str(self.data["key"])

    @property
    def name(self) -> str:
        return str(self.data["name"])

    @property
    def summary(self) -> str:
        return str(self.data["summary"])

    @property
    def phases(self) -> list[Phase]:
        return [Phase(**phase) for phase in self.data["phases"]]

    @property
    def mutual_allowed(self) -> bool:
        return bool(self.data["rules"]["mutual_allowed"])

    @property
    def own_area_allowed(self) -> bool:
        return bool(self.data["own_area_allowed"])

    @property
    def deadlines(self) -> dict[str, dict[str, Any]]:
        """By key: a label, what it is counted from, and weeks or working days."""
        return dict(self.data["deadlines"])

    @property
    def sign_offs(self) -> list[str]:
        """Whose names a self-assessment needs before it is sent; the director's always."""
        return list(self.data.get("sign_offs", ["director"]))

    @property
    def introduction(self) -> str:
        """What those who write are told before they begin."""
        return str(self.data["questionnaire"].get("introduction", ""))

    @property
    def sections(self) -> list[dict[str, Any]]:
        return list(self.data["questionnaire"]["sections"])

    @property
    def letter(self) -> list[LetterPart]:
        return [LetterPart(**part) for part in self.data["letter"]["parts"]]

    @property
    def themes(self) -> list[str]:
        """What findings are grouped by."""
        return [str(theme["label"]) for theme in self.data["finding_themes"]]

    def label(self, noun: str) -> str:
        """What this format calls a host, a challenger, a letter on screen."""
        return str(self.data["labels"].get(noun, noun))


def load_presets() -> dict[str, Format]:
    presets = [Format(json.loads(path.read_text())) for path in sorted(FOLDER.glob("*.json"))]
    return {preset.key: preset for preset in presets}


PRESETS = load_presets()
