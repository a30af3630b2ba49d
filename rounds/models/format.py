"""A round's format is data: what it is called, who visits whom, in which phases, by when."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "presets"
LEAD_SEAT = {"key": "lead", "label": "Lead reviewer", "least": 1, "most": 1, "leads": True}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six")


@dataclass(frozen=True)
class Phase:
    """Days on site in a row; `gap_*` count calendar days from the end of phase `after`.

    `shared`: all challenges of the round have it on one day, where everybody meets.
    """

    id: str
    label: str
    days: int
    after: str = ""
    gap_least: int = 0
    gap_most: int = 0
    shared: bool = False


@dataclass(frozen=True)
class SeatKind:
    """A kind of seat on a team: how many sit there, and who can fill it.

    `roles`: the posts that fit; none: whoever says that they can. `off_site`: they read the
    papers and do not come along. `side`: whose people they are, the challengers’ or those of the
    one that reads or moderates; none: anybody’s.
    """

    key: str
    label: str
    least: int
    most: int
    leads: bool = False
    roles: tuple[str, ...] = ()
    off_site: bool = False
    side: str = ""


@dataclass(frozen=True)
class UsualPaper:
    """What a team of this format mostly asks the host for; `note`: what it should hold."""

    key: str
    title: str
    note: str = ""


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
    def lead(self) -> str:
        """The first sentence of the summary."""
        return self.summary.partition(". ")[0].removesuffix(".") + "."

    @property
    def topology(self) -> str:
        return str(self.data["topology"])

    @property
    def directed(self) -> bool:
        """Each host has challengers of its own, who need not be challenged by it."""
        return self.topology in ("directed", "open_team")

    @property
    def challengers_per_host(self) -> int:
        return int(self.data["rules"].get("challenges_per_host", 1))

    @property
    def group_sizes(self) -> tuple[int, int] | None:
        """The least and the most that make a group, where the format has groups."""
        rules = self.data["rules"]
        return (rules["group_least"], rules["group_most"]) if "group_least" in rules else None

    @property
    def meeting_said(self) -> str:
        """Who challenges whom, in a line."""
        if self.topology == "reciprocal":
            return "Two authorities challenge each other"
        if self.group_sizes:
            sizes = " or ".join(NUMBERS[size] for size in sorted({*self.group_sizes}))
            return f"All in a group of {sizes} challenge each other"
        if self.topology == "panel":
            return "Each authority has two readers and a moderator, all from different authorities"
        if self.challengers_per_host > 1:
            count = NUMBERS[self.challengers_per_host]
            return f"Each authority is challenged by {count} others and challenges {count}"
        return "Each authority is challenged once and challenges once"

    @property
    def not_yet(self) -> list[str]:
        """What officers must arrange themselves in this format, a sentence each."""
        return [str(sentence) for sentence in self.data.get("not_yet", [])]

    @property
    def phases(self) -> list[Phase]:
        return [Phase(**phase) for phase in self.data["phases"]]

    @property
    def length(self) -> int:
        """How many days a visit takes."""
        return sum(phase.days for phase in self.phases)

    @property
    def length_said(self) -> str:
        """“two days”."""
        named = NUMBERS[self.length] if self.length < len(NUMBERS) else str(self.length)
        return f"{named} day{'' if self.length == 1 else 's'}"

    @property
    def meets_together(self) -> bool:
        """Nobody is visited: everybody meets on one day."""
        return bool(self.phases) and all(phase.shared for phase in self.phases)

    @property
    def visit_said(self) -> str:
        """“review week”: what it calls a visit, inside a sentence."""
        label = self.label("visit")
        return label[:1].lower() + label[1:]

    @property
    def lead_said(self) -> str:
        """“lead reviewer”, “facilitator”: who leads a team, inside a sentence."""
        label = self.label("lead_reviewer")
        return label[:1].lower() + label[1:]

    @property
    def seats(self) -> list[SeatKind]:
        """Who sits on a team, the lead first; a format that names no seats has a lead alone."""
        rows = self.data.get("seats") or [LEAD_SEAT]
        return [SeatKind(**{**row, "roles": tuple(row.get("roles", ()))}) for row in rows]

    @property
    def outline(self) -> list[dict[str, Any]]:
        """What usually happens on the days of a visit: phase, start, minutes, kind and title."""
        return list(self.data.get("outline", []))

    @property
    def visits_a_week_most(self) -> int | None:
        """How many visits may begin in one week; none where the format does not say."""
        most = self.data["rules"].get("visits_a_week_most")
        return None if most is None else int(most)

    @property
    def mutual_allowed(self) -> bool:
        return bool(self.data["rules"]["mutual_allowed"])

    @property
    def asked_of_each(self) -> int:
        """How many challenges every authority is asked to give, a moderator’s part too."""
        rules = self.data["rules"]
        given = rules.get("challenges_per_challenger", rules.get("challenges_per_host", 1))
        return int(given) + int(rules.get("moderators_per_host", 0))

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
    def shared_with(self) -> str:
        """Which other directors read a self-assessment once it is shared: none, group or all."""
        return str(self.data["readers"]["self_assessment_submitted"]["other_directors"])

    @property
    def introduction(self) -> str:
        """What those who write are told before they begin."""
        return str(self.data["questionnaire"].get("introduction", ""))

    @property
    def questionnaire(self) -> dict[str, Any]:
        return dict(self.data["questionnaire"])

    @property
    def sections(self) -> list[dict[str, Any]]:
        """What a preset asks; a round's own questions are rows and are not found here."""
        return list(self.data["questionnaire"].get("sections", []))

    @property
    def letter(self) -> list[LetterPart]:
        return [LetterPart(**part) for part in self.data["letter"]["parts"]]

    @property
    def themes(self) -> list[str]:
        """What findings are grouped by."""
        return [str(theme["label"]) for theme in self.data["finding_themes"]]

    @property
    def papers(self) -> list[UsualPaper]:
        """What the lead can ask for at one press; the self-assessment is here already."""
        return [UsualPaper(**row) for row in self.data.get("papers", [])]

    @property
    def line_label(self) -> str:
        """What it calls a line of enquiry."""
        return str(self.data["labels"].get("line_of_enquiry", "Line of enquiry"))

    @property
    def lines_label(self) -> str:
        return str(self.data["labels"].get("lines_of_enquiry", "Lines of enquiry"))

    def asks(self, deadline: str) -> bool:
        """Whether it has this step at all, such as `scope_agreed`."""
        return deadline in self.deadlines

    def label(self, noun: str) -> str:
        """What this format calls a host, a challenger, a letter on screen."""
        return str(self.data["labels"].get(noun, noun))


def load_presets() -> dict[str, Format]:
    """By key; the one that the others are based on comes first."""
    raw = {data["key"]: data for data in map(_read, sorted(FOLDER.glob("*.json")))}
    ordered = sorted(raw.values(), key=lambda data: (bool(data.get("based_on")), data["name"]))
    return {data["key"]: Format(_based(data, raw)) for data in ordered}


def _read(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text())
    return data


def _based(data: dict[str, Any], raw: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """A preset that is based on another says only what is different in it."""
    own = dict(data)
    base = own.pop("based_on", "")
    if not base:
        return own
    merged: dict[str, Any] = _changed(_based(raw[base], raw), own)
    return merged


def _changed(base: Any, change: Any) -> Any:
    """Objects are changed by key, rows that have a key likewise; null takes one out."""
    if not isinstance(change, dict):
        return change
    if isinstance(base, list):
        rows = {row["key"]: row for row in base}
        return list(_changed(rows, change).values())
    merged = dict(base) if isinstance(base, dict) else {}
    for key, value in change.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = _changed(merged.get(key), value)
    return merged


PRESETS = load_presets()
