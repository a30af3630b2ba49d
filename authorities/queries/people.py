"""Who holds which role where, and who has been asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils import timezone

from authorities.models import Authority, Invitation, Membership, Region, User
from authorities.states import Role
from peerchallenge.shared.answers import Answer

Place = Region | Authority


@dataclass(frozen=True)
class Rules:
    """What the person who looks may do with a row."""

    may_end: Callable[[Membership], Answer]
    may_change: Callable[[Invitation], Answer]


@dataclass(frozen=True)
class Post:
    """A role somebody holds, held, or will hold."""

    name: str
    email: str
    role: str
    place: str
    post: str
    since: date
    until: date | None
    # The membership's key where this person may end it.
    end: int | None = None
    is_over: bool = False


@dataclass(frozen=True)
class Asked:
    """An invitation nobody has accepted yet."""

    pk: int
    name: str
    email: str
    role: str
    state: str
    is_over: bool
    may_change: bool


@dataclass(frozen=True)
class Group:
    """The people of one place."""

    place: Place
    title: str
    posts: list[Post] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    @property
    def key(self) -> str:
        """How the form for inviting names this place."""
        return place_key(self.place)

    @property
    def is_empty(self) -> bool:
        return not self.posts and not self.asked


@dataclass(frozen=True)
class PeoplePage:
    """Groups in the order a reader looks for them: the board first, then by name."""

    title: str
    groups: list[Group]
    found: int
    # What was looked for; with it, places where nobody was found are left out.
    q: str
    left: bool


@dataclass(frozen=True)
class Account:
    """What somebody may know of themselves here."""

    name: str
    email: str
    posts: list[Post]


def people_of_region(region: Region, *, q: str, left: bool, rules: Rules) -> PeoplePage:
    here = Q(region=region) | Q(authority__region=region)
    open_today = Authority.objects.filter(region=region).open_on(timezone.localdate())
    places: list[Place] = [region, *open_today.order_by("name")]
    return _page(region.name, places, here, q=q, left=left, rules=rules)


def people_of_authorities(
    authorities: Iterable[int], *, q: str, left: bool, rules: Rules
) -> PeoplePage:
    own = list(Authority.objects.filter(pk__in=authorities).order_by("name"))
    title = " and ".join(authority.name for authority in own)
    here = Q(authority__in=own)
    return _page(title, own, here, q=q, left=left, rules=rules)


def authority_people(authority: Authority) -> list[Post]:
    """Who holds a role in this authority today."""
    held = authority.memberships.current().select_related("user")
    return [_post(membership) for membership in held.order_by("role", "user__name")]


def account_page(user: User) -> Account:
    held = sorted(user.current_memberships, key=lambda membership: membership.from_date)
    return Account(
        user.name,
        user.email,
        [_post(membership, user) for membership in held],
    )


def places_for(user: User) -> list[Place]:
    """Where this person may hand out roles: their boards and whole regions, or their authority."""
    regions = list(Region.objects.filter(pk__in=user.regions_where(Role.BOARD_OFFICER)))
    authorities = Authority.objects.filter(
        Q(region__in=regions) | Q(pk__in=user.authorities_where(Role.DIRECTOR))
    )
    return [*regions, *authorities.open_on(timezone.localdate()).order_by("name")]


def already_held(email: str, role: Role, place: Place) -> bool:
    current = Membership.objects.current().filter(user__email=email.lower(), role=role)
    return current.filter(_at(place)).exists()


def already_asked(email: str, role: Role, place: Place) -> bool:
    waiting = Invitation.objects.filter(
        email=email.lower(), role=role, accepted_at__isnull=True
    ).filter(_at(place))
    return waiting.exists()


def place_key(place: Place) -> str:
    return f"{type(place).__name__.lower()}-{place.pk}"


def _at(place: Place) -> Q:
    return Q(region=place) if isinstance(place, Region) else Q(authority=place)


def _page(
    title: str, places: Iterable[Place], here: Q, *, q: str, left: bool, rules: Rules
) -> PeoplePage:
    groups = {place_key(place): Group(place, _title(place)) for place in places}
    for membership in _memberships(here, q=q, left=left):
        may = bool(rules.may_end(membership))
        _group(groups, membership).posts.append(_post(membership, may_end=may))
    for invitation in _invitations(here, q=q):
        _group(groups, invitation).asked.append(
            _asked(invitation, may_change=bool(rules.may_change(invitation)))
        )
    shown = [group for group in groups.values() if not (q and group.is_empty)]
    found = sum(len(group.posts) + len(group.asked) for group in shown)
    return PeoplePage(title, shown, found, q, left)


def _memberships(here: Q, *, q: str, left: bool) -> Iterable[Membership]:
    held = Membership.objects.filter(here).select_related(
        "user", "region", "authority", "authority__region"
    )
    if not left:
        held = held.exclude(to_date__lt=timezone.localdate())
    if q:
        held = held.filter(
            Q(user__name__icontains=q)
            | Q(user__email__icontains=q)
            | Q(post__icontains=q)
            | Q(authority__name__icontains=q)
            | Q(role__in=_roles_named(q))
        )
    return held.order_by("authority__name", "role", "user__name", "from_date")


def _invitations(here: Q, *, q: str) -> Iterable[Invitation]:
    asked = Invitation.objects.filter(here, accepted_at__isnull=True).select_related(
        "region", "authority"
    )
    if q:
        asked = asked.filter(
            Q(name__icontains=q)
            | Q(email__icontains=q)
            | Q(post__icontains=q)
            | Q(authority__name__icontains=q)
            | Q(role__in=_roles_named(q))
        )
    return asked.order_by("name", "pk")


def _roles_named(q: str) -> list[Role]:
    return [role for role in Role if q.lower() in str(role.label).lower()]


def _group(groups: dict[str, Group], row: Membership | Invitation) -> Group:
    """Its place's group; an authority that has closed comes last."""
    place = row.region or row.authority
    assert place is not None, "a role is held in a region or in an authority"  # noqa: S101
    return groups.setdefault(place_key(place), Group(place, f"{_title(place)} (closed)"))


def _title(place: Place) -> str:
    return place.board_name if isinstance(place, Region) else place.name


def _post(membership: Membership, user: User | None = None, *, may_end: bool = False) -> Post:
    person = user or membership.user
    over = membership.to_date is not None and membership.to_date < timezone.localdate()
    return Post(
        person.name,
        person.email,
        membership.get_role_display(),
        str(membership.place),
        "" if _alike(membership.post, membership.get_role_display()) else membership.post,
        membership.from_date,
        membership.to_date,
        membership.pk if may_end else None,
        over,
    )


def _alike(post: str, role: str) -> bool:
    """A post that is called what the role is called need not be said twice."""
    return post.replace("’", "'").casefold() == role.replace("’", "'").casefold()


def _asked(invitation: Invitation, *, may_change: bool) -> Asked:
    is_over = invitation.expires_at is not None and invitation.expires_at <= timezone.now()
    if invitation.expires_at is None:
        state = "The mail is on its way"
    elif is_over:
        state = "Not accepted in 48 hours"
    else:
        until = timezone.localtime(invitation.expires_at)
        state = f"The link works until {until:%-d %B, %H:%M}"
    return Asked(
        invitation.pk,
        invitation.name,
        invitation.email,
        invitation.get_role_display(),
        state,
        is_over,
        may_change,
    )
