"""What somebody has to do with, through the roles and seats they hold today."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Prefetch, Q, QuerySet

from authorities.models import User
from authorities.states import READS_FOR_AUTHORITY, READS_FOR_BOARD, Role
from feedback.models import Letter
from feedback.states import SEALED, LetterState
from rounds.models import Challenge, Participation, Round, TeamMember
from rounds.states import LIVE, ChallengeState, ParticipationState, RoundState

RUNNING = (
    RoundState.OPEN,
    RoundState.MATCHING,
    RoundState.UNDER_WAY,
    RoundState.FOLLOWING_UP,
)
LETTERS_COME = (RoundState.UNDER_WAY, RoundState.FOLLOWING_UP)
GOING_ON = tuple(state for state in LIVE if state != ChallengeState.CLOSED)


def own_participations(user: User) -> QuerySet[Participation]:
    """Of the authorities they read for, in rounds that run; the newest round first."""
    return (
        Participation.objects.visible_to(user)
        .filter(
            authority__in=user.authorities_where(*READS_FOR_AUTHORITY), round__state__in=RUNNING
        )
        .exclude(state=ParticipationState.WITHDRAWN)
        .select_related("round__region", "authority", "self_assessment__area", "capacity")
        .order_by("-round__visits_from", "-round", "authority__name")
    )


def own_challenges(user: User) -> QuerySet[Challenge]:
    """Those that go on and that they host, give, or sit on the team of."""
    own = user.authorities_where(*READS_FOR_AUTHORITY)
    team = TeamMember.objects.current().select_related("user")
    return (
        Challenge.objects.visible_to(user)
        .filter(
            Q(host__authority__in=own)
            | Q(challenger__authority__in=own)
            | Q(fellows__participation__authority__in=own)
            | Q(team__in=user.seats.current()),
            state__in=GOING_ON,
            round__state__in=RUNNING,
        )
        .with_both_sides()
        .select_related("host__self_assessment__area")
        .prefetch_related("days", Prefetch("team", queryset=team, to_attr="seated"))
        .order_by("-round__visits_from", "host__authority__name")
    )


def board_rounds(user: User) -> QuerySet[Round]:
    """The rounds of their boards that are not over; a draft only for those who write it."""
    over = (RoundState.CLOSED, RoundState.CANCELLED)
    return (
        Round.objects.visible_to(user)
        .filter(
            Q(region__in=user.regions_where(Role.BOARD_OFFICER))
            | (Q(region__in=user.regions_where(*READS_FOR_BOARD)) & ~Q(state=RoundState.DRAFT))
        )
        .exclude(state__in=over)
        .select_related("region")
        .order_by("-visits_from", "-pk")
    )


def approver_rounds(user: User) -> QuerySet[Round]:
    """Those whose letters they follow and approve."""
    return (
        Round.objects.visible_to(user)
        .filter(region__in=user.regions_where(Role.APPROVER), state__in=LETTERS_COME)
        .order_by("-visits_from", "-pk")
    )


def letters_in_work(user: User, challenges: Sequence[Challenge]) -> list[Letter]:
    """Not issued yet, of these challenges; each with its challenge as it was found."""
    found = {challenge.pk: challenge for challenge in challenges}
    letters = list(
        Letter.objects.visible_to(user).filter(challenge__in=found).exclude(state__in=SEALED)
    )
    for letter in letters:
        letter.challenge = found[letter.challenge_id]
    return letters


def letters_for(user: User) -> QuerySet[Letter]:
    """Issued letters they are a party to: their authority's, or written by their team."""
    return (
        Letter.objects.visible_to(user)
        .filter(
            Q(challenge__host__authority__in=user.authorities_where(*READS_FOR_AUTHORITY))
            | Q(challenge__in=user.seats.current().values("challenge")),
            state__in=SEALED,
        )
        .select_related(
            "challenge__round",
            "challenge__host__authority",
            "challenge__challenger__authority",
            "challenge__host__self_assessment__area",
        )
        .prefetch_related("challenge__fellows")
        .order_by("-issued_on", "-pk")
    )


def letters_to_approve(user: User) -> QuerySet[Letter]:
    """None of a team that they were ever on: somebody else releases it."""
    return (
        Letter.objects.visible_to(user)
        .filter(
            challenge__round__region__in=user.regions_where(Role.APPROVER),
            state=LetterState.CHECKED,
        )
        .exclude(challenge__in=user.seats.values("challenge"))
        .select_related(
            "challenge__round",
            "challenge__host__authority",
            "challenge__challenger__authority",
        )
        .prefetch_related("replies", "challenge__fellows", "challenge__days")
    )
