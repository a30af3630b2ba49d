from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from authorities.models import Authority
from peerchallenge.shared import charts
from rounds.models import Challenge, Participation, Round, SelfAssessment, TeamMember
from rounds.queries.away import on_site
from rounds.queries.visits import days_said
from rounds.states import LIVE, SENT, ChallengeState, Stage, stage_of


@dataclass(frozen=True)
class Standing:
    """Where one authority of a round is: what it wrote, and the challenge it hosts."""

    authority: Authority
    self_assessment: SelfAssessment
    # Offered, accepted or further; a proposal is only the officers' draft.
    challenge: Challenge | None
    declined: bool

    @property
    def name(self) -> str:
        return self.authority.name

    @property
    def sent(self) -> bool:
        return self.self_assessment.state in SENT

    @property
    def stage(self) -> Stage:
        state, told = None, False
        if self.challenge:
            state, told = self.challenge.state, self.challenge.dates_sent
        return stage_of(self.self_assessment.state, state, dates_sent=told)

    @property
    def days(self) -> list[date]:
        return on_site(self.challenge) if self.challenge else []

    @property
    def has_lead(self) -> bool:
        return bool(self.challenge and self.challenge.leads_now)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Line:
    """One authority in the overview's table."""

    authority: str
    url: str
    area: str
    challenger: str
    visit: str
    stage: int
    label: str


@dataclass(frozen=True)
class Tile:
    number: int
    label: str


@dataclass(frozen=True)
class Column:
    """A heading to sort by; `now` is how the table is sorted by it, as ARIA says it."""

    label: str
    query: str
    now: str


@dataclass(frozen=True)
class Overview:
    lines: list[Line]
    columns: list[Column]
    tiles: list[Tile]
    map: charts.HexagonMap
    ring: charts.Ring
    matched: int
    stages: int = max(Stage)

    @property
    def caption(self) -> str:
        return "1 authority" if len(self.lines) == 1 else f"{len(self.lines)} authorities"


COLUMNS = {
    "authority": "Authority",
    "area": "Area",
    "challenger": "Challenged by",
    "visit": "Visit",
    "stage": "Stage",
}
KEYS: dict[str, Callable[[Standing], Any]] = {
    "authority": lambda one: "",
    "area": lambda one: (not _area(one), _area(one)),
    "challenger": lambda one: (not one.challenge, _challenger(one)),
    "visit": lambda one: (one.days or [date.max])[0],
    "stage": lambda one: one.stage,
}


def standings(round: Round) -> list[Standing]:
    """Every authority taking part, by name; four queries however many there are."""
    members = _members(round)
    challenges = list(_challenges(round))
    live = {c.host_id: c for c in challenges if c.state in LIVE}
    declined = {c.host_id for c in challenges if c.state == ChallengeState.DECLINED}
    return [
        Standing(
            member.authority,
            member.self_assessment,
            live.get(member.pk),
            member.pk in declined and member.pk not in live,
        )
        for member in members
    ]


def overview_of(
    found: list[Standing], *, sort: str = "authority", order: str = "up", linked: bool = True
) -> Overview:
    """The page of a round: `linked` where the reader may open each challenge."""
    ordered = sorted(found, key=KEYS[sort], reverse=order == "down")
    if sort == "authority":
        ordered = sorted(found, key=lambda one: one.name, reverse=order == "down")
    reached = Counter(one.stage for one in found)
    return Overview(
        [_line(one, linked) for one in ordered],
        [_column(name, sort, order) for name in COLUMNS],
        [Tile(reached[stage], stage.label) for stage in Stage],
        _map(found),
        _ring(found),
        sum(one.challenge is not None for one in found),
    )


def _members(round: Round) -> list[Participation]:
    return list(
        round.participations.taking_part()
        .select_related("authority", "self_assessment__area")
        .order_by("authority__name", "pk")
    )


def _challenges(round: Round) -> list[Challenge]:
    leads = TeamMember.objects.current().leads()
    return list(
        round.challenges.filter(state__in=[*LIVE, ChallengeState.DECLINED])
        .with_both_sides()
        .prefetch_related("days", Prefetch("team", leads, to_attr="leads_now"))
    )


def _area(one: Standing) -> str:
    """What it chose, known to the board once the self-assessment has been sent."""
    return one.self_assessment.area_name if one.sent else ""


def _challenger(one: Standing) -> str:
    return one.challenge.challengers_said if one.challenge else ""


def _line(one: Standing, linked: bool) -> Line:
    url = reverse("challenge", args=[one.challenge.pk]) if one.challenge and linked else ""
    return Line(
        one.name,
        url,
        _area(one),
        _challenger(one),
        days_said(one.days),
        one.stage,
        one.stage.label,
    )


def _column(name: str, sort: str, order: str) -> Column:
    now = {"up": "ascending", "down": "descending"}[order] if name == sort else "none"
    turn = "down" if now == "ascending" else "up"
    return Column(COLUMNS[name], f"?sort={name}&order={turn}", now)


def _map(found: list[Standing]) -> charts.HexagonMap:
    taken: set[tuple[int, int]] = set()
    cells = []
    for one in found:
        place = (one.authority.map_column, one.authority.map_row)
        # Two on one spot would hide each other: the second goes below the rest.
        column, row = (None, None) if place in taken else place
        taken.add(place)
        cells.append(
            charts.Cell(
                one.authority.dfe_code,
                one.authority.code3,
                one.name,
                one.stage,
                one.stage.label,
                column,
                row,
            )
        )
    return charts.hexagon_map(cells, stages={stage.value: stage.label for stage in Stage})


def _ring(found: list[Standing]) -> charts.Ring:
    there = {one.authority.pk for one in found}
    return charts.ring(
        [charts.Node(str(o.authority.pk), o.authority.code3, o.name) for o in found],
        [
            charts.Arrow(str(challenger.pk), str(one.challenge.host.authority_id))
            for one in found
            if one.challenge
            for challenger in one.challenge.challengers
            if challenger.pk in there
        ],
    )
