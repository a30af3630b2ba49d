"""Declared conflicts of interest: how each stands, and which matches it touches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Set
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from authorities.models import Authority, Region, User
from authorities.states import Role
from peerchallenge.shared.answers import Answer
from rounds.models import Challenge, Conflict, ConflictKind, Round, ScenarioMatch, TeamMember
from rounds.models.challenge import ChallengeQuerySet
from rounds.models.conflict import ConflictQuerySet
from rounds.queries.pasts import Heirs, heirs_of
from rounds.states import DATES_OPEN, LIVE, ROUND_OVER, ChallengeState

PER_PAGE = 50
# So long before its last day it is listed as ending soon.
SOON = timedelta(weeks=8)
# “In the last two years”, as the declaration’s own words have it.
COUNTS_AFTER_LEAVING = 2
TOUCHED = (ChallengeState.PROPOSED, *(one for one in LIVE if one != ChallengeState.CLOSED))

# A challenger may still be changed for another.
BEFORE_THE_VISIT = (ChallengeState.PROPOSED, ChallengeState.OFFERED, *DATES_OPEN)

STANDING, SOON_OVER, OVER, ALL = "standing", "soon", "over", "all"
WHICH = {
    STANDING: "Those that count",
    SOON_OVER: "Those that end in the next 8 weeks",
    OVER: "Expired or withdrawn",
    ALL: "All",
}


@dataclass(frozen=True)
class Touched:
    """A match that a conflict touches, and where it is put right."""

    what: str
    round: Round
    state: str
    url: str


@dataclass(frozen=True)
class Line:
    """A conflict as its list shows it; the details are on its own page."""

    conflict: Conflict
    keeps: str
    state: str
    colour: str
    until: str
    touches: list[Touched] = field(default_factory=list)
    may_withdraw: bool = False


@dataclass(frozen=True)
class Asked:
    """What an officer looked for."""

    authority: Authority | None
    which: str


def lines_for(user: User, may_withdraw: Callable[[Conflict], Answer]) -> list[Line]:
    """All that somebody may see, what counts first; without the matches, which are officers’."""
    rows = Conflict.objects.visible_to(user).with_sides()
    lines = [_line(row, (), may_withdraw) for row in rows]
    return sorted(lines, key=lambda line: not line.conflict.stands)


def page_for_officer(
    user: User, asked: Asked, number: int, may_withdraw: Callable[[Conflict], Answer]
) -> tuple[Page[Conflict], list[Line]]:
    """The newest first, a page of them."""
    page = Paginator(_looked_for(user, asked), PER_PAGE).get_page(number)
    rows = list(page.object_list)
    touched = touched_by(rows, Challenge.objects.visible_to(user))
    return page, [_line(row, touched.get(row.pk, ()), may_withdraw) for row in rows]


def rows_for_sheet(user: User, asked: Asked) -> list[Line]:
    rows = list(_looked_for(user, asked))
    touched = touched_by(rows, Challenge.objects.visible_to(user))
    return [_line(row, touched.get(row.pk, ()), None) for row in rows]


def line_of(conflict: Conflict, user: User, may_withdraw: Callable[[Conflict], Answer]) -> Line:
    """One of them; its matches only where this person is an officer of a side's region."""
    officer = any(
        user.holds(Role.BOARD_OFFICER, region=side.region_id)
        for side in (conflict.authority, conflict.other)
    )
    challenges = Challenge.objects.visible_to(user) if officer else Challenge.objects.none()
    return _line(conflict, touched_by([conflict], challenges).get(conflict.pk, ()), may_withdraw)


def _looked_for(user: User, asked: Asked) -> ConflictQuerySet:
    rows = Conflict.objects.visible_to(user).with_sides()
    if asked.authority:
        rows = rows.filter(Q(authority=asked.authority) | Q(other=asked.authority))
    if asked.which == STANDING:
        return rows.standing()
    if asked.which == SOON_OVER:
        return rows.standing().filter(expires_on__lte=timezone.localdate() + SOON)
    if asked.which == OVER:
        return rows.exclude(pk__in=Conflict.objects.standing().values("pk"))
    return rows


def _line(
    conflict: Conflict,
    touches: Iterable[Touched],
    may_withdraw: Callable[[Conflict], Answer] | None,
) -> Line:
    state, colour, until = _stands(conflict)
    may = bool(may_withdraw and may_withdraw(conflict))
    return Line(conflict, _keeps(conflict), state, colour, until, list(touches), may)


def _keeps(conflict: Conflict) -> str:
    if conflict.person:
        return f"{conflict.person}, from a team there"
    return "The two authorities"


def _stands(conflict: Conflict) -> tuple[str, str, str]:
    """A word, its colour, and from when or until when."""
    if conflict.withdrawn_at:
        day = timezone.localdate(conflict.withdrawn_at)
        return "Withdrawn", "grey", f"by {conflict.withdrawn_by}, {day:%-d %B %Y}"
    if conflict.expires_on is None:
        return "Counts", "blue", "with no last day"
    last = f"{conflict.expires_on:%-d %B %Y}"
    if not conflict.stands:
        return "Expired", "grey", f"last counted on {last}"
    soon = conflict.expires_on <= timezone.localdate() + SOON
    return ("Ends soon", "yellow", f"until {last}") if soon else ("Counts", "blue", f"until {last}")


