from __future__ import annotations

from rounds import matching
from rounds.models import Round
from rounds.states import LIVE, ChallengeState


def pairs_of(round: Round) -> list[matching.Pair]:
    """Every pair that stands or is proposed: (host, challenger) as participation ids."""
    standing = round.challenges.filter(state__in=[ChallengeState.PROPOSED, *LIVE])
    return list(standing.order_by("host__authority__name").values_list("host", "challenger"))


def names_in(round: Round) -> dict[int, str]:
    rows = round.participations.order_by("authority__name")
    return dict(rows.values_list("pk", "authority__name"))


def match_problems(round: Round) -> list[matching.Problem]:
    return matching.problems(
        pairs_of(round), names_in(round), mutual_allowed=round.format.mutual_allowed
    )


def match_obstacles(round: Round) -> list[str]:
    """Why the matches cannot be confirmed, one sentence each; empty when they can."""
    found = [problem.text for problem in match_problems(round)]
    names = names_in(round)
    staying = round.participations.taking_part().order_by("authority__name")
    alone = matching.unmatched(pairs_of(round), list(staying.values_list("pk", flat=True)))
    found += [f"{names[host]} has no challenger yet." for host in alone]
    if not found and not round.challenges.filter(state=ChallengeState.PROPOSED).exists():
        found.append("Every match has already been offered.")
    return found
