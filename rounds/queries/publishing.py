"""What publishing a scenario would change, and what stands in its way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from peerchallenge.shared.marks import mark_of
from rounds.matching.challenges import Given, challenges_from
from rounds.models import Challenge, Part, Round, Scenario, ScenarioMatch
from rounds.states import DATES_OPEN, LIVE, ChallengeState

# Offers that may still be taken back.
MOVABLE = (ChallengeState.OFFERED, *DATES_OPEN)
# A host's challengers and what each does: two sets that are equal are the same challenge.
Seats = frozenset[tuple[int, str]]


@dataclass(frozen=True)
class Drawn:
    """A host's challengers in a scenario, the first of them first."""

    host: int
    rows: tuple[ScenarioMatch, ...]

    @property
    def first(self) -> ScenarioMatch:
        return self.rows[0]

    @property
    def fellows(self) -> tuple[ScenarioMatch, ...]:
        return self.rows[1:]

    @property
    def seats(self) -> Seats:
        return frozenset((row.challenger_id, row.part) for row in self.rows)


@dataclass(frozen=True)
class Difference:
    """What a scenario would change of the offers that stand."""

    made: tuple[Drawn, ...]
    taken_back: tuple[Challenge, ...]
    staying: tuple[Challenge, ...]

    def __bool__(self) -> bool:
        return bool(self.made or self.taken_back)


def drawn_in(scenario: Scenario) -> dict[int, Drawn]:
    """By host. Nobody is first for two of them, as far as that can be, and no moderator is.

    Whoever is first in an offer that stands stays first.
    """
    rows = scenario.matches.select_related(
        "host__authority__region",
        "host__self_assessment__area",
        "challenger__authority__region",
    ).order_by("host__authority__name", "host")
    by_host: dict[int, dict[str, ScenarioMatch]] = defaultdict(dict)
    for row in rows:
        by_host[row.host_id][row.challenger.authority.dfe_code] = row
    codes = {
        row.host.authority.dfe_code: host
        for host, found in by_host.items()
        for row in found.values()
    }
    firsts = scenario.round.challenges.live().values_list(
        "host__authority__dfe_code", "challenger__authority__dfe_code"
    )
    drawn = {
        codes[one.host]: (one.first, *(fellow for fellow, _ in one.fellows))
        for one in challenges_from(
            (
                Given(row.host.authority.dfe_code, code, row.part)
                for found in by_host.values()
                for code, row in found.items()
            ),
            dict(firsts),
        )
    }
    return {
        host: Drawn(host, tuple(found[code] for code in drawn[host]))
        for host, found in by_host.items()
    }


def standing_offers(round: Round) -> list[Challenge]:
    """Every offer that is out and stands, by host."""
    return list(
        round.challenges.live()
        .with_both_sides()
        .select_related("host__self_assessment__area")
        .order_by("host__authority__name", "pk")
    )


def difference_of(scenario: Scenario, live: Sequence[Challenge] | None = None) -> Difference:
    """From the offers that stand now; `live` where the caller has read them."""
    wanted = drawn_in(scenario)
    live = standing_offers(scenario.round) if live is None else live
    same = {
        offer.host_id
        for offer in live
        if offer.host_id in wanted and seats_of(offer) == wanted[offer.host_id].seats
    }
    return Difference(
        tuple(drawn for host, drawn in wanted.items() if host not in same),
        tuple(offer for offer in live if offer.host_id not in same and offer.host_id in wanted),
        tuple(offer for offer in live if offer.host_id in same or offer.host_id not in wanted),
    )


def seats_of(challenge: Challenge) -> Seats:
    """As a scenario has them: the first challenger of a panel is one of its readers."""
    fellows = {(one.participation_id, one.part) for one in challenge.fellows.all()}
    panel = any(part != Part.CHALLENGER for _, part in fellows)
    first = Part.READER if panel else Part.CHALLENGER
    return frozenset({*fellows, (challenge.challenger_id, first)})


def published_in(round: Round) -> Scenario | None:
    found = round.scenarios.filter(published_at__isnull=False).first()
    if found:
        found.round = round
    return found


def waits_to_be_told(round: Round) -> bool:
    """Published, and nobody has been told yet."""
    return round.challenges.filter(state=ChallengeState.PROPOSED).exists()


def offers_version(scenario: Scenario) -> str:
    """A mark of what confirming would do: it differs once a pair or an offer changes."""
    standing = scenario.round.challenges.filter(state__in=[ChallengeState.PROPOSED, *LIVE])
    rows = standing.order_by("host", "challenger").values_list("host", "challenger", "state")
    return mark_of(scenario.pk, scenario.version, *rows)
