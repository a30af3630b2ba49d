"""The authorities of a region, and what is known of one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from authorities.models import Authority, Membership, Region, Succession, User
from authorities.queries import authority_people
from authorities.queries.people import Post
from authorities.states import READS_FOR_BOARD, Role
from rounds.models import Participation
from rounds.states import RoundState

KINDS = {
    "county": "County council",
    "unitary": "Unitary authority",
    "metropolitan": "Metropolitan borough",
    "london_borough": "London borough",
    "city_corporation": "City corporation",
}


@dataclass(frozen=True)
class Row:
    name: str
    url: str
    code: str
    kind: str
    directors: list[str]
    rounds: list[str]


@dataclass(frozen=True)
class RegionRows:
    """A region's authorities as of today, and those that have closed."""

    name: str
    board: str
    calendar: str = ""
    rows: list[Row] = field(default_factory=list)
    closed: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Step:
    """“1 April 2019: merged into Bournemouth, Christchurch and Poole”."""

    on: date
    text: str
    name: str
    url: str


@dataclass(frozen=True)
class TakenPart:
    name: str
    url: str
    state: str


@dataclass(frozen=True)
class AuthorityPage:
    name: str
    official_name: str
    region: Region
    facts: list[tuple[str, str]]
    before: list[Step]
    after: list[Step]
    # None where the reader may not know who works there.
    people: list[Post] | None
    rounds: list[TakenPart]
    # Whoever has to do with the region reads its calendar and its venues.
    calendar: bool


def authorities_for(user: User) -> list[RegionRows]:
    """Four queries however many regions; a region's authorities by name."""
    today = timezone.localdate()
    regions = {
        region.pk: RegionRows(region.name, region.board_name, _calendar(region, user))
        for region in Region.objects.visible_to(user)
    }
    visible = Authority.objects.visible_to(user).order_by("name", "pk")
    directors, rounds = _directors(visible), _running(visible)
    for authority in visible:
        row = Row(
            authority.name,
            reverse("authority", args=[authority.pk]),
            authority.dfe_code,
            KINDS.get(authority.kind, authority.kind),
            directors.get(authority.pk, []),
            rounds.get(authority.pk, []),
        )
        group = regions[authority.region_id]
        closed = authority.valid_to is not None and authority.valid_to < today
        (group.closed if closed else group.rows).append(row)
    return list(regions.values())


def authority_page(authority: Authority, user: User) -> AuthorityPage:
    own = user.holds_any_post_in(authority)
    officer = user.holds(Role.BOARD_OFFICER, region=authority.region_id)
    return AuthorityPage(
        authority.name,
        authority.official_name,
        authority.region,
        _facts(authority),
        [_step(one.on, CAME_FROM, one.event, one.before) for one in _came_from(authority)],
        [_step(one.on, WENT_TO, one.event, one.after) for one in _went_to(authority)],
        authority_people(authority) if own or officer else None,
        _taken_part(authority, user),
        authority.region_id in user.region_ids(),
    )


def _calendar(region: Region, user: User) -> str:
    return reverse("region_calendar", args=[region.pk]) if region.pk in user.region_ids() else ""


def _directors(authorities: Iterable[Authority]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    held = Membership.objects.current().filter(
        role=Role.DIRECTOR, authority__in=authorities, user__is_active=True
    )
    for authority, name in held.order_by("user__name").values_list("authority", "user__name"):
        found.setdefault(authority, []).append(name)
    return found


def _running(authorities: Iterable[Authority]) -> dict[int, list[str]]:
    over = (RoundState.DRAFT, RoundState.CLOSED, RoundState.CANCELLED)
    found: dict[int, list[str]] = {}
    members = Participation.objects.taking_part().filter(authority__in=authorities)
    for authority, name in (
        members.exclude(round__state__in=over)
        .order_by("-round__visits_from")
        .values_list("authority", "round__name")
    ):
        found.setdefault(authority, []).append(name)
    return found


def _facts(authority: Authority) -> list[tuple[str, str]]:
    start, end = authority.valid_from, authority.valid_to
    return [
        ("Official name", authority.official_name),
        ("Kind", KINDS.get(authority.kind, authority.kind)),
        ("Region", authority.region.name),
        ("Code at the Department for Education", authority.dfe_code),
        ("Since", f"{start:%-d %B %Y}" if start else "Before 2012"),
        ("Until", f"{end:%-d %B %Y}" if end else "Still open"),
    ]


CAME_FROM = {
    "merged": "merged out of",
    "split": "came out of",
    "replaced": "took over from",
    "part_transferred": "took over a part of",
}
WENT_TO = {
    "merged": "merged into",
    "split": "split into",
    "replaced": "replaced by",
    "part_transferred": "a part went to",
}


def _came_from(authority: Authority) -> QuerySet[Succession]:
    return authority.predecessions.select_related("before").order_by("on", "before__name")


def _went_to(authority: Authority) -> QuerySet[Succession]:
    """An authority that goes on has at most given a part away."""
    found = authority.successions.select_related("after").order_by("on", "after__name")
    return found if authority.valid_to else found.filter(event="part_transferred")


def _step(on: date, words: dict[str, str], event: str, other: Authority) -> Step:
    return Step(on, words.get(event, event), other.name, reverse("authority", args=[other.pk]))


def _taken_part(authority: Authority, user: User) -> list[TakenPart]:
    """Rounds it was invited to; only the board's people have a page of the round to open."""
    members = Participation.objects.filter(authority=authority).exclude(
        round__state=RoundState.DRAFT
    )
    opens = user.holds(*READS_FOR_BOARD, region=authority.region_id)
    return [
        TakenPart(
            one.round.name,
            reverse("round", args=[one.round_id]) if opens else "",
            one.get_state_display(),
        )
        for one in members.select_related("round").order_by("-round__visits_from")
    ]
