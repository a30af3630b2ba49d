"""Who could sit on one seat of a team, in order; and who could not, with what is in the way."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from authorities.models import User
from rounds.matching import teams
from rounds.models import Challenge, SeatKind, SeatOffer
from rounds.queries.seat_sides import seat_of
from rounds.queries.seating import Seating
from rounds.states import SEAT_ASKED

MOST = 20


@dataclass(frozen=True)
class SeatCandidate:
    """Somebody of the pool. `clashes`: what speaks against them, be it only for this round."""

    user: User
    authority: str
    why: str
    points: int
    clashes: tuple[str, ...] = ()
    # Nothing that anybody can decide otherwise: the host's own, or a conflict of interest.
    never: bool = False

    @property
    def label(self) -> str:
        return f"{self.user.name}, {self.authority}"


@dataclass(frozen=True)
class Candidates:
    """`clashing` fill the seat, but for what is in their way; `others` is how many do not."""

    seat: SeatKind
    fitting: list[SeatCandidate] = field(default_factory=list)
    clashing: list[SeatCandidate] = field(default_factory=list)
    never: list[SeatCandidate] = field(default_factory=list)
    others: int = 0
    more: int = 0


def candidates_of(
    seating: Seating, challenge: Challenge, seat: SeatKind, instead: SeatOffer | None = None
) -> Candidates:
    """Best first. `instead`: whose place it would be, and is not in their own way."""
    problem, visit = seating.problem(), seating.visits[challenge.pk]
    place = seat_of(seat, challenge)
    own = [] if instead is None else [(challenge.pk, instead.user_id)]
    problem = replace(
        problem, kept=tuple(one for one in problem.kept if (one.visit, one.person) not in own)
    )
    taken = teams.Kept(problem).of_person
    found: list[SeatCandidate] = []
    others = 0
    for member in seating.pool:
        person = seating.people[member.user.pk]
        if instead and instead.user_id == person.id and instead.state in SEAT_ASKED:
            continue
        if teams.seat_fits(person, visit, place, problem):
            others += 1
            continue
        fixed = [rule(person, visit, place, problem) for rule in teams.NEVER]
        clashes = teams.in_the_way(person, visit, place, problem)
        clashes += teams.clash_of_places(person, visit, place, taken[person.id])
        found.append(
            SeatCandidate(
                member.user,
                member.authority.name,
                teams.why_said(person, visit, place, problem),
                teams.worth(person, visit, place, problem),
                tuple(clashes),
                any(fixed),
            )
        )
    found.sort(key=lambda one: (len(one.clashes), -one.points, one.user.name, one.user.pk))
    fitting = [one for one in found if not one.clashes]
    clashing = [one for one in found if one.clashes and not one.never]
    return Candidates(
        seat,
        fitting[:MOST],
        clashing[:MOST],
        [one for one in found if one.never],
        others,
        max(0, len(fitting) - MOST) + max(0, len(clashing) - MOST),
    )
