"""Whoever of a region can sit on a team: what they know, their training, what they have given.

A day given is a day on site of a challenge, while they sat in its team; whoever reads off site
gives none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from authorities.models import Authority, Membership, Region, Reviewer, User
from authorities.states import HELD_IN_AN_AUTHORITY, Role, TeamSeat
from rounds.models import Challenge, TeamMember

A_YEAR = timedelta(days=365)
ASKED_ANYWAY = (Role.REVIEWER, Role.DIRECTOR)
# Who works in several posts is listed at the first of these.
FIRST_POST = {role: place for place, role in enumerate((Role.DIRECTOR, Role.REVIEWER))}


@dataclass(frozen=True)
class Given:
    """What somebody gave to teams."""

    # In the year that ends on the day asked for, and after that day as far as dates are set.
    days: int = 0
    days_to_come: int = 0
    # Ever, and the last day of the last one.
    challenges: int = 0
    last_day: date | None = None


NOTHING_GIVEN = Given()


@dataclass(frozen=True)
class PoolMember:
    """One person of the pool as they stand on a day."""

    user: User
    authority: Authority
    # Every post they hold in an authority of the region today.
    roles: frozenset[str]
    on: date
    given: Given = NOTHING_GIVEN
    # Keys of `TeamSeat`; empty where they have not said.
    seats: tuple[str, ...] = ()
    expertise: tuple[str, ...] = ()
    trained_on: date | None = None
    # The last day their training counts; none where it does not lapse, or there is none.
    trained_until: date | None = None
    # The last day on which they ask not to be asked.
    paused_until: date | None = None
    days_most: int | None = None
    reviewer: Reviewer | None = field(default=None, compare=False)

    @property
    def days_given(self) -> int:
        return self.given.days

    @property
    def trained(self) -> bool:
        """Whether their training counts on that day."""
        return bool(self.reviewer and self.reviewer.trained_by(self.on))

    @property
    def lapsed(self) -> bool:
        return bool(self.trained_until and self.trained_until < self.on)

    @property
    def paused(self) -> bool:
        return bool(self.paused_until and self.paused_until >= self.on)

    @property
    def days_left(self) -> int | None:
        """Of the most they give in a year; none where they named no most."""
        return None if self.days_most is None else max(0, self.days_most - self.given.days)


def pool_of(region: Region, on: date) -> list[PoolMember]:
    """By name; four queries, however many they are.

    Reviewers and directors, and whoever else of its authorities has said that they can.
    """
    held = Membership.objects.current().filter(
        authority__region=region, role__in=HELD_IN_AN_AUTHORITY, user__is_active=True
    )
    posts: dict[int, list[Membership]] = defaultdict(list)
    for post in held.select_related("user", "authority__region").order_by("from_date", "pk"):
        posts[post.user_id].append(post)
    rows = Reviewer.objects.filter(user__in=posts).prefetch_related("expertise")
    known = {row.user_id: row for row in rows}
    wanted = {
        user: own
        for user, own in posts.items()
        if user in known or any(post.role in ASKED_ANYWAY for post in own)
    }
    given = given_by(wanted, on)
    members = [_member(own, known.get(user), given[user], on) for user, own in wanted.items()]
    return sorted(members, key=lambda one: (one.user.name, one.user.pk))


def given_by(users: Collection[int], on: date) -> dict[int, Given]:
    """By user; one query."""
    seats = TeamMember.objects.filter(
        user__in=users,
        challenge__in=Challenge.objects.live().order_by().values("pk"),
        challenge__days__isnull=False,
    )
    columns = ("user", "challenge", "kind", "from_date", "to_date", "challenge__days__day")
    found: dict[int, set[tuple[int, date, bool]]] = defaultdict(set)
    for user, challenge, kind, start, end, day in seats.order_by().values_list(*columns):
        if start <= day and (end is None or day <= end):
            found[user].add((challenge, day, kind != TeamSeat.OFF_SITE))
    return {user: _given(found[user], on) for user in users}


def _given(days: Iterable[tuple[int, date, bool]], on: date) -> Given:
    days = list(days)
    past = [(challenge, day) for challenge, day, _ in days if day <= on]
    there = [day for _, day, on_site in days if on_site]
    return Given(
        sum(on - A_YEAR < day <= on for day in there),
        sum(day > on for day in there),
        len({challenge for challenge, _ in past}),
        max((day for _, day in past), default=None),
    )


def _member(
    posts: list[Membership], reviewer: Reviewer | None, given: Given, on: date
) -> PoolMember:
    first = min(posts, key=lambda post: FIRST_POST.get(Role(post.role), len(FIRST_POST)))
    assert first.authority is not None, "the post is held in an authority"  # noqa: S101
    roles = frozenset(post.role for post in posts)
    if reviewer is None:
        return PoolMember(first.user, first.authority, roles, on, given)
    return PoolMember(
        first.user,
        first.authority,
        roles,
        on,
        given,
        tuple(reviewer.seats),
        tuple(one.name for one in reviewer.expertise.all()),
        reviewer.trained_on,
        reviewer.lapses_on,
        reviewer.paused_until,
        reviewer.days_most,
        reviewer,
    )
