from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from authorities.models import Membership, Region, User
from authorities.states import READS_FOR_BOARD, Role
from peerchallenge.shared.marks import mark_of
from rounds.models import Challenge, Participation, Round
from rounds.states import LETTER_OUT, SENT, RoundState

ENDED = (RoundState.CLOSED, RoundState.CANCELLED)


@dataclass(frozen=True)
class RoundLine:
    """One round in the list of a region's rounds."""

    pk: int
    name: str
    state: str
    cancelled: bool
    visits_from: date
    visits_to: date
    authorities: int
    sent: int
    matched: int
    letters: int


@dataclass(frozen=True)
class RegionRounds:
    """A board's rounds: those it works on, and those that are over."""

    region: Region
    current: list[RoundLine]
    past: list[RoundLine]
    may_start: bool


def rounds_of_boards(user: User) -> list[RegionRounds]:
    """The rounds of every region whose board the person belongs to."""
    regions = Region.objects.filter(pk__in=user.regions_where(*READS_FOR_BOARD))
    rounds = list(Round.objects.filter(region__in=regions))
    counts = _counts(rounds)
    found = []
    for region in regions:
        here = [round for round in rounds if round.region_id == region.pk]
        found.append(
            RegionRounds(
                region,
                [_line(round, counts) for round in here if round.state not in ENDED],
                [_line(round, counts) for round in here if round.state in ENDED],
                user.holds(Role.BOARD_OFFICER, region=region),
            )
        )
    return found


def directors_by_authority(authorities: Iterable[int]) -> dict[int, list[User]]:
    """Whoever is director today, by authority; an authority without one is left out."""
    found: dict[int, list[User]] = {}
    posts = Membership.objects.current().filter(
        role=Role.DIRECTOR, authority__in=list(authorities), user__is_active=True
    )
    for post in posts.select_related("user").order_by("user__name"):
        if post.authority_id:
            found.setdefault(post.authority_id, []).append(post.user)
    return found


@dataclass(frozen=True)
class Invitee:
    """An authority of a draft, and who is written to for it."""

    authority_id: int
    authority: str
    directors: list[str]


def invitees(round: Round) -> list[Invitee]:
    participations = list(_staying(round))
    directors = directors_by_authority(p.authority_id for p in participations)
    return [
        Invitee(
            p.authority_id,
            p.authority.name,
            [user.name for user in directors.get(p.authority_id, [])],
        )
        for p in participations
    ]


def without_director(round: Round) -> list[str]:
    """The authorities where nobody would get the invitation."""
    return [invitee.authority for invitee in invitees(round) if not invitee.directors]


def past_dates(round: Round) -> list[str]:
    """What the dates of a draft no longer allow, one sentence each."""
    today = timezone.localdate()
    found = []
    if round.self_assessment_due <= today:
        found.append("The day self-assessments are due has passed, or is today.")
    if round.visits_from <= today:
        found.append("The first day for visits has passed, or is today.")
    return found


@dataclass(frozen=True)
class Fact:
    """One line of what a round is."""

    key: str
    value: str
    url: str = ""


def facts_of(round: Round) -> list[Fact]:
    areas = [area.name for area in round.areas.all()]
    names = [participation.authority.name for participation in _staying(round)]
    return [
        Fact("Name", round.name),
        Fact("Format", round.format.name),
        Fact("Who meets whom", round.format.meeting_said),
        Fact("Self-assessments due", f"{round.self_assessment_due:%A %-d %B %Y}"),
        Fact("Visits", f"{round.visits_from:%-d %B %Y} to {round.visits_to:%-d %B %Y}"),
        Fact("Priority areas", "\n".join(areas) or "None yet: set from what comes in"),
        Fact("Signed off by", signed_by(round.format.sign_offs)),
        Fact(f"{len(names)} authorities", "\n".join(names)),
    ]


def signed_by(roles: Iterable[str]) -> str:
    """“Director, lead member”."""
    return ", ".join(Role(role).label for role in roles).capitalize()


def round_version(round: Round) -> str:
    """A mark of what the round is now: it differs once anybody changes it."""
    return mark_of(*facts_of(round))


def _staying(round: Round) -> Iterable[Participation]:
    return (
        round.participations.taking_part()
        .select_related("authority")
        .order_by("authority__name", "pk")
    )


def _counts(rounds: Iterable[Round]) -> dict[str, Counter[int]]:
    """How many of each there are, by round."""
    members = Participation.objects.taking_part().filter(round__in=list(rounds))
    challenges = Challenge.objects.live().filter(round__in=list(rounds))
    sent = members.filter(self_assessment__state__in=SENT)
    letters = challenges.filter(state__in=LETTER_OUT)
    return {
        "authorities": Counter(members.values_list("round", flat=True)),
        "sent": Counter(sent.values_list("round", flat=True)),
        "matched": Counter(challenges.values_list("round", flat=True)),
        "letters": Counter(letters.values_list("round", flat=True)),
    }


def _line(round: Round, counts: Mapping[str, Counter[int]]) -> RoundLine:
    return RoundLine(
        round.pk,
        round.name,
        round.get_state_display(),
        round.state == RoundState.CANCELLED,
        round.visits_from,
        round.visits_to,
        **{name: by_round[round.pk] for name, by_round in counts.items()},
    )
