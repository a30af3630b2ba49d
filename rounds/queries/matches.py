from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from peerchallenge.audit.actions import history_of
from peerchallenge.shared import charts
from rounds import matching
from rounds.models import Challenge, Participation, Round
from rounds.queries.rounds import directors_by_authority
from rounds.states import DATES_OPEN, LIVE, SENT, ChallengeState

NOTES = {
    "oneself": "It would challenge itself",
    "capacity": "Chosen for more than one host",
    "mutual": "They would challenge each other",
}
TAKEN_BACK = (ChallengeState.OFFERED, *DATES_OPEN)
STANDING = (ChallengeState.PROPOSED, *LIVE)


def pairs_of(round: Round) -> list[matching.Pair]:
    """Every pair that stands or is proposed: (host, challenger) as participation ids."""
    standing = round.challenges.filter(state__in=STANDING)
    return list(standing.order_by("host__authority__name").values_list("host", "challenger"))


def names_in(round: Round) -> dict[int, str]:
    rows = round.participations.order_by("authority__name")
    return dict(rows.values_list("pk", "authority__name"))


def match_problems(round: Round) -> list[matching.BrokenRule]:
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


def matches_version(round: Round) -> str:
    """A mark of who challenges whom now: it differs once anybody changes a pair."""
    standing = round.challenges.filter(state__in=STANDING).order_by("host", "challenger")
    return _mark(standing.values_list("host", "challenger", "state"))


@dataclass(frozen=True)
class Row:
    """One host on the matching board."""

    host: int
    name: str
    # Known to the board once the self-assessment has been sent.
    area: str
    sent: bool
    challenger: int | None
    challenger_name: str
    # Whom the host itself challenges, by name.
    challenges: str
    # What became of an offer that is out; it stands, unless the officer takes it back.
    offer: str
    take_back: int | None
    problems: list[matching.BrokenRule]
    # Why an earlier offer of this host was declined, with the challenger's name.
    declined: list[str]
    # What somebody else saved meanwhile, where it differs; None when nothing does.
    saved: str | None = None

    @property
    def notes(self) -> list[str]:
        """What is wrong with this row, short: the whole sentence stands above the board."""
        return [NOTES.get(problem.rule, problem.text) for problem in self.problems]


@dataclass(frozen=True)
class Board:
    """Who challenges whom, as drafted, and what the rules say to it."""

    rows: list[Row]
    problems: list[str]
    unmatched: int
    sent: int
    open: int
    ring: charts.Ring
    version: str

    @property
    def unknown(self) -> int:
        """How many areas for challenge the board does not know yet."""
        return len(self.rows) - self.sent

    @property
    def legal(self) -> bool:
        return not self.problems and not self.unmatched


def match_board(round: Round, draft: matching.Draft | None = None) -> Board:
    """The board of a round as saved; with a draft, as it would be with those pairs instead."""
    members = _members(round)
    challenges = list(round.challenges.with_both_sides().order_by("pk"))
    saved = {c.host_id: c.challenger_id for c in challenges if c.state in STANDING}
    offers = {c.host_id: c for c in challenges if c.state in LIVE}
    now: dict[int, int | None] = {member.pk: saved.get(member.pk) for member in members}
    if draft is not None:
        now.update({host: one for host, one in draft.items() if host in now and host not in offers})
    names = {member.pk: member.authority.name for member in members}
    names |= {c.challenger_id: c.challenger_authority.name for c in challenges}
    found = matching.problems(
        [(host, one) for host, one in now.items() if one],
        names,
        mutual_allowed=round.format.mutual_allowed,
    )
    rows = [
        _row(member, now, names, offers.get(member.pk), found, challenges, saved)
        for member in members
    ]
    return Board(
        rows,
        [problem.text for problem in found],
        sum(one is None for one in now.values()),
        sum(row.sent for row in rows),
        len(rows) - len(offers),
        _ring(members, now, found),
        _mark((c.host_id, c.challenger_id, c.state) for c in _by_pair(challenges)),
    )


