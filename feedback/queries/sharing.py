"""With whom a letter is shared, who they are, and what a person may read of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from authorities.models import Membership, User
from authorities.states import READS_FOR_AUTHORITY, Role
from feedback.models import Letter, LetterFile, LetterShare
from feedback.models.letter import LetterQuerySet
from feedback.queries.redacting import newest_redacted
from feedback.states import Audience, FileKind
from peerchallenge.shared.answers import Answer

PER_PAGE = 40
# What comes of it, in words, for whoever decides.
MEANS = {
    Audience.DIRECTORS: "The directors of the other authorities of the region read it here.",
    Audience.COMMITTEE: "It is released for committee papers: a Word document and a summary are "
    "there to put before the committee. The lead member and the chief executive are told.",
    Audience.BOARD: "The chair and the members of the board read it here.",
    Audience.PUBLIC: "Everybody reads it on a page of its own, without signing in.",
}


@dataclass(frozen=True)
class Shared:
    """One audience: what sharing means, whether it reads the letter now, or why it cannot."""

    audience: Audience
    label: str
    means: str
    share: LetterShare | None
    may_share: Answer


@dataclass(frozen=True)
class SharePage:
    rows: list[Shared]
    withdrawn: list[LetterShare]

    @property
    def live(self) -> list[Shared]:
        return [row for row in self.rows if row.share]


@dataclass(frozen=True)
class HostDesk:
    """What a person of the host's can do with its issued letter, and what was done."""

    shared_with: list[str]
    thanked_on: datetime | None
    decides: bool
    may_thank: bool
    may_sum_up: bool


def host_desk(letter: Letter, *, decides: bool, may_thank: bool, may_sum_up: bool) -> HostDesk:
    thanks = letter.host_texts.filter(kind=FileKind.THANKS).first()
    sent = thanks.sent_at if thanks else None
    live = [share.get_audience_display() for share in letter.shares.live()]
    return HostDesk(live, sent, decides, may_thank or sent is not None, may_sum_up)


@dataclass(frozen=True)
class Reader:
    name: str
    post: str
    place: str


def share_page(letter: Letter, may_share: Callable[[Audience], Answer]) -> SharePage:
    shares = list(letter.shares.select_related("shared_by", "withdrawn_by"))
    live = {share.audience: share for share in shares if share.withdrawn_at is None}
    rows = [
        Shared(one, str(one.label), MEANS[one], live.get(one), may_share(one)) for one in Audience
    ]
    return SharePage(rows, [share for share in shares if share.withdrawn_at])


def shared_before(letter: Letter) -> list[str]:
    """With whom the letter that it corrects is shared, and this one is not yet."""
    here = letter.shares.live().values("audience")
    before = (
        LetterShare.objects.live().filter(letter=letter.supersedes_id).exclude(audience__in=here)
    )
    return [str(share.get_audience_display()) for share in before]


def readers_posts(letter: Letter, audience: str) -> QuerySet[Membership]:
    """The posts whose holders it is shared with today; of the public nobody is named."""
    host, region = letter.challenge.host_authority, letter.challenge.round.region_id
    held = Membership.objects.current().filter(user__is_active=True)
    match audience:
        case Audience.DIRECTORS:
            found = held.filter(role=Role.DIRECTOR, authority__region=region)
            return found.exclude(authority=host)
        case Audience.COMMITTEE:
            return held.filter(role__in=(Role.LEAD_MEMBER, Role.CHIEF_EXECUTIVE), authority=host)
        case Audience.BOARD:
            return held.filter(role__in=(Role.CHAIR, Role.BOARD_MEMBER), region=region)
    return held.none()


def readers_of(letter: Letter, audience: str) -> list[Reader]:
    posts = readers_posts(letter, audience).select_related("user", "authority", "region")
    ordered = posts.order_by("authority__name", "user__name", "pk")
    return [Reader(one.user.name, one.post_name, str(one.place)) for one in ordered]


def people_told(letter: Letter, audience: str) -> Iterable[User]:
    """Who gets a mail: its readers; of a publication the team and the board's officers."""
    if audience != Audience.PUBLIC:
        posts = readers_posts(letter, audience).order_by()
        return User.objects.filter(memberships__in=posts.values("pk")).distinct()
    officers = Membership.objects.current().filter(
        role=Role.BOARD_OFFICER, region=letter.challenge.round.region_id
    )
    team = letter.challenge.team.current()
    told = Q(memberships__in=officers.values("pk")) | Q(seats__in=team.values("pk"))
    return User.objects.filter(told, is_active=True).distinct()


def redacted_letter(letter: Letter) -> LetterFile | None:
    """The redacted version as it is read: the last that has its PDF."""
    return newest_redacted(letter, made=True)


@dataclass(frozen=True)
class SharedLetter:
    """A letter of another authority that this person may read."""

    letter: Letter
    redacted: bool


def shared_letters(user: User) -> LetterQuerySet:
    """Issued letters that this person reads by a share alone, in full or redacted.

    One that is replaced stays with those who knew it: there they learn so.
    """
    whole = Letter.objects.shared_with(user)
    short = Letter.objects.redacted_for(user)
    found = Letter.objects.filter(Q(pk__in=whole.values("pk")) | Q(pk__in=short.values("pk")))
    return found.exclude(
        challenge__host__authority__in=user.authorities_where(*READS_FOR_AUTHORITY)
    ).exclude(challenge__team__in=user.seats.current())


def letters_shared_with(user: User, *, page: int = 1) -> Page[Any]:
    """Newest first."""
    found = (
        shared_letters(user)
        .with_challenge()
        .prefetch_related("challenge__fellows")
        .order_by("-issued_on", "-pk")
    )
    listed = Paginator(found, PER_PAGE).get_page(page)
    short = Letter.objects.redacted_for(user).filter(pk__in=[one.pk for one in listed])
    redacted = set(short.order_by().values_list("pk", flat=True))
    rows = [SharedLetter(one, one.pk in redacted) for one in listed]
    return Page(rows, listed.number, listed.paginator)


def redacted_letter_for(user: User, pk: int) -> Letter | None:
    """A letter of which this person reads the redacted version alone."""
    return Letter.objects.redacted_for(user).with_challenge().filter(pk=pk).first()


def team_names(letter: Letter) -> list[str]:
    """Who is on the team today, its lead first."""
    return list(letter.challenge.team.current().values_list("user__name", flat=True))
