"""What is known of a round's authorities, read for the matching in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from authorities.models import Authority, Border, Intervention, Neighbour
from peerchallenge.audit.actions import history_of
from rounds.matching.facts import Place, RoundFacts, Settings, Side
from rounds.matching.problem import DIRECTED, GROUPS, PAIRS, PANEL, Ids
from rounds.models import (
    Conflict,
    ConflictKind,
    HostPreference,
    Participation,
    Round,
    Scenario,
    StrengthOffered,
    WrittenAnswer,
)
from rounds.queries.free_days import free_days_of, stays_of
from rounds.queries.ledger import Sums, sums_by_authority
from rounds.queries.offering import numbers_of
from rounds.queries.pasts import Heirs, earlier_of, gifts_before, heirs_of, of_one_past
from rounds.states import LIVE, SENT, ChallengeState, Leaning

TOPOLOGIES = {
    "directed": DIRECTED,
    "open_team": DIRECTED,
    "reciprocal": PAIRS,
    "group": GROUPS,
    "panel": PANEL,
}
# The visit is being prepared or over: matching does not move such a challenge.
BEYOND = tuple(
    state for state in LIVE if state not in (ChallengeState.OFFERED, ChallengeState.ACCEPTED)
)


def members_by_id(round: Round) -> dict[str, Participation]:
    """Everybody who takes part, by dfe code, in the order of their names."""
    members = (
        round.participations.taking_part()
        .select_related("authority", "self_assessment__area", "capacity")
        .order_by("authority__name", "pk")
    )
    return {member.authority.dfe_code: member for member in members}


def pairs_in(scenario: Scenario) -> tuple[Ids, ...]:
    """Host and challenger of every match, in the order of their ids."""
    codes = scenario.matches.values_list(
        "host__authority__dfe_code", "challenger__authority__dfe_code"
    )
    return tuple(sorted(codes))


def settings_of(scenario: Scenario | None, round: Round) -> Settings:
    """A scenario's settings, or the defaults; challenges on their way are locked.

    Offers that stand are the previous pairs: solved again, the fewest of them move.
    """
    standing = list(_standing(round))
    beyond = {(host, one) for host, one, state, told in standing if told or state in BEYOND}
    previous = tuple(sorted({(host, one) for host, one, *_ in standing}))
    if scenario is None:
        return Settings(locked=frozenset(beyond), previous=previous)
    ids = ("host__authority__dfe_code", "challenger__authority__dfe_code")
    locked = scenario.matches.filter(locked=True).values_list(*ids)
    return Settings(
        weights=dict(scenario.weights),
        worst_first=scenario.worst_first,
        locked=frozenset(beyond) | frozenset(locked),
        excluded=frozenset(scenario.exclusions.values_list(*ids)),
        previous=previous,
    )


def _standing(round: Round) -> Iterator[tuple[str, str, str, datetime | None]]:
    """Host, challenger, state and whether dates were sent, of every offer that is out."""
    live, known = round.challenges.live(), ("state", "dates_sent_at")
    yield from live.values_list(
        "host__authority__dfe_code", "challenger__authority__dfe_code", *known
    )
    yield from live.filter(fellows__isnull=False).values_list(
        "host__authority__dfe_code", "fellows__participation__authority__dfe_code", *known
    )


def facts_of(round: Round) -> RoundFacts:
    """Everything that the matching weighs, by dfe code."""
    members = members_by_id(round)
    heirs = heirs_of(members)
    gifts = gifts_before(round)
    sums = sums_by_authority(gifts)
    earlier, rounds_known = earlier_of(gifts, heirs)
    strengths, leanings, wishes = _strengths(round), _leanings(round), _wishes(round)
    stays = stays_of(round)
    free = free_days_of(round, members)
    in_intervention = _in_intervention(members)
    rules, asked = round.format.data["rules"], round.format.asked_of_each
    sides = {}
    for code, member in members.items():
        days = sums.get(member.authority_id, Sums())
        least, most = numbers_of(getattr(member, "capacity", None), asked)
        sides[code] = Side(
            id=code,
            name=member.authority.name,
            area=_area(member),
            strengths=frozenset(strengths[member.pk]),
            leanings=leanings[member.pk],
            place=place_of(member.authority),
            gives_least=least,
            gives_most=most,
            wishes=tuple(wishes[member.pk]),
            given_days=days.days_given,
            received_days=days.days_received,
            free_days=free.get(code),
            in_intervention=code in in_intervention,
            despite_intervention=_despite(member),
        )
    return RoundFacts(
        topology=TOPOLOGIES[round.format.topology],
        sides=sides,
        challengers_per_host=int(rules.get("challenges_per_host", 1)),
        group_sizes=_group_sizes(round),
        mutual_allowed=bool(rules.get("mutual_allowed", False)),
        visit_days=sum(stay.days for stay in stays),
        stays=stays,
        neighbours=_neighbours(members),
        borders=_borders(members),
        earlier=earlier,
        rounds_known=rounds_known,
        conflicts=_conflicts(heirs),
        declined=_declined(round),
        one_past=of_one_past(heirs),
    )


def _area(member: Participation) -> str:
    """Known to the board once the self-assessment has been sent."""
    sent = member.self_assessment.state in SENT
    return member.self_assessment.area_name if sent else ""


def place_of(authority: Authority) -> Place | None:
    if authority.latitude is None or authority.longitude is None:
        return None
    return Place(authority.latitude, authority.longitude, authority.crossing_minutes)


def _group_sizes(round: Round) -> tuple[int, ...]:
    rules = round.format.data["rules"]
    if "group_least" not in rules:
        return ()
    return tuple(range(int(rules["group_least"]), int(rules["group_most"]) + 1))


def _despite(member: Participation) -> bool:
    capacity = getattr(member, "capacity", None)
    return bool(capacity and capacity.despite_intervention_at)


def _strengths(round: Round) -> defaultdict[int, list[str]]:
    found = defaultdict(list)
    offered = StrengthOffered.objects.filter(participation__round=round).select_related("area")
    for one in offered:
        found[one.participation_id].append(str(one))
    return found


def _leanings(round: Round) -> defaultdict[int, dict[str, float]]:
    """By member and area, which share of its answers that lean lean to a strength."""
    counts: defaultdict[int, defaultdict[str, list[int]]] = defaultdict(
        lambda: defaultdict(lambda: [0, 0])
    )
    leaning = WrittenAnswer.objects.filter(
        self_assessment__participation__round=round,
        self_assessment__state__in=SENT,
        question__areas__isnull=False,
        question__withdrawn_at__isnull=True,
    ).exclude(leaning="")
    for member, area, leans in leaning.values_list(
        "self_assessment__participation", "question__areas__name", "leaning"
    ):
        counts[member][area][0] += leans == Leaning.STRENGTH
        counts[member][area][1] += 1
    found: defaultdict[int, dict[str, float]] = defaultdict(dict)
    for member, areas in counts.items():
        found[member] = {area: strong / said for area, (strong, said) in areas.items()}
    return found


def _wishes(round: Round) -> defaultdict[int, list[str]]:
    found = defaultdict(list)
    rows = HostPreference.objects.filter(participation__round=round).order_by("rank")
    for member, code in rows.values_list("participation", "challenger__authority__dfe_code"):
        found[member].append(code)
    return found


def _in_intervention(members: dict[str, Participation]) -> set[str]:
    today = timezone.localdate()
    found = Intervention.objects.filter(
        Q(to_date__isnull=True) | Q(to_date__gte=today),
        from_date__lte=today,
        authority__in=[member.authority_id for member in members.values()],
    )
    return set(found.values_list("authority__dfe_code", flat=True))


def _neighbours(members: dict[str, Participation]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    rows = Neighbour.objects.filter(
        authority__in=[member.authority_id for member in members.values()]
    ).values_list("authority__dfe_code", "neighbour__dfe_code", "rank")
    for code, other, rank in rows:
        found.setdefault(code, {})[other] = rank
    return found


def _borders(members: dict[str, Participation]) -> frozenset[Ids]:
    ids = [member.authority_id for member in members.values()]
    rows = Border.objects.filter(authority__in=ids, other__in=ids).values_list(
        "authority__dfe_code", "other__dfe_code"
    )
    return frozenset(pair for a, b in rows for pair in ((a, b), (b, a)))


def _conflicts(heirs: Heirs) -> dict[Ids, str]:
    """Between authorities, both ways round; a part of the past that declared one hands it on."""
    found: dict[Ids, str] = {}
    rows = (
        Conflict.objects.standing()
        .of_authorities()
        .filter(authority__dfe_code__in=heirs, other__dfe_code__in=heirs)
        .order_by("pk")
        .values_list("authority__dfe_code", "other__dfe_code", "kind")
    )
    for one, other, kind in rows:
        for a in heirs[one]:
            for b in heirs[other] - {a}:
                found[a, b] = found[b, a] = str(ConflictKind(kind).label)
    return found


def _declined(round: Round) -> frozenset[Ids]:
    """The pairs of the sides that objected; with a host that did, each of its challengers."""
    rows = list(round.challenges.filter(state=ChallengeState.DECLINED).with_both_sides())
    told = history_of(*rows).filter(verb="challenge.declined") if rows else ()
    said_no = {event.subject_id: set(event.details.get("authorities", [])) for event in told}
    found = set()
    for row in rows:
        who = said_no.get(row.pk, set())
        objected = [one for one in row.challengers if one.pk in who]
        everybody = row.host_authority.pk in who or not objected
        for one in row.challengers if everybody else objected:
            found.add((row.host_authority.dfe_code, one.dfe_code))
    return frozenset(found)
