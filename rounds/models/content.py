"""What a self-assessment says, frozen: the same for the page, the PDF, Word and the record."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from typing import Any

from peerchallenge.shared.fields import count_words
from rounds.states import Leaning, QuestionKind


@dataclass(frozen=True, slots=True)
class Attached:
    """A document or a public address that bears out a section or an answer."""

    title: str
    document_date: date
    added_on: date
    file_name: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class AnswerContent:
    """A question as it was asked, and what the authority answered.

    `question` is its key in the database, by which a purge finds it. `data` and `options` are
    those of WrittenAnswer and of Question; `asked` is empty unless the question has been put
    in other words since it was answered.
    """

    question: int
    key: str
    kind: str
    asks: str
    required: bool = True
    text: str = ""
    data: dict[str, Any] | None = None
    options: dict[str, Any] | None = None
    asked: str = ""
    leaning: str = ""
    carried: bool = False
    withdrawn: bool = False
    evidence: tuple[Attached, ...] = ()

    @property
    def answered(self) -> bool:
        return bool(self.text or self.data or self.evidence)

    @property
    def words(self) -> int:
        return count_words(self.text)

    @property
    def paragraphs(self) -> list[str]:
        """The text line by line, as it was typed; empty lines only part them."""
        return [line for line in map(str.strip, self.text.splitlines()) if line]

    @property
    def columns(self) -> list[str]:
        return [str(column) for column in (self.options or {}).get("columns", [])]

    @property
    def rows(self) -> list[list[str]]:
        """The rows of a table that say something, each as wide as the table."""
        found = [[str(cell) for cell in row] for row in (self.data or {}).get("rows", [])]
        width = len(self.columns)
        return [(row + [""] * width)[:width] if width else row for row in found if any(row)]

    @property
    def is_table(self) -> bool:
        return self.kind == QuestionKind.TABLE and bool(self.columns and self.rows)

    @property
    def measures(self) -> list[tuple[str, str]]:
        """What a measure holds, each with its name; nothing for the other kinds."""
        if self.kind != QuestionKind.MEASURE:
            return []
        data, unit = self.data or {}, str((self.options or {}).get("unit", ""))
        said = [("Value", data.get("value", "")), ("Baseline", data.get("baseline", ""))]
        return [(name, f"{value} {unit}".strip()) for name, value in said if value != ""]

    @property
    def leaning_said(self) -> str:
        return Leaning(self.leaning).label if self.leaning else ""


@dataclass(frozen=True, slots=True)
class SectionContent:
    """A section of the questionnaire; evidence that belongs to no one question is its own."""

    key: str
    title: str
    answers: tuple[AnswerContent, ...] = ()
    evidence: tuple[Attached, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgressContent:
    """An area for consideration of the last letter, and what came of it."""

    source: str
    area_for_consideration: str
    plan_state: str = ""
    progress: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Whose name stands under it."""

    name: str
    role: str
    on: date


@dataclass(frozen=True)
class SelfAssessmentContent:
    """Everything a self-assessment says; one without a day of sending is a draft."""

    authority: str
    round: str
    board: str
    colour: str
    introduction: str = ""
    area: str = ""
    own_area: bool = False
    area_reason: str = ""
    sections: tuple[SectionContent, ...] = ()
    progress: tuple[ProgressContent, ...] = ()
    sign_offs: tuple[Signature, ...] = ()
    version: int = 0
    sent_on: date | None = None
    sent_by: str = ""

    @property
    def title(self) -> str:
        return f"Self-assessment of {self.authority}"

    @property
    def is_draft(self) -> bool:
        return self.sent_on is None

    @cached_property
    def words(self) -> int:
        return sum(answer.words for section in self.sections for answer in section.answers)

    def to_json(self) -> dict[str, Any]:
        """Plain values for a JSON column; dates as YYYY-MM-DD."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> SelfAssessmentContent:
        """The self-assessment that `to_json` wrote down."""
        return cls(
            **data
            | {
                "sections": tuple(_section(row) for row in data["sections"]),
                "progress": tuple(ProgressContent(**row) for row in data["progress"]),
                "sign_offs": tuple(
                    Signature(**row | {"on": date.fromisoformat(row["on"])})
                    for row in data["sign_offs"]
                ),
                "sent_on": date.fromisoformat(data["sent_on"]) if data["sent_on"] else None,
            }
        )


def _section(row: dict[str, Any]) -> SectionContent:
    answers = tuple(
        AnswerContent(**answer | {"evidence": _attached(answer["evidence"])})
        for answer in row["answers"]
    )
    return SectionContent(**row | {"answers": answers, "evidence": _attached(row["evidence"])})


def _attached(rows: list[dict[str, Any]]) -> tuple[Attached, ...]:
    days = ("document_date", "added_on")
    return tuple(
        Attached(**row | {day: date.fromisoformat(row[day]) for day in days}) for row in rows
    )


def _plain(value: Any) -> Any:
    """Tuples and dates as JSON knows them."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
