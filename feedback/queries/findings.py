"""What a team has noted, by theme."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Page, Paginator

from authorities.models import User
from feedback.models import Finding
from feedback.states import FindingKind
from rounds.models import Challenge

PER_PAGE = 50


@dataclass(frozen=True)
class KindCount:
    """How many findings of one kind; an empty `kind` counts all."""

    kind: str
    label: str
    number: int
    active: bool


@dataclass(frozen=True)
class ThemeGroup:
    theme: str
    findings: list[Finding]


@dataclass(frozen=True)
class FindingsPage:
    """The team's findings, filtered by kind and cut into pages."""

    kinds: list[KindCount]
    groups: list[ThemeGroup]
    page: Page[Finding]
    total: int
    in_letter: int


def findings_page(challenge: Challenge, *, kind: str = "", number: int = 1) -> FindingsPage:
    found = list(challenge.findings.select_related("written_by"))
    found.sort(key=ThemeOrder(challenge.round.format.themes))
    shown = [finding for finding in found if kind in {"", finding.kind}]
    page = Paginator(shown, PER_PAGE).get_page(number)
    return FindingsPage(
        kinds=list(_counts(found, kind)),
        groups=grouped(page.object_list),
        page=page,
        total=len(found),
        in_letter=sum(1 for finding in found if finding.for_letter),
    )


class ThemeOrder:
    """Sorts findings by the format's themes; a theme the team named itself comes last."""

    def __init__(self, themes: list[str]) -> None:
        self.places = {theme: place for place, theme in enumerate(themes)}

    def __call__(self, finding: Finding) -> tuple[int, str, int, int]:
        place = self.places.get(finding.theme, len(self.places))
        return (place, finding.theme, list(FindingKind.values).index(finding.kind), finding.pk)


def grouped(findings: Iterable[Finding]) -> list[ThemeGroup]:
    return [
        ThemeGroup(theme, list(rows))
        for theme, rows in groupby(findings, key=lambda finding: finding.theme)
    ]


def themes_of(challenge: Challenge) -> list[str]:
    """The format's themes, then those the team has added."""
    own = challenge.findings.order_by("theme").values_list("theme", flat=True).distinct()
    return list(dict.fromkeys([*challenge.round.format.themes, *own]))


def last_theme(challenge: Challenge, user: User) -> str:
    """What this person wrote about last: the next finding is usually about the same."""
    last = challenge.findings.filter(written_by=user).order_by("-pk").first()
    return last.theme if last else ""


def _counts(findings: list[Finding], chosen: str) -> Iterator[KindCount]:
    yield KindCount("", "All", len(findings), chosen == "")
    for kind in FindingKind:
        number = sum(1 for finding in findings if finding.kind == kind)
        yield KindCount(kind.value, PLURALS[kind], number, chosen == kind)


PLURALS = {
    FindingKind.STRENGTH: "Strengths",
    FindingKind.AREA_FOR_CONSIDERATION: "Areas for consideration",
    FindingKind.GOOD_PRACTICE: "Good practice",
}
