"""The teams of a round as one problem: its visits, whoever can come, and who sits where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils import timezone

from authorities.models import Membership, User
from authorities.states import ACTS_FOR_AUTHORITY, TeamSeat
from rounds.matching import teams
from rounds.matching.travel import minutes_between
from rounds.models import Challenge, Conflict, Round, SeatOffer, TeamMember
from rounds.queries.away import NONE, away_of, days_in_teams, on_site
from rounds.queries.pool import PoolMember, pool_of
from rounds.queries.seat_sides import seat_of
from rounds.queries.visits import shared_phases
from rounds.queries.weighing import place_of
from rounds.states import DATES_OPEN, LIVE, ChallengeState, SeatOfferState

# Both sides have said yes: there is a team, or will be one.
WITH_TEAM = tuple(state for state in LIVE if state != ChallengeState.OFFERED)
KNOWN_SEATS = frozenset(TeamSeat.values)


@dataclass(frozen=True)
class Held:
    """Somebody on a seat, or proposed for one; a member who was never asked has no offer."""

    challenge: int
    user: User
    kind: str
    leads: bool
    offer: SeatOffer | None = None
    member: TeamMember | None = None

    @property
    def state(self) -> SeatOfferState:
        """A member has accepted, whether or not they were asked here."""
        if self.member or self.offer is None:
            return SeatOfferState.ACCEPTED
        return SeatOfferState(self.offer.state)


class Seating:
    """All that bears on who sits where in a round, read once."""

    def __init__(self, round: Round, challenges: Sequence[Challenge]) -> None:
        self.round, self.challenges = round, challenges
        self.seats = round.format.seats
        self.pool = pool_of(round.region, timezone.localdate())
        self.offers = list(
            SeatOffer.objects.filter(challenge__in=challenges)
            .exclude(state=SeatOfferState.WITHDRAWN)
            .select_related("user")
            .order_by("pk")
        )
        self.members = list(
            TeamMember.objects.current().filter(challenge__in=challenges).select_related("user")
        )

    @cached_property
    def held(self) -> list[Held]:
        """Members first, then who is asked, then who is only proposed."""
        lead = next((seat.key for seat in self.seats if seat.leads), "lead")
        offers = {one.member_id: one for one in self.offers if one.member_id}
        found = [
            Held(
                one.challenge_id,
                one.user,
                one.kind or (lead if one.seat == "lead" else ""),
                one.seat == "lead",
                offers.get(one.pk),
                one,
            )
            for one in self.members
        ]
        for state in (SeatOfferState.ASKED, SeatOfferState.PROPOSED):
            found += [
                Held(one.challenge_id, one.user, one.kind, one.leads, one)
                for one in self.offers
                if one.state == state
            ]
        return found

    def problem(self, *, keep: Collection[SeatOfferState] | None = None) -> teams.Problem:
        """Where `keep` names states, proposals that are not locked are kept only if it has them."""
        kept = [
            one
            for one in self.held
            if keep is None or one.state in keep or (one.offer and one.offer.locked)
        ]
        return teams.Problem(
            tuple(self.visits.values()),
            tuple(self.people.values()),
            tuple(teams.Place(one.challenge, one.kind, one.user.pk) for one in kept),
            self._minutes(),
            KNOWN_SEATS,
            timezone.localdate(),
        )

    @cached_property
    def visits(self) -> Mapping[int, teams.Visit]:
        """Those whose team can still be proposed, and the others for the days they take up."""
        together = bool(shared_phases(self.round))
        length = sum(phase.days for phase in self.round.format.phases)
        return {
            one.pk: teams.Visit(
                one.pk,
                one.host_authority.name,
                one.host_authority.pk,
                tuple(seat_of(seat, one) for seat in self.seats if one.state in DATES_OPEN),
                frozenset(on_site(one)),
                length,
                one.area_name,
                frozenset({one.challenger_authority.pk}),
                one.challenger_authority.name,
                together,
            )
            for one in self.challenges
        }

    @cached_property
    def people(self) -> Mapping[int, teams.Person]:
        """The pool, and whoever sits on a team without being of it."""
        known = {one.user.pk: one for one in self.pool}
        users = {**{one.user.pk: one.user for one in self.held}, **_users(self.pool)}
        days = [day for visit in self.visits.values() for day in visit.days]
        first = min(days, default=timezone.localdate())
        last = max(days, default=first)
        away = away_of(list(users.values()), first, last)
        busy = self._busy(list(users.values()), first, last)
        kept_off, posts = _kept_off(users), _posts(users)
        said_no: dict[int, set[int]] = defaultdict(set)
        for offer in self.offers:
            if offer.state == SeatOfferState.DECLINED:
                said_no[offer.user_id].add(offer.challenge_id)
        return {
            pk: _person(
                user,
                known.get(pk),
                left=self._days_left(known.get(pk)),
                cannot=away.cannot.get(user, NONE),
                rather_not=away.rather_not.get(user, NONE),
                busy=busy[pk],
                kept_off=kept_off[pk],
                posts=posts[pk],
                said_no=frozenset(said_no[pk]),
            )
            for pk, user in users.items()
        }

    def _days_left(self, member: PoolMember | None) -> int | None:
        """But for the days of this round, which count where they are given."""
        if member is None or member.days_most is None:
            return None
        own = sum(
            len(self.visits[one.challenge_id].days)
            for one in self.members
            if one.user_id == member.user.pk and one.kind != TeamSeat.OFF_SITE
        )
        given = member.given.days + member.given.days_to_come - own
        return max(0, member.days_most - max(0, given))

    def _busy(self, users: Sequence[User], first: date, last: date) -> dict[int, dict[date, str]]:
        """At visits of other rounds; and at home, while it is the host, whoever acts for it."""
        found: dict[int, dict[date, str]] = defaultdict(dict)
        own = [one.pk for one in self.challenges]
        for who, days in days_in_teams(users, but_for=own, first=first, last=last).items():
            found[who.pk].update(dict.fromkeys(days, "another round’s visit"))
        hosted: dict[int, list[teams.Visit]] = defaultdict(list)
        for visit in self.visits.values():
            if not visit.together:
                hosted[visit.authority].append(visit)
        for member in self.pool:
            if member.roles & set(ACTS_FOR_AUTHORITY):
                for visit in hosted[member.authority.pk]:
                    found[member.user.pk].update(dict.fromkeys(visit.days, "their own visit"))
        return found

    def _minutes(self) -> dict[tuple[int, int], int]:
        homes = {one.authority.pk: place_of(one.authority) for one in self.pool}
        hosts = {one.host_authority.pk: place_of(one.host_authority) for one in self.challenges}
        found = {}
        for home, place in homes.items():
            for host, there in hosts.items():
                minutes = minutes_between(place, there)
                if minutes is not None:
                    found[home, host] = minutes
        return found


def seating_of(round: Round) -> Seating:
    """Of all its visits that have a team, or will have one."""
    found = (
        round.challenges.filter(state__in=WITH_TEAM)
        .with_both_sides()
        .select_related("host__self_assessment__area")
        .prefetch_related("days")
        .order_by("host__authority__name", "pk")
    )
    challenges = list(found)
    for one in challenges:
        # The same row for all: its format is read once.
        one.round = round
    return Seating(round, challenges)


def _users(pool: Iterable[PoolMember]) -> dict[int, User]:
    return {one.user.pk: one.user for one in pool}


def _person(
    user: User,
    known: PoolMember | None,
    *,
    left: int | None,
    cannot: frozenset[date],
    rather_not: frozenset[date],
    busy: Mapping[date, str],
    kept_off: Mapping[int, str],
    posts: Mapping[int, str],
    said_no: frozenset[int],
) -> teams.Person:
    home = known.authority.pk if known else next(iter(posts), 0)
    return teams.Person(
        user.pk,
        user.name,
        home,
        known.authority.name if known else posts.get(home, ""),
        known.roles if known else frozenset(),
        frozenset(known.seats) if known else frozenset(),
        known.expertise if known else (),
        bool(known and known.trained_on and not known.lapsed),
        known.trained_until if known else None,
        known.paused_until if known else None,
        known.days_given if known else 0,
        left,
        known.given.challenges if known else 0,
        cannot,
        rather_not,
        busy,
        kept_off,
        frozenset(posts),
        said_no,
    )


def _kept_off(users: Collection[int]) -> dict[int, dict[int, str]]:
    """By person: the authorities that they visit on no team, and those that came from them."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    rows = Conflict.objects.standing().filter(person__in=users)
    columns = ("person", "other", "other__successions__after")
    for person, other, after in rows.order_by().values_list(*columns):
        for authority in (other, after):
            if authority:
                found[person][authority] = "sits on no team that visits it"
    return found


def _posts(users: Collection[int]) -> dict[int, dict[int, str]]:
    """By person: every authority in which they hold a post today, the newest first."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    held = Membership.objects.current().filter(user__in=users, authority__isnull=False)
    for user, authority, name in held.order_by("-from_date", "pk").values_list(
        "user", "authority", "authority__name"
    ):
        found[user][authority] = name
    return found


def elsewhere_then(user: User, challenge: Challenge) -> str:
    """Why somebody cannot join: they are on another team on one of its days; empty if not."""
    days = on_site(challenge)
    if not days:
        return ""
    own = {challenge.pk}
    if shared_phases(challenge.round):
        own |= set(challenge.round.challenges.order_by().values_list("pk", flat=True))
    taken = days_in_teams([user], but_for=own, first=days[0], last=days[-1]).get(user, set())
    if not taken & set(days):
        return ""
    return f"{user.name} is on another team on {teams.days_said(sorted(taken & set(days)))}."