def who_proposed_last(round: Round) -> str:
    """The person who last changed the draft."""
    last = history_of(round).filter(verb="round.matches_proposed").first()
    return last.who if last else "Somebody"


def draft_of(round: Round) -> dict[int, int | None]:
    """Every host taking part and its challenger, in the order of their names."""
    saved = dict(pairs_of(round))
    return {member.pk: saved.get(member.pk) for member in _members(round)}


def _members(round: Round) -> list[Participation]:
    return list(
        round.participations.taking_part()
        .select_related("authority", "self_assessment__area")
        .order_by("authority__name", "pk")
    )


def _row(
    member: Participation,
    now: Mapping[int, int | None],
    names: Mapping[int, str],
    offer: Challenge | None,
    found: list[matching.BrokenRule],
    challenges: list[Challenge],
    saved: Mapping[int, int],
) -> Row:
    challenger = now[member.pk]
    theirs = saved.get(member.pk)
    sent = member.self_assessment.state in SENT
    return Row(
        host=member.pk,
        name=member.authority.name,
        area=member.self_assessment.area_name if sent else "",
        sent=sent,
        challenger=challenger,
        challenger_name=names[challenger] if challenger else "",
        challenges=", ".join(names[host] for host, one in now.items() if one == member.pk),
        offer=_answer(offer) if offer else "",
        take_back=offer.pk if offer and offer.state in TAKEN_BACK else None,
        problems=[problem for problem in found if member.pk in problem.hosts],
        declined=[
            f"The match with {c.challenger_authority.name} was declined: “{c.objection}”"
            for c in challenges
            if c.host_id == member.pk and c.state == ChallengeState.DECLINED
        ],
        saved=(names[theirs] if theirs else "nobody") if theirs != challenger else None,
    )


def _answer(offer: Challenge) -> str:
    return "Offered" if offer.state == ChallengeState.OFFERED else "Accepted"


def _ring(
    members: list[Participation],
    now: Mapping[int, int | None],
    found: list[matching.BrokenRule],
) -> charts.Ring:
    troubled = {host for problem in found for host in problem.hosts}
    there = {member.pk for member in members}
    return charts.ring(
        [charts.Node(str(m.pk), m.authority.code3, m.authority.name) for m in members],
        [
            charts.Arrow(str(one), str(host), problem=host in troubled)
            for host, one in now.items()
            if one in there and one != host
        ],
    )


def _by_pair(challenges: list[Challenge]) -> list[Challenge]:
    standing = [challenge for challenge in challenges if challenge.state in STANDING]
    return sorted(standing, key=lambda challenge: (challenge.host_id, challenge.challenger_id))


def _mark(rows: Iterable[tuple[int, int, str]]) -> str:
    text = ";".join(f"{host},{challenger},{state}" for host, challenger, state in rows)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Offer:
    """A proposed challenge, and the directors who are told when it is confirmed."""

    host: str
    area: str
    challenger: str
    host_directors: list[str]
    challenger_directors: list[str]


@dataclass(frozen=True)
class Offers:
    """Everything that confirming sends."""

    offers: list[Offer]
    people: int

    def __bool__(self) -> bool:
        return bool(self.offers)


def offers_to_make(round: Round) -> Offers:
    proposed = list(
        round.challenges.filter(state=ChallengeState.PROPOSED)
        .with_both_sides()
        .select_related("host__self_assessment__area")
        .order_by("host__authority__name")
    )
    authorities = {c.host.authority_id for c in proposed}
    authorities |= {c.challenger.authority_id for c in proposed}
    directors = directors_by_authority(authorities)

    def named(authority: int) -> list[str]:
        return [user.name for user in directors.get(authority, [])]

    return Offers(
        [
            Offer(
                c.host_authority.name,
                c.area_name if c.host.self_assessment.state in SENT else "",
                c.challenger_authority.name,
                named(c.host.authority_id),
                named(c.challenger.authority_id),
            )
            for c in proposed
        ],
        len({user.pk for users in directors.values() for user in users}),
    )