def touched_by(
    conflicts: Collection[Conflict],
    challenges: ChallengeQuerySet,
    *,
    let_stand: Set[tuple[int, int]] = frozenset(),
) -> dict[int, list[Touched]]:
    """By conflict that counts: the matches of running rounds between its two authorities, or
    with its person on the team that visits the other one. Four queries, however many.

    `let_stand`: pairs of a host and a challenger, by participation, that touch nothing.
    """
    standing = [conflict for conflict in conflicts if conflict.stands]
    if not standing:
        return {}
    regions = {side.region_id for one in standing for side in (one.authority, one.other)}
    running = list(
        challenges.filter(state__in=TOUCHED, round__region__in=regions)
        .exclude(round__state__in=ROUND_OVER)
        .with_both_sides()
        .order_by("round", "host__authority__name", "pk")
    )
    heirs = heirs_of(side.authority.dfe_code for one in running for side in one.sides)
    seated = _seated(running, standing)
    found: dict[int, list[Touched]] = defaultdict(list)
    for conflict in standing:
        for challenge in running:
            if _touches(conflict, challenge, heirs, seated, let_stand):
                found[conflict.pk].append(_touched(conflict, challenge))
    return found


def touching_in(round: Round) -> list[tuple[Conflict, list[str]]]:
    """What an officer has still to settle: matches of the round, their visit not begun, that no
    officer has let stand with a reason. One query where no conflict is declared."""
    here = round.region_id
    declared = list(
        Conflict.objects.standing()
        .filter(Q(authority__region=here) | Q(other__region=here))
        .with_sides()
        .order_by("-declared_at", "-pk")
    )
    if not declared:
        return []
    let_stand = ScenarioMatch.objects.filter(scenario__round=round).exclude(reason="")
    open_still = round.challenges.filter(state__in=BEFORE_THE_VISIT)
    pairs = frozenset(let_stand.values_list("host", "challenger"))
    touched = touched_by(declared, open_still, let_stand=pairs)
    return [(one, [it.what for it in touched[one.pk]]) for one in declared if one.pk in touched]


def _seated(running: list[Challenge], standing: list[Conflict]) -> set[tuple[int, int]]:
    """Challenge and person, of those who have said that they keep off some team."""
    people = [one.person_id for one in standing if one.person_id]
    if not people:
        return set()
    seats = TeamMember.objects.current().filter(user__in=people, challenge__in=running)
    return set(seats.values_list("challenge", "user"))


def _touches(
    conflict: Conflict,
    challenge: Challenge,
    heirs: Heirs,
    seated: Set[tuple[int, int]],
    let_stand: Set[tuple[int, int]],
) -> bool:
    """Whoever carries on an authority that has closed carries on what was declared of it."""
    own = heirs.get(conflict.authority.dfe_code, frozenset())
    other = heirs.get(conflict.other.dfe_code, frozenset())
    host = challenge.host_authority.dfe_code
    if conflict.person_id:
        return host in other and (challenge.pk, conflict.person_id) in seated
    apart = (own if host in other else frozenset()) | (other if host in own else frozenset())
    return any(
        side.authority.dfe_code in apart
        and (challenge.host_id, side.participation.pk) not in let_stand
        for side in challenge.sides[1:]
    )


def _touched(conflict: Conflict, challenge: Challenge) -> Touched:
    """A person’s is put right on the team; another challenger is found among the candidates."""
    if conflict.person_id:
        url = reverse("challenge", args=[challenge.pk])
    else:
        url = reverse("match_why", args=[challenge.round_id, challenge.host_id])
    return Touched(str(challenge), challenge.round, challenge.get_state_display(), url)


def regions_touched(touched: Iterable[Touched]) -> list[tuple[Region, list[Round]]]:
    """Whose officers have something to settle, and in which of their rounds."""
    found: dict[Region, list[Round]] = {}
    for one in touched:
        rounds = found.setdefault(one.round.region, [])
        if one.round not in rounds:
            rounds.append(one.round)
    return list(found.items())


def conflicts_told_in(round: Round) -> dict[int, dict[str, str]]:
    """For the list of messages: those declared while this round ran, between two who take part."""
    inside = round.participations.values("authority")
    rows = Conflict.objects.filter(
        declared_at__gte=round.created_at, authority__in=inside, other__in=inside
    )
    return {pk: {"authority": name} for pk, name in rows.values_list("pk", "authority__name")}


def declared_already(
    authority: Authority, other: Authority, kind: str, person: User | None, by: User
) -> Conflict | None:
    """The same by the same person, still counting; what others said is theirs to withdraw."""
    return (
        Conflict.objects.standing()
        .filter(authority=authority, other=other, kind=kind, person=person, declared_by=by)
        .first()
    )


def declares_for(user: User) -> list[Authority]:
    """One's own authorities first, then those of the regions whose officer one is; open ones."""
    own = {held.authority_id for held in user.current_memberships if held.authority_id}
    wanted = Q(pk__in=own) | Q(region__in=user.regions_where(Role.BOARD_OFFICER))
    rows = Authority.objects.filter(wanted).open_on(timezone.localdate()).select_related("region")
    return sorted(rows, key=lambda one: (one.pk not in own, one.name))


def others_by_group(near: Collection[int]) -> list[tuple[str, list[Authority]]]:
    """Every open authority: those of these regions first, the rest of England by first letter."""
    groups: dict[str, list[Authority]] = {}
    rows = Authority.objects.open_on(timezone.localdate()).select_related("region")
    for one in sorted(rows, key=lambda one: (one.region_id not in near, one.name)):
        close = one.region_id in near
        group = one.region.name if close else f"Elsewhere in England: {one.name[0].upper()}"
        groups.setdefault(group, []).append(one)
    return list(groups.items())


def counts_until(kind: str, left_on: date | None) -> date | None:
    """The last day a declaration counts where nobody says another: two years after leaving."""
    if kind != ConflictKind.WORKED_THERE or left_on is None:
        return None
    year = left_on.year + COUNTS_AFTER_LEAVING
    try:
        return left_on.replace(year=year)
    except ValueError:  # left on 29 February
        return date(year, 2, 28)
