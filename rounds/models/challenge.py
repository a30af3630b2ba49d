from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from authorities.states import READS_FOR_AUTHORITY, READS_FOR_BOARD, Role
from peerchallenge.shared.fields import both_or_neither
from rounds.models.round import Participation, Round
from rounds.states import DATES_OPEN, LIVE, OPEN_TO_TEAM, ChallengeState

if TYPE_CHECKING:
    from authorities.models import Authority, User


class Part(models.TextChoices):
    """What a challenger does for a host; a panel has two readers and a moderator."""

    CHALLENGER = "challenger", "Challenger"
    READER = "reader", "Reader"
    MODERATOR = "moderator", "Moderator"


@dataclass(frozen=True)
class Side:
    """An authority in a challenge, and whether it has said yes; `noun` is one of the format's."""

    noun: str
    participation: Participation
    accepted_at: datetime | None
    # A key: whoever lists challenges does not ask for each person.
    accepted_by: int | None

    @property
    def authority(self) -> Authority:
        return self.participation.authority


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    def live(self) -> ChallengeQuerySet:
        return self.filter(state__in=LIVE)

    def unsent(self) -> ChallengeQuerySet:
        """Agreed by all sides, and nobody has been told any days yet."""
        return self.filter(state__in=DATES_OPEN, dates_sent_at__isnull=True)

    def with_both_sides(self) -> ChallengeQuerySet:
        """The fellows beside the first challenger too, all of them in one query."""
        return self.select_related(
            "round__region", "host__authority__region", "challenger__authority__region"
        ).prefetch_related("fellows")

    def locked(self, pk: int) -> Challenge:
        """The row itself, held until the transaction ends; the rows beside it are only read."""
        return self.with_both_sides().select_for_update(of=("self",)).get(pk=pk)

    def with_side(self, **held: object) -> ChallengeQuerySet:
        """Hosted or challenged by such participations: `authority__in=…`, `pk=…`."""
        own = Participation.objects.filter(**held).values("pk")
        return self.filter(
            Q(host__in=own)
            | Q(challenger__in=own)
            | Q(pk__in=FellowChallenger.objects.filter(participation__in=own).values("challenge"))
        )

    def hosted_for(self, user: User) -> ChallengeQuerySet:
        return self.live().filter(host__authority__in=user.authorities_where(*READS_FOR_AUTHORITY))

    def open_to_team_of(self, user: User) -> ChallengeQuerySet:
        """Where this person sits on the team and reads what the host gives it."""
        return self.filter(state__in=OPEN_TO_TEAM, team__in=user.seats.current())

    def visible_to(self, user: User) -> ChallengeQuerySet:
        """Both sides and the team once it is offered; a proposal only to the board's officers."""
        own = user.authorities_where(*READS_FOR_AUTHORITY)
        sides = (
            Q(host__authority__in=own)
            | Q(challenger__authority__in=own)
            | Q(fellows__participation__authority__in=own)
        )
        team = Q(team__in=user.seats.current())
        board = Q(round__region__in=user.regions_where(*READS_FOR_BOARD, Role.APPROVER))
        officer = Q(round__region__in=user.regions_where(Role.BOARD_OFFICER))
        return self.filter(
            officer | (~Q(state=ChallengeState.PROPOSED) & (sides | team | board))
        ).distinct()


