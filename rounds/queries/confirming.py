"""What confirming would tell whom, and what the board says of offers that are out."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass

from authorities.models import Authority, User
from authorities.states import Role
from rounds.matching.facts import RoundFacts
from rounds.models import Challenge, Conflict, Round, Scenario, TeamMember
from rounds.queries.conflicts import touching_in
from rounds.queries.obstacles import Overridden, verdict_on
from rounds.queries.openings import Repair, repair_of
from rounds.queries.publishing import (
    Drawn,
    difference_of,
    offers_version,
    published_in,
    standing_offers,
    waits_to_be_told,
)
from rounds.queries.rounds import directors_by_authority
from rounds.states import SENT

Directors = dict[int, list[User]]


@dataclass(frozen=True)
class Party:
    """An authority of an offer, and who is written to for it."""

    name: str
    directors: list[str]


@dataclass(frozen=True)
class Offer:
    host: Party
    challengers: list[Party]
    area: str
    # “Accepted”, of one that is out.
    state: str = ""

    @property
    def challenged_by(self) -> str:
        return ", ".join(one.name for one in self.challengers)


@dataclass(frozen=True)
class Confirming:
    """Everything that confirming does: the offers it makes, takes back and lets stand."""

    scenario: Scenario
    version: str
    made: list[Offer]
    taken_back: list[Offer]
    staying: list[Offer]
    overridden: list[Overridden]
    obstacles: list[str]
    directors: int
    # On teams of matches that are taken back.
    team_members: int
    # Declared conflicts that touch what stays, which does not hold up the others.
    conflicts: list[Touching]

    def __bool__(self) -> bool:
        return bool(self.made or self.taken_back)


def confirming_of(round: Round) -> Confirming | None:
    """None while nothing is published."""
    scenario = published_in(round)
    if scenario is None:
        return None
    change, verdict = difference_of(scenario), verdict_on(scenario)
    told = {
        *(one.pk for drawn in change.made for one in _drawn_sides(drawn)),
        *(side.authority.pk for offer in change.taken_back for side in offer.sides),
    }
    staying = {side.authority.pk for offer in change.staying for side in offer.sides}
    directors = directors_by_authority(told | staying)
    written_to = {user.pk for pk in told for user in directors.get(pk, [])}
    return Confirming(
        scenario,
        offers_version(scenario),
        [_drawn(drawn, directors) for drawn in change.made],
        [_offer(offer, directors) for offer in change.taken_back],
        [_offer(offer, directors) for offer in change.staying],
        verdict.overridden,
        verdict.obstacles,
        len(written_to),
        _seated(change.taken_back, written_to),
        _conflicts(round, {str(offer) for offer in change.staying}),
    )


def _drawn_sides(drawn: Drawn) -> list[Authority]:
    return [drawn.first.host.authority, *(row.challenger.authority for row in drawn.rows)]


def _drawn(drawn: Drawn, directors: Directors) -> Offer:
    host, *others = (_party(one, directors) for one in _drawn_sides(drawn))
    own = drawn.first.host.self_assessment
    return Offer(host, others, own.area_name if own.state in SENT else "")


def _offer(offer: Challenge, directors: Directors) -> Offer:
    host, *others = (_party(side.authority, directors) for side in offer.sides)
    sent = offer.host.self_assessment.state in SENT
    return Offer(host, others, offer.area_name if sent else "", offer.get_state_display())


def _party(authority: Authority, directors: Directors) -> Party:
    return Party(authority.name, [user.name for user in directors.get(authority.pk, [])])


def _seated(taken_back: Iterable[Challenge], but: set[int]) -> int:
    seats = TeamMember.objects.current().filter(challenge__in=list(taken_back))
    return seats.exclude(user__in=but).values("user").distinct().count()


def officers_of(round: Round) -> list[str]:
    """The people who run it today, by name."""
    officers = User.objects.in_post(Role.BOARD_OFFICER, region=round.region)
    return sorted(user.name for user in officers)


@dataclass(frozen=True)
class Touching:
    """A conflict declared between two who are matched, or by somebody on the team."""

    conflict: Conflict
    matches: list[str]


@dataclass(frozen=True)
class BoardNews:
    """What stands above the board: published and not told yet, open again, in conflict."""

    waiting: Scenario | None
    repair: Repair | None
    # The scenario that a re-solve has made already.
    ready: Scenario | None
    conflicts: list[Touching]

    def __bool__(self) -> bool:
        return bool(self.waiting or self.repair or self.conflicts)


def board_news(round: Round, facts: RoundFacts | None = None) -> BoardNews:
    """`facts` where the caller has read them."""
    waiting = published_in(round) if waits_to_be_told(round) else None
    repair = None if waiting else repair_of(round, live=standing_offers(round), facts=facts)
    ready = round.scenarios.filter(name=repair.name).first() if repair else None
    return BoardNews(waiting, repair, ready, _conflicts(round))


def _conflicts(round: Round, within: Container[str] | None = None) -> list[Touching]:
    """What no officer has let stand yet; `within`: of these matches alone, as they are said."""
    found = (
        Touching(one, [what for what in matches if within is None or what in within])
        for one, matches in touching_in(round)
    )
    return [one for one in found if one.matches]
