"""What a team has noted, by theme or by line of enquiry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator

from authorities.models import User
from feedback.models import Finding, FindingSource
from feedback.states import FindingKind, Grouping
from peerchallenge.shared import personal_data
from rounds.models import Challenge

PER_PAGE = 40
NO_LINE = "No line of enquiry"


@dataclass(frozen=True)
class Shown:
    """Which findings somebody asks for; what is empty leaves all of them in."""

    kind: str = ""
    theme: str = ""
    line: int | None = None  # 0: those with none
    letter: str = ""  # "in" or "out"
    whose: int | None = None
    sources: str = ""  # "none": those with no source
    group: str = Grouping.THEME

    @property
    def narrowed(self) -> bool:
        return replace(self, kind="", group=Grouping.THEME) != Shown()

    @property
    def query(self) -> str:
        """As it stands in an address, ready for one thing more."""
        said = {name: value for name, value in vars(self).items() if value not in {None, ""}}
        if self.group == Grouping.THEME:
            said.pop("group")
        return urlencode(said) + "&" if said else ""

    def fits(self, row: FindingRow) -> bool:
        finding = row.finding
        return (
            self.kind in {"", finding.kind}
            and self.theme in {"", finding.theme}
            and self.line in {None, finding.line_id or 0}
            and self.letter in {"", "in" if finding.for_letter else "out"}
            and self.whose in {None, finding.written_by_id}
            and not (self.sources and row.sources)
        )


@dataclass(frozen=True)
class FindingRow:
    """A finding, on how much it rests, and out of how many it was merged."""

    finding: Finding
    sources: int
    merged_from: int


@dataclass(frozen=True)
class KindCount:
    """How many findings of one kind; an empty `kind` counts all."""

    kind: str
    label: str
    number: int
    active: bool
    query: str


@dataclass(frozen=True)
class Group:
    """The findings of one theme or line, as far as they stand on this page."""

    name: str
    key: str
    anchor: str
    rows: list[FindingRow]


@dataclass(frozen=True)
class GroupLink:
    """Where a group begins, and how many are in it."""

    name: str
    number: int
    page: int
    anchor: str


@dataclass(frozen=True)
class FindingsPage:
    """The team's findings as somebody asked for them, cut into pages."""

    shown: Shown
    kinds: list[KindCount]
    groups: list[Group]
    links: list[GroupLink]
    page: Page[FindingRow]
    total: int
    in_letter: int
    people: list[tuple[int, str]]


def findings_page(
    challenge: Challenge, user: User, shown: Shown | None = None, *, number: int = 1
) -> FindingsPage:
    shown = shown or Shown()
    rows = rows_of(challenge, user)
    order = Order(challenge.round.format.themes, shown.group)
    of_all_kinds = [row for row in rows if replace(shown, kind="").fits(row)]
    wanted = sorted(filter(shown.fits, of_all_kinds), key=lambda row: order(row.finding))
    page = Paginator(wanted, PER_PAGE).get_page(number)
    anchors = {name: f"group-{place}" for place, (name, _) in enumerate(order.split(wanted), 1)}
    return FindingsPage(
        shown=shown,
        kinds=list(_counts(of_all_kinds, shown)),
        groups=[
            Group(name, order.key(found[0].finding), anchors[name], found)
            for name, found in order.split(page.object_list)
        ],
        links=list(_links(order.split(wanted), anchors)),
        page=page,
        total=len(rows),
        in_letter=sum(1 for row in rows if row.finding.for_letter),
        people=sorted(
            {row.finding.written_by_id: row.finding.written_by.name for row in rows}.items(),
            key=lambda one: one[1],
        ),
    )


