"""From a scenario to offers: published, taken back, confirmed."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from authorities.models import User
from peerchallenge.audit.actions import record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.answers import no
from rounds import permissions, queries
from rounds.actions.matches import MatchesChanged, cancel
from rounds.models import (
    Challenge,
    FellowChallenger,
    Participation,
    Round,
    Scenario,
    ScenarioMatch,
)
from rounds.states import ChallengeState, RoundState


@transaction.atomic
def publish_scenario(scenario: Scenario, *, version: int | None = None, by: User) -> Scenario:
    """Make it the round's, still seen by officers alone; another that waited is taken back.

    `version` is the one that was on the page: raises MatchesChanged when it is another by now.
    """
    scenario = lock(scenario)
    round = scenario.round
    permissions.publish_scenario(by, scenario).require()
    if version is not None and version != scenario.version:
        raise MatchesChanged
    if scenario.published_at and queries.waits_to_be_told(round):
        return scenario
    if obstacles := queries.obstacles_to(scenario):
        no(f"“{scenario.name}” cannot be published yet. {' '.join(obstacles)}").require()
    if not queries.difference_of(scenario):
        no(f"Every match of “{scenario.name}” has already been offered.").require()
    _clear(round)
    scenario.published_at, scenario.published_by = timezone.now(), by
    scenario.save(update_fields=["published_at", "published_by"])
    made = challenges_from(scenario)
    if round.state == RoundState.OPEN:
        round.state = RoundState.MATCHING
        round.save(update_fields=["state"])
    record("round.matches_published", round, by=by, scenario=scenario.name, pairs=len(made))
    return scenario


@transaction.atomic
def take_back_scenario(scenario: Scenario, *, by: User) -> Scenario:
    """Open it again, so that its matches can be changed; nobody had been told."""
    scenario = lock(scenario)
    permissions.take_back_scenario(by, scenario).require()
    if scenario.published_at:
        open_again(scenario.round, by=by)
        scenario.refresh_from_db(fields=["published_at", "published_by"])
    return scenario


def open_again(round: Round, *, by: User) -> None:
    """What is published can be changed again; the caller holds the round's row, and has asked."""
    scenario = queries.published_in(round)
    _clear(round)
    record("round.matches_taken_back", round, by=by, scenario=scenario.name if scenario else "")


@transaction.atomic
def confirm_matches(round: Round, *, version: str | None = None, by: User) -> list[Challenge]:
    """Offer what the published scenario changes, and take back what it no longer has.

    `version` is the mark on the page that was confirmed: raises MatchesChanged when confirming
    would do something else by now. The rules and the conflicts are asked once more.
    """
    round = Round.objects.locked(round.pk)
    permissions.confirm_matches(by, round).require()
    # Nobody answers an offer while it is settled whether it stands.
    list(round.challenges.live().select_for_update(of=("self",)).order_by("pk"))
    scenario = queries.published_in(round)
    if version is not None and (not scenario or version != queries.offers_version(scenario)):
        raise MatchesChanged
    if scenario is None:
        no("No matches are published: publish a scenario first.").require()
        raise AssertionError
    change = queries.difference_of(scenario)
    obstacles = queries.obstacles_to(scenario)
    if not change and not obstacles:
        obstacles = ["Every match has already been offered."]
    if obstacles:
        no(f"The matches cannot be confirmed yet: {' '.join(obstacles)}").require()
    for challenge in change.taken_back:
        cancel(challenge, by=by)
    offered = challenges_from(scenario)
    for challenge in offered:
        challenge.state = ChallengeState.OFFERED
        challenge.save(update_fields=["state"])
        record("challenge.offered", challenge, by=by)
        promise("rounds.offer_to_host", challenge.pk)
        promise("rounds.offer_to_challenger", challenge.pk)
    round.state = RoundState.UNDER_WAY
    round.save(update_fields=["state"])
    record("round.matches_confirmed", round, by=by, pairs=len(offered))
    return offered


def challenges_from(scenario: Scenario) -> list[Challenge]:
    """The proposals of a scenario, as rows: those that are there stay as they are.

    Its caller holds the round's row. A host with several challengers has fellows beside the
    first.
    """
    wanted = {drawn.host: drawn for drawn in queries.difference_of(scenario).made}
    there = {}
    proposed = scenario.round.challenges.filter(state=ChallengeState.PROPOSED)
    for challenge in proposed.with_both_sides():
        drawn = wanted.get(challenge.host_id)
        if drawn and queries.seats_of(challenge) == drawn.seats:
            there[challenge.host_id] = challenge
        else:
            challenge.delete()
    for host, drawn in wanted.items():
        if host not in there:
            there[host] = Challenge.objects.create(
                round=scenario.round, host=drawn.first.host, challenger=drawn.first.challenger
            )
            FellowChallenger.objects.bulk_create(
                FellowChallenger(challenge=there[host], participation=row.challenger, part=row.part)
                for row in drawn.fellows
            )
    return [there[host] for host in wanted]


@transaction.atomic
def propose_matches(
    round: Round, challengers: Mapping[Participation, Participation], *, by: User
) -> Round:
    """A scenario of exactly these pairs, host to challenger, published at once."""
    round = Round.objects.locked(round.pk)
    permissions.match(by, round).require()
    scenario = Scenario.objects.create(
        round=round, name=f"Proposal {round.scenarios.count() + 1}", created_by=by
    )
    ScenarioMatch.objects.bulk_create(
        ScenarioMatch(scenario=scenario, host=host, challenger=challenger)
        for host, challenger in challengers.items()
    )
    publish_scenario(scenario, by=by)
    return Round.objects.select_related("region").get(pk=round.pk)


def lock(scenario: Scenario) -> Scenario:
    """With its round, whose row is locked first, as everybody who matches in it does."""
    round = Round.objects.locked(scenario.round_id)
    found = Scenario.objects.select_for_update().get(pk=scenario.pk)
    found.round = round
    return found


def _clear(round: Round) -> None:
    """Nothing of this round is published or proposed any more; its caller holds its row."""
    round.challenges.filter(state=ChallengeState.PROPOSED).delete()
    round.scenarios.filter(published_at__isnull=False).update(published_at=None, published_by=None)
