"""What stands around every page: whose it is, and where its first row of links leads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.urls import reverse

from authorities.models import Region, User
from authorities.states import READS_FOR_AUTHORITY, READS_FOR_BOARD, Role
from peerchallenge.queries.mine import (
    approver_rounds,
    letters_for,
    letters_to_approve,
    own_challenges,
    own_participations,
)
from rounds.models import Challenge, FellowChallenger, Participation


@dataclass(frozen=True)
class NavigationItem:
    label: str
    url: str
    active: bool = False
    # An address that changes something: drawn as a button that posts.
    posts: bool = False


@dataclass(frozen=True)
class Frame:
    region: Region | None = None
    navigation: list[NavigationItem] = field(default_factory=list)
    account_navigation: list[NavigationItem] = field(default_factory=list)


def frame(user: User, path: str, *, whole: bool = True) -> Frame:
    """For somebody signed in; `path` is the page they are on.

    Not `whole`: without the links to their own work, which have to be looked up.
    """
    links = [NavigationItem("Home", reverse("home"), path == reverse("home"))]
    for label, url in _links(user, whole):
        links.append(NavigationItem(label, url, _is_under(path, url)))
    account = reverse("account")
    return Frame(
        _region(user),
        links,
        [
            NavigationItem(user.name, account, _is_under(path, account)),
            NavigationItem("Sign out", reverse("account_logout"), posts=True),
        ],
    )


def _region(user: User) -> Region | None:
    """The board that they hold a role in, or else the one of their authority."""
    for held in user.current_memberships:
        if held.region:
            return held.region
    for held in user.current_memberships:
        if held.authority:
            return held.authority.region
    return None


def _links(user: User, whole: bool) -> Iterator[tuple[str, str]]:
    if user.holds(*READS_FOR_BOARD):
        yield "Rounds", reverse("rounds")
    if whole:
        yield from _own_work(user)
        yield from _letters_to_approve(user)
    if user.holds(*READS_FOR_BOARD, Role.APPROVER, Role.SYSTEM_ADMINISTRATOR):
        yield "Authorities", reverse("authorities")
    if user.holds(Role.SYSTEM_ADMINISTRATOR):
        yield "Purges", reverse("purges")
    if user.holds(Role.BOARD_OFFICER):
        yield "People", reverse("people")
        yield "Reviewers", reverse("reviewers")
        yield "Conflicts", reverse("conflicts")


def _letters_to_approve(user: User) -> Iterator[tuple[str, str]]:
    if user.holds(Role.APPROVER):
        if waiting := letters_to_approve(user).count():
            yield f"Letters to approve ({waiting})", reverse("home") + "#to-do"
        yield from _letters_of_rounds(user)


def _letters_of_rounds(user: User) -> Iterator[tuple[str, str]]:
    """Whoever approves letters follows them through each round that has some."""
    rounds = list(approver_rounds(user))
    for round in rounds:
        label = "Letters" if len(rounds) == 1 else f"Letters, {round.name}"
        yield label, reverse("round_letters", args=[round.pk])


def _own_work(user: User) -> Iterator[tuple[str, str]]:
    """Of the newest round an authority is in: what it writes, hosts and gives."""
    own = user.authorities_where(*READS_FOR_AUTHORITY)
    if own:
        yield from _self_assessments(user)
    elif not user.seats.current().exists():
        return
    beside = FellowChallenger.objects.filter(
        challenge=OuterRef("pk"), participation__authority__in=own
    )
    found = own_challenges(user).annotate(gives_beside=Exists(beside))
    challenges = list(found.prefetch_related(None).defer("round__format_data"))
    hosted = [one for one in challenges if one.host.authority_id in own]
    hosts = {one.host.authority_id for one in hosted}
    labels = {
        one.pk: "Our visit" if len(hosts) == 1 else f"Visit to {_host(one)}" for one in hosted
    }
    given = [one for one in challenges if one.challenger.authority_id in own or one.gives_beside]
    for one in challenges:
        ours = given == [one]
        labels.setdefault(one.pk, "Our challenge" if ours else f"Challenge of {_host(one)}")
    # Last round’s goes on while this one’s begins.
    alike = Counter(labels.values())
    for one in [*hosted, *(one for one in challenges if one not in hosted)]:
        label = labels[one.pk]
        if alike[label] > 1:
            label = f"{label}, {one.round.name}"
        yield label, reverse("challenge", args=[one.pk])
    yield from _letters(user)


def _self_assessments(user: User) -> Iterator[tuple[str, str]]:
    newest: dict[int, Participation] = {}
    for participation in own_participations(user):
        newest.setdefault(participation.authority_id, participation)
    for participation in newest.values():
        label = "Self-assessment"
        if len(newest) > 1:
            label = f"{label} of {participation.authority.short_name}"
        yield label, reverse("self_assessment", args=[participation.self_assessment.pk])


def _letters(user: User) -> Iterator[tuple[str, str]]:
    """One letter is a link to it; of several, the list on the home page."""
    found = list(letters_for(user).values_list("pk", flat=True)[:2])
    if len(found) == 1:
        yield "Letter", reverse("letter", args=found)
    elif found:
        yield "Letters", reverse("home") + "#letters"


def _host(challenge: Challenge) -> str:
    return challenge.host_authority.short_name


def _is_under(path: str, url: str) -> bool:
    return path == url or path.startswith(f"{url}/")
