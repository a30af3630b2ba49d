"""Who has read a letter since it was issued, for its host."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Q, Sum

from authorities.models import Membership
from feedback.models import Letter
from peerchallenge.audit.models import Event

PER_PAGE = 50
READ = ("letter.read", "letter.redacted_read")
DOWNLOADED = ("letter.downloaded", "letter.redacted_downloaded")


@dataclass(frozen=True)
class ReadBy:
    """One person: how often they opened and downloaded it, and when they last did."""

    name: str
    posts: str
    times_read: int
    times_downloaded: int
    last: datetime


@dataclass(frozen=True)
class Reads:
    page: Page[Any]
    public_reads: int
    public_downloads: int
    was_public: bool


def reads_of(letter: Letter, *, page: int = 1) -> Reads:
    """Drafts are the team's own: reads count from the moment it was issued."""
    events = Event.objects.filter(
        subject_type=Letter._meta.label_lower,
        subject_id=letter.pk,
        verb__in=(*READ, *DOWNLOADED),
        at__gte=letter.sealed_at,
        by_user__isnull=False,
    )
    people = (
        events.order_by()
        .values("by_user", "by_user__name")
        .annotate(
            read=Count("pk", filter=Q(verb__in=READ)),
            downloaded=Count("pk", filter=Q(verb__in=DOWNLOADED)),
            last=Max("at"),
        )
        .order_by("-last", "by_user")
    )
    found = Paginator(people, PER_PAGE).get_page(page)
    listed = list(found.object_list)
    posts = _posts([row["by_user"] for row in listed], letter)
    rows = [
        ReadBy(
            row["by_user__name"],
            posts.get(row["by_user"], ""),
            row["read"],
            row["downloaded"],
            row["last"],
        )
        for row in listed
    ]
    public = letter.shares.public().aggregate(
        shares=Count("pk"), read=Sum("times_read"), downloaded=Sum("times_downloaded")
    )
    return Reads(
        Page(rows, found.number, found.paginator),
        public["read"] or 0,
        public["downloaded"] or 0,
        was_public=bool(public["shares"]),
    )


def _posts(users: list[int], letter: Letter) -> dict[int, str]:
    """“Director of children’s services, Swindon; lead reviewer of this visit”, as of today."""
    found: dict[int, list[str]] = {}
    held = Membership.objects.current().filter(user__in=users)
    for one in held.select_related("authority", "region").order_by("pk"):
        found.setdefault(one.user_id, []).append(f"{one.post_name}, {one.place}")
    seats = letter.challenge.team.current().filter(user__in=users)
    for seat in seats.order_by("pk"):
        said = f"{seat.get_seat_display().lower()} of this visit"
        found.setdefault(seat.user_id, []).append(said)
    return {user: "; ".join(posts) for user, posts in found.items()}
