"""Who could take the place of a challenger that falls out, and what stays if one does."""

from __future__ import annotations

from dataclasses import dataclass

from rounds.models import Challenge, Participation
from rounds.queries.away import known_of, on_site
from rounds.queries.candidates import Candidate, candidate_of
from rounds.queries.proposals import proposal_of
from rounds.queries.publishing import published_in
from rounds.queries.visits import counted, days_said
from rounds.scheduling import said

LISTED = 8


@dataclass(frozen=True)
class Substitute:
    """An authority that could come instead: how well it fits, and whether it can on the days."""

    candidate: Candidate
    gives: int
    days: str
    free: bool

    @property
    def pk(self) -> int:
        return self.candidate.member.pk

    @property
    def name(self) -> str:
        return self.candidate.name

    @property
    def said(self) -> str:
        """“Devon: 812 points. Gives 1 challenge already. Can on the days that are set.”"""
        gives = f"Gives {counted(self.gives, 'challenge')} already" if self.gives else "Gives none"
        return f"{self.name}: {self.candidate.score:,} points. {gives}. {self.days}."


@dataclass(frozen=True)
class Substitutes:
    """The best first; `barred`: those a rule forbids, with the rule."""

    possible: list[Substitute]
    barred: list[Candidate]
    days: str


def substitutes_for(challenge: Challenge) -> Substitutes:
    """By how well they fit this host, whatever else they give in the round."""
    round, host = challenge.round, challenge.host_authority.dfe_code
    seen = proposal_of(round, published_in(round))
    sides = {side.authority.dfe_code for side in challenge.sides}
    found = [candidate_of(seen, (host, code)) for code in seen.members if code not in sides]
    gives = {
        code: sum(pair[1] == code and pair[0] != host for pair in seen.pairs)
        for code in seen.members
    }
    possible = [one for one in found if one.allowed]
    possible.sort(key=lambda one: (-one.score, one.name))
    barred = sorted((one for one in found if not one.allowed), key=lambda one: one.name)
    listed = [
        _substitute(challenge, one, gives[one.member.authority.dfe_code])
        for one in possible[:LISTED]
    ]
    days = days_said(on_site(challenge))
    return Substitutes(listed, barred, days)


def bars_between(challenge: Challenge, member: Participation) -> list[str]:
    """Why this authority cannot challenge that host; a side of the challenge is there already."""
    name = member.authority.name
    if member.pk in {side.participation.pk for side in challenge.sides}:
        return [f"{name} is in this challenge already."]
    seen = proposal_of(challenge.round, published_in(challenge.round))
    code = member.authority.dfe_code
    if code not in seen.members:
        return [f"{name} does not take part."]
    return candidate_of(seen, (challenge.host_authority.dfe_code, code)).why_not


def _substitute(challenge: Challenge, one: Candidate, gives: int) -> Substitute:
    clashes = days_in_the_way(challenge, one.member)
    if not challenge.days.all():
        return Substitute(one, gives, "No days are set yet", free=True)
    free = not clashes
    words = "Can on the days that are set" if free else f"Cannot: {'; '.join(clashes)}"
    return Substitute(one, gives, words, free)


def days_in_the_way(challenge: Challenge, member: Participation) -> list[str]:
    """On which days of the visit this authority cannot, or is elsewhere."""
    days = on_site(challenge)
    if not days:
        return []
    authority = member.authority
    cannot = known_of(challenge.round.region, [authority], days[0], days[-1]).cannot
    away = {day for day in days if day in cannot.get(authority, ())}
    others = (
        Challenge.objects.live()
        .with_side(authority=authority)
        .exclude(pk=challenge.pk)
        .prefetch_related("days")
        .select_related("round")
    )
    busy = {day for other in others for day in on_site(other)}
    return [said(day) for day in days if day in away | busy]
