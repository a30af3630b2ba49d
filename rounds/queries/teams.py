"""The teams of a round by seat: who is proposed, asked and there, and what is still open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from rounds.matching import teams
from rounds.models import Challenge, Round, SeatKind, SeatOffer
from rounds.queries.away import on_site
from rounds.queries.seating import Held, Seating
from rounds.queries.visits import days_said
from rounds.states import DATES_OPEN, SeatOfferState

COLOURS = {
    SeatOfferState.PROPOSED: "grey",
    SeatOfferState.ASKED: "blue",
    SeatOfferState.ACCEPTED: "green",
    SeatOfferState.DECLINED: "yellow",
}
# Somebody on no seat in particular, as those who were added without being asked for one.
MEMBER = SeatKind("", "Team member", 0, 0)


@dataclass(frozen=True)
class Sitting:
    """Somebody on a seat, or proposed for it, with why in a line."""

    name: str
    authority: str
    state: SeatOfferState
    why: str = ""
    offer: SeatOffer | None = None
    member: int | None = None
    leads: bool = False
    # What now stands in the way of somebody who was chosen before.
    clashes: tuple[str, ...] = ()

    @property
    def colour(self) -> str:
        return COLOURS[self.state]

    @property
    def proposed(self) -> bool:
        return self.state == SeatOfferState.PROPOSED

    @property
    def accepted(self) -> bool:
        return self.state == SeatOfferState.ACCEPTED


@dataclass(frozen=True)
class SeatLine:
    """A seat of one team: who is on it, and how many are still to be found."""

    kind: SeatKind
    sitting: list[Sitting]
    open: int
    room: bool
    url: str

    @property
    def wanted(self) -> str:
        """“1”, “2 to 3”, “up to 1”."""
        least, most = self.kind.least, self.kind.most
        if least == most:
            return str(least)
        return f"{least} to {most}" if least else f"up to {most}"


@dataclass(frozen=True)
class TeamLine:
    """One visit and its team."""

    challenge: Challenge
    days: str
    seats: list[SeatLine]
    declined: list[SeatOffer]
    changing: bool

    @property
    def host(self) -> str:
        return self.challenge.host_authority.name

    @property
    def challenger(self) -> str:
        """Whose people need no word beside their name."""
        return self.challenge.challenger_authority.name

    @property
    def members(self) -> list[Sitting]:
        """Who is on the team."""
        return [one for seat in self.seats for one in seat.sitting if one.member]

    @property
    def open(self) -> int:
        return sum(seat.open for seat in self.seats)

    @property
    def proposed(self) -> int:
        return sum(one.proposed for seat in self.seats for one in seat.sitting)


def team_lines(seating: Seating, challenges: Collection[Challenge]) -> list[TeamLine]:
    """A line for each of these challenges, of those that the seating is of."""
    problem = seating.problem()
    held: dict[int, list[Held]] = defaultdict(list)
    for one in seating.held:
        held[one.challenge].append(one)
    declined: dict[int, list[SeatOffer]] = defaultdict(list)
    for offer in seating.offers:
        if offer.state == SeatOfferState.DECLINED:
            declined[offer.challenge_id].append(offer)
    return [
        TeamLine(
            one,
            days_said(on_site(one)),
            seat_lines(seating, problem, one, held[one.pk]),
            declined[one.pk],
            one.state in DATES_OPEN,
        )
        for one in challenges
    ]


def columns_of(seating: Seating) -> list[SeatKind]:
    """The seats of the format; where it names a lead alone, one for everybody else."""
    ordinary = [seat for seat in seating.seats if not seat.leads and not seat.off_site]
    return seating.seats if ordinary else [*seating.seats, MEMBER]


def used_columns(lines: Sequence[TeamLine]) -> list[SeatKind]:
    """Without the seats that need nobody and have nobody: they are on the page of each team."""
    found: dict[str, SeatKind] = {}
    for line in lines:
        said_no = {offer.kind for offer in line.declined}
        for seat in line.seats:
            if seat.sitting or seat.kind.least or seat.kind.key in said_no:
                found[seat.kind.key] = seat.kind
    order = [seat.kind.key for line in lines[:1] for seat in line.seats]
    return sorted(found.values(), key=lambda one: order.index(one.key))


def seat_lines(
    seating: Seating, problem: teams.Problem, challenge: Challenge, held: Sequence[Held]
) -> list[SeatLine]:
    """A line for every column; whoever is on no seat in particular counts for the first short."""
    here: dict[str, list[Held]] = {seat.key: [] for seat in columns_of(seating)}
    loose = []
    for one in held:
        here[one.kind].append(one) if one.kind in here else loose.append(one)
    for one in loose:
        here[_first_short(seating, here)].append(one)
    changing = challenge.state in DATES_OPEN
    return [
        SeatLine(
            seat,
            [_sitting(seating, problem, challenge, seat, one) for one in here[seat.key]],
            max(0, seat.least - len(here[seat.key])) if changing else 0,
            changing and len(here[seat.key]) < seat.most,
            reverse("seat_candidates", args=[challenge.pk, seat.key]) if seat.key else "",
        )
        for seat in columns_of(seating)
    ]


def _first_short(seating: Seating, here: Mapping[str, Sequence[Held]]) -> str:
    ordinary = [one for one in columns_of(seating) if not one.leads and not one.off_site]
    roomy = sorted(ordinary, key=lambda one: -one.most)
    short = (one.key for one in roomy if len(here[one.key]) < one.least)
    return next(short, roomy[0].key)


def _sitting(
    seating: Seating, problem: teams.Problem, challenge: Challenge, seat: SeatKind, held: Held
) -> Sitting:
    person, visit = seating.people[held.user.pk], seating.visits[challenge.pk]
    place = visit.seat(seat.key)
    why: str = ""
    clashes: tuple[str, ...] = ()
    if held.state == SeatOfferState.PROPOSED and place:
        why = teams.why_said(person, visit, place, problem)
        clashes = tuple(teams.in_the_way(person, visit, place, problem))
    return Sitting(
        held.user.name,
        person.authority_name,
        held.state,
        why,
        held.offer,
        held.member.pk if held.member else None,
        held.leads,
        clashes,
    )


def shown_challenges(seating: Seating, show: str) -> list[Challenge]:
    """Visits to come first; or those with an open seat, or one that somebody gave up."""
    if not show:
        return sorted(seating.challenges, key=lambda one: one.state not in DATES_OPEN)
    open_ = {visit for visit, _ in teams.open_seats(seating.problem())}
    if show == "declined":
        declined = {
            offer.challenge_id for offer in seating.offers if offer.state == SeatOfferState.DECLINED
        }
        open_ &= declined
    return [one for one in seating.challenges if one.pk in open_]


@dataclass(frozen=True)
class LeftEmpty:
    """A seat for which nobody was found, and why."""

    seat: str
    host: str
    why: str
    url: str


def unfilled_said(seating: Seating, unfilled: Sequence[teams.Unfilled]) -> list[LeftEmpty]:
    hosts = {one.pk: one.host_authority.name for one in seating.challenges}
    labels = {seat.key: seat.label for seat in seating.seats}
    return [
        LeftEmpty(
            f"{labels[one.seat]} ({one.count})" if one.count > 1 else labels[one.seat],
            hosts[one.visit],
            one.why,
            reverse("seat_candidates", args=[one.visit, one.seat]),
        )
        for one in unfilled
    ]


@dataclass(frozen=True)
class Counts:
    """How far a round is with its teams."""

    accepted: int
    asked: int
    proposed: int
    open: int
    declined: int

    @property
    def said(self) -> str:
        """“12 people have accepted, 3 are asked; 2 seats are open.”"""
        parts = [
            (self.accepted, "has accepted", "have accepted"),
            (self.asked, "is asked", "are asked"),
            (self.proposed, "is proposed", "are proposed"),
            (self.declined, "has said no", "have said no"),
        ]
        people = [f"{count} {one if count == 1 else more}" for count, one, more in parts if count]
        seats = "1 seat is open" if self.open == 1 else f"{self.open or 'no'} seats are open"
        said = "; ".join([", ".join(people), seats] if people else [seats])
        return f"{said[:1].upper()}{said[1:]}."


def counts_of(seating: Seating) -> Counts:
    states = [one.state for one in seating.held]
    demands = teams.open_seats(seating.problem())
    return Counts(
        states.count(SeatOfferState.ACCEPTED),
        states.count(SeatOfferState.ASKED),
        states.count(SeatOfferState.PROPOSED),
        sum(demands.values()),
        sum(offer.state == SeatOfferState.DECLINED for offer in seating.offers),
    )


def seat_kind(round: Round, key: str) -> SeatKind | None:
    return next((seat for seat in round.format.seats if seat.key == key), None)


def lead_key(round: Round) -> str:
    return next((seat.key for seat in round.format.seats if seat.leads), "lead")


def seat_label(round: Round, key: str) -> str:
    """What the round's format calls it; whoever is on none is a team member."""
    found = seat_kind(round, key)
    return found.label if found else MEMBER.label