def rows_of(challenge: Challenge, user: User) -> list[FindingRow]:
    """What this person reads and nobody merged; what was merged counts where it went."""
    seen = Finding.objects.visible_to(user).filter(challenge=challenge)
    everything = {one.pk: one for one in seen.select_related("written_by", "line")}
    merged = Counter(one.merged_into_id for one in everything.values())
    resting = FindingSource.objects.filter(finding__challenge=challenge).order_by()
    sources: Counter[int] = Counter()
    for key in resting.values_list("finding", flat=True):
        stands = key
        while stands in everything and (into := everything[stands].merged_into_id):
            stands = into
        sources[stands] += 1
    return [
        FindingRow(one, sources[one.pk], merged[one.pk])
        for one in everything.values()
        if one.merged_into_id is None
    ]


class Order:
    """Sorts findings by theme, or by line of enquiry; then by kind, as the team ordered them.

    The format's themes come first; one the team named itself comes last, as no line does.
    """

    def __init__(self, themes: list[str], group: str = Grouping.THEME) -> None:
        self.places = {theme: place for place, theme in enumerate(themes)}
        self.by_line = group == Grouping.LINE

    def __call__(self, finding: Finding) -> tuple[int, str, int, int, int]:
        kind = list(FindingKind.values).index(finding.kind)
        place, name = self.places.get(finding.theme, len(self.places)), finding.theme
        if self.by_line:
            place, name = (finding.line.position, "") if finding.line else (1_000_000, "")
        return place, name, kind, finding.position, finding.pk

    def name(self, finding: Finding) -> str:
        if self.by_line:
            return finding.line.text if finding.line else NO_LINE
        return finding.theme

    def key(self, finding: Finding) -> str:
        """How an address says which group it is."""
        return str(finding.line_id or 0) if self.by_line else finding.theme

    def split(self, rows: Iterable[FindingRow]) -> Iterator[tuple[str, list[FindingRow]]]:
        for name, found in groupby(rows, key=lambda row: self.name(row.finding)):
            yield name, list(found)


def group_of(finding: Finding, within: Grouping) -> tuple[str, str]:
    """Among which a finding has its place: those of its kind, on its theme or line."""
    about = finding.line_id or 0 if within == Grouping.LINE else finding.theme
    return str(about) if finding.merged_into_id is None else "merged", finding.kind


def themes_of(challenge: Challenge, user: User) -> list[str]:
    """The format's themes, then those the team has added, as far as this person reads them."""
    seen = Finding.objects.visible_to(user).filter(challenge=challenge)
    own = seen.order_by("theme").values_list("theme", flat=True).distinct()
    return list(dict.fromkeys([*challenge.round.format.themes, *own]))


def last_noted(challenge: Challenge, user: User) -> Finding | None:
    """What this person wrote last: the next finding is usually about the same."""
    return challenge.findings.filter(written_by=user).order_by("-pk").first()


def child_data_warnings(*texts: str) -> list[str]:
    """What may identify a child, said while there is time to change it."""
    looks = dict.fromkeys(
        (found.text, found.label) for text in texts for found in personal_data.find(text)
    )
    return [
        f"This may identify a child: “{found}” looks like {label}. Take it out: no letter goes "
        "on with it unasked."
        for found, label in looks
    ]


def _counts(rows: list[FindingRow], shown: Shown) -> Iterator[KindCount]:
    numbers = Counter(row.finding.kind for row in rows)
    for kind, label in [("", "All"), *((kind.value, PLURALS[kind]) for kind in FindingKind)]:
        number = numbers[kind] if kind else len(rows)
        query = replace(shown, kind=kind).query.rstrip("&")
        yield KindCount(kind, label, number, shown.kind == kind, query)


def _links(
    groups: Iterable[tuple[str, list[FindingRow]]], anchors: dict[str, str]
) -> Iterator[GroupLink]:
    before = 0
    for name, rows in groups:
        yield GroupLink(name, len(rows), before // PER_PAGE + 1, anchors[name])
        before += len(rows)


PLURALS = {
    FindingKind.STRENGTH: "Strengths",
    FindingKind.AREA_FOR_CONSIDERATION: "Areas for consideration",
    FindingKind.GOOD_PRACTICE: "Good practice",
}
