from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from authorities.states import READS_FOR_AUTHORITY, READS_FOR_BOARD, Role
from rounds.models.round import Participation, Round
from rounds.states import LIVE, ChallengeState

if TYPE_CHECKING:
    from authorities.models import Authority, Membership, User


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    def live(self) -> ChallengeQuerySet:
        return self.filter(state__in=LIVE)

    def with_both_sides(self) -> ChallengeQuerySet:
        return self.select_related(
            "round__region", "host__authority__region", "challenger__authority__region"
        )

    def locked(self, pk: int) -> Challenge:
        """The row itself, held until the transaction ends; the rows beside it are only read."""
        return self.with_both_sides().select_for_update(of=("self",)).get(pk=pk)

    def hosted_for(self, user: User) -> ChallengeQuerySet:
        return self.live().filter(host__authority__in=user.authorities_where(*READS_FOR_AUTHORITY))

    def with_team_of(self, user: User) -> ChallengeQuerySet:
        return self.live().filter(team__in=user.seats.current())

    def visible_to(self, user: User) -> ChallengeQuerySet:
        """Both sides and the team once it is offered; a proposal only to the board's officers."""
        own = user.authorities_where(*READS_FOR_AUTHORITY)
        sides = Q(host__authority__in=own) | Q(challenger__authority__in=own)
        team = Q(team__in=user.seats.current())
        board = Q(round__region__in=user.regions_where(*READS_FOR_BOARD, Role.APPROVER))
        officer = Q(round__region__in=user.regions_where(Role.BOARD_OFFICER))
        return self.filter(
            officer | (~Q(state=ChallengeState.PROPOSED) & (sides | team | board))
        ).distinct()


class Challenge(models.Model):
    """One host in one round, challenged by another authority of the region."""

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
            models.UniqueConstraint(
                fields=["host", "challenger"],
                condition=Q(state__in=[ChallengeState.PROPOSED, *LIVE]),
                name="one_live_challenge_a_pair",
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
        return f"{self.challenger_authority} challenges {self.host_authority}"

    @property
    def host_authority(self) -> Authority:
        return self.host.authority

    @property
    def challenger_authority(self) -> Authority:
        return self.challenger.authority

    @property
    def area_name(self) -> str:
        return self.host.self_assessment.area_name


class VisitDay(models.Model):
    """A day on site; `phase` is one of the format's."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="days")
    phase = models.SlugField()
    day = models.DateField()

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "phase"], name="phase_dated_once")
        ]

    def __str__(self) -> str:
        return f"{self.phase}: {self.day:%-d %B %Y}"


class Seat(models.TextChoices):
    LEAD = "lead", "Lead reviewer"
    MEMBER = "member", "Team member"


class TeamMemberQuerySet(models.QuerySet["TeamMember"]):
    def current(self) -> TeamMemberQuerySet:
        today = timezone.localdate()
        return self.filter(Q(from_date__lte=today), Q(to_date__isnull=True) | Q(to_date__gte=today))

    def leads(self) -> TeamMemberQuerySet:
        return self.filter(seat=Seat.LEAD)


class TeamMember(models.Model):
    """A person's seat in the team of one challenge."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="team")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="seats"
    )
    seat = models.CharField(max_length=10, choices=Seat.choices, default=Seat.MEMBER)
    from_date = models.DateField(default=timezone.localdate)
    to_date = models.DateField(null=True, blank=True)

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        ordering = ["seat", "user__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "user"],
                condition=Q(to_date__isnull=True),
                name="one_seat_a_person",
            ),
            models.UniqueConstraint(
                fields=["challenge"],
                condition=Q(seat="lead", to_date__isnull=True),
                name="one_lead_a_challenge",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_seat_display()}"

    @property
    def post_held(self) -> Membership | None:
        """The post they bring to the team: the newest one held in an authority."""
        posts = [held for held in self.user.current_memberships if held.authority]
        return max(posts, key=lambda held: held.from_date, default=None)