class Challenge(models.Model):
    """One host in one round, challenged by another authority of the region.

    In a group, a panel, or where a round gives each host several, others challenge it as fellows
    beside this first one, who names the lead.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="challenges")
    host = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="hosting")
    challenger = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="challenging"
    )
    state = models.CharField(
        max_length=20, choices=ChallengeState.choices, default=ChallengeState.PROPOSED
    )
    host_accepted_at = models.DateTimeField(null=True)
    host_accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    challenger_accepted_at = models.DateTimeField(null=True)
    challenger_accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    objection = models.TextField(blank=True, help_text="Why a side declined; for officers.")
    dates_sent_at = models.DateTimeField(
        null=True, help_text="When both sides were told its days; empty again once given up."
    )
    cancelled_for = models.TextField(
        blank=True, help_text="Why it was cancelled, in a sentence for both sides."
    )
    replaces = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="replaced_by",
        help_text="The one whose challenger fell out.",
    )

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        ordering = ["host__authority__name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(host=F("challenger")), name="challenge_not_of_oneself"
            ),
            models.UniqueConstraint(
                fields=["host"], condition=Q(state__in=LIVE), name="host_has_one_live_challenge"
            ),
            # Beside the offer that stands, as the two may have the same first challenger.
            models.UniqueConstraint(
                fields=["host"],
                condition=Q(state=ChallengeState.PROPOSED),
                name="host_has_one_proposed_challenge",
            ),
            models.CheckConstraint(
                condition=Q(host_accepted_at__isnull=True, host_accepted_by__isnull=True)
                | Q(host_accepted_at__isnull=False, host_accepted_by__isnull=False),
                name="challenge_host_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(
                    challenger_accepted_at__isnull=True, challenger_accepted_by__isnull=True
                )
                | Q(challenger_accepted_at__isnull=False, challenger_accepted_by__isnull=False),
                name="challenge_challenger_accepted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        """“Dorset challenges Poole”, “Dorset and 2 others challenge Poole”."""
        first, *others = self.challengers
        if len(others) > 1:
            return f"{first} and {len(others)} others challenge {self.host_authority}"
        verb = "challenge" if others else "challenges"
        return f"{self.challengers_said} {verb} {self.host_authority}"

    @property
    def dates_sent(self) -> bool:
        """Both sides know the days of the visit."""
        return self.dates_sent_at is not None

    @property
    def undated(self) -> bool:
        """Agreed by all sides; its days are still to be found, or to be sent."""
        return self.state in DATES_OPEN and not self.dates_sent

    @property
    def booked(self) -> bool:
        """The days are known to all, and the visit has not begun."""
        return self.state in DATES_OPEN and self.dates_sent

    @property
    def sides(self) -> list[Side]:
        """The host, the first challenger, then its fellows: readers before a moderator."""
        first = Side(
            "challenger",
            self.challenger,
            self.challenger_accepted_at,
            self.challenger_accepted_by_id,
        )
        host = Side("host", self.host, self.host_accepted_at, self.host_accepted_by_id)
        fellows = sorted(self.fellows.all(), key=lambda one: one.part == Part.MODERATOR)
        return [host, first, *(fellow.side for fellow in fellows)]

    @property
    def challengers(self) -> list[Authority]:
        """Every authority that challenges the host, the first one first."""
        return [side.authority for side in self.sides[1:]]

    @property
    def challengers_said(self) -> str:
        """“Dorset, Poole and Torbay”."""
        return listed([one.name for one in self.challengers])

    @property
    def challengers_in_short(self) -> str:
        return listed([one.short_name for one in self.challengers])

    @property
    def unanswered(self) -> list[Side]:
        """Whose director has still to say yes."""
        return [side for side in self.sides if not side.accepted_at]

    @property
    def host_authority(self) -> Authority:
        return self.host.authority

    @property
    def challenger_authority(self) -> Authority:
        return self.challenger.authority

    @property
    def area_name(self) -> str:
        return self.host.self_assessment.area_name


def listed(names: Sequence[str]) -> str:
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


class FellowManager(models.Manager["FellowChallenger"]):
    def get_queryset(self) -> models.QuerySet[FellowChallenger]:
        """Never without its authority: a list of challenges names them all."""
        return super().get_queryset().select_related("participation__authority__region")


class FellowChallenger(models.Model):
    """Another authority that challenges the same host beside the first: a group, a panel."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="fellows")
    participation = models.ForeignKey(
        Participation, on_delete=models.PROTECT, related_name="challenging_beside"
    )
    part = models.CharField(max_length=20, choices=Part.choices, default=Part.CHALLENGER)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = FellowManager()

    class Meta:
        ordering = ["part", "participation__authority__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "participation"], name="fellow_challenger_once"
            ),
            models.CheckConstraint(
                condition=both_or_neither("accepted_at", "accepted_by"),
                name="fellow_challenger_accepted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation.authority} challenges {self.challenge.host.authority} too"

    @property
    def side(self) -> Side:
        noun = "moderator" if self.part == Part.MODERATOR else "challenger"
        return Side(noun, self.participation, self.accepted_at, self.accepted_by_id)


class VisitDay(models.Model):
    """A day on site; `phase` is one of the format's."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="days")
    phase = models.SlugField()
    day = models.DateField()
    pinned = models.BooleanField(default=False, help_text="Looking again leaves it where it is.")

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "phase"], name="phase_dated_once")
        ]

    def __str__(self) -> str:
        return f"{self.phase}: {self.day:%-d %B %Y}"
