"""What officers changed in the matches of a round, and what a scenario was before a change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from peerchallenge.audit.models import Event
from rounds.models import Participation, Round, Scenario

PER_PAGE = 50
PUT_BACK = "scenario.put_back"
SAID = {
    "scenario.matches_saved": "saved the matches",
    "scenario.challengers_swapped": "swapped two challengers",
    "scenario.challenger_chosen": "chose a challenger and matched the rest again",
    "scenario.suggested_again": "had the matches suggested again",
    "scenario.match_locked": "locked a match",
    "scenario.match_unlocked": "unlocked a match",
    PUT_BACK: "put the matches back as they were",
    "scenario.pair_excluded": "kept two authorities apart",
    "scenario.pair_allowed": "let two authorities meet again",
    "scenario.copied": "made this scenario as a copy of another",
    "scenario.started": "started this scenario",
    "scenario.renamed": "renamed this scenario",
    "scenario.weighed": "changed what counts how much",
    "round.scenario_deleted": "deleted a scenario",
    "round.matches_published": "published the matches, for the board’s officers",
    "round.matches_taken_back": "took the published matches back",
    "round.matches_confirmed": "confirmed the matches and told the directors",
}
Pks = tuple[int, int]


@dataclass(frozen=True)
class Change:
    """Who did what, in which scenario, and whose challenger changed from whom to whom."""

    pk: int
    title: str
    when: datetime
    scenario: str
    moves: list[str]
    # The scenario can go back to before this.
    reversible: bool


def changes_of(round: Round, scenario: Scenario | None, page: int = 1) -> Page[Change]:
    """Newest first; without a scenario those of all, deleted ones too."""
    found: Page[Any] = Paginator(_events(round, scenario), PER_PAGE).get_page(page)
    events = list(found.object_list)
    names = dict(round.scenarios.values_list("pk", "name"))
    members = Participation.objects.filter(round=round)
    called = dict(members.values_list("pk", "authority__name"))
    rows = [_change(event, names, called, scenario) for event in events]
    return Page(rows, found.number, found.paginator)


def pairs_before(scenario: Scenario, change: int) -> set[Pks] | None:
    """By participation, as they were before a change of this scenario; None where it has none."""
    events = list(_pairs_changed(scenario).filter(pk__gte=change).order_by("-pk"))
    if not events or events[-1].pk != change:
        return None
    pairs = set(scenario.matches.values_list("host", "challenger"))
    for event in events:
        pairs = (pairs - _pairs(event, "new")) | _pairs(event, "gone")
    return pairs


def last_change(scenario: Scenario | None) -> tuple[int | None, bool]:
    """The newest change of the pairs, which can be undone, and whether it undid one itself.

    What is published stays.
    """
    if scenario is None or scenario.published_at:
        return None, False
    last = _pairs_changed(scenario).order_by("-pk").values_list("pk", "verb").first()
    return (last[0], last[1] == PUT_BACK) if last else (None, False)


def _pairs_changed(scenario: Scenario) -> QuerySet[Event]:
    about = Event.objects.filter(subject_type=_SCENARIO, subject_id=scenario.pk)
    return about.filter(details__has_key="gone")


_SCENARIO = Scenario._meta.label_lower


def _events(round: Round, scenario: Scenario | None) -> QuerySet[Event]:
    wanted = Q(subject_type=_SCENARIO, details__round=round.pk)
    if scenario:
        wanted &= Q(subject_id=scenario.pk)
    of_round = [verb for verb in SAID if verb.startswith("round.")]
    wanted |= Q(subject_type=Round._meta.label_lower, subject_id=round.pk, verb__in=of_round)
    return Event.objects.filter(wanted).select_related("by_user").order_by("-at", "-pk")


def _change(
    event: Event, names: Mapping[int, str], called: Mapping[int, str], scenario: Scenario | None
) -> Change:
    said = SAID.get(event.verb, event.verb.partition(".")[2].replace("_", " "))
    own = event.subject_type == _SCENARIO
    name = names.get(event.subject_id, "a deleted scenario") if own else ""
    return Change(
        event.pk,
        f"{event.who} {said}",
        event.at,
        name or str(event.details.get("scenario", "")),
        list(_moves(event.details, called)) if own else [],
        bool(scenario) and own and "gone" in event.details,
    )


def _moves(details: Mapping[str, Any], called: Mapping[int, str]) -> Iterator[str]:
    """“Bath: Dorset instead of Devon”, by host."""
    before, after = _by_host(details.get("gone", [])), _by_host(details.get("new", []))
    for host in sorted({*before, *after}, key=lambda pk: called.get(pk, "")):
        new, old = _named(after[host], called), _named(before[host], called)
        yield f"{called.get(host, 'Somebody')}: {new or 'nobody'} instead of {old or 'nobody'}"
    fixed = list(details.get("pairs", []))
    if {"host", "challenger"} <= details.keys():
        fixed.append((details["host"], details["challenger"]))
    for host, challenger in fixed:
        yield f"{called.get(host, 'Somebody')}: {called.get(challenger, 'Somebody')}"


def _by_host(pairs: Iterable[Sequence[int]]) -> defaultdict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for host, challenger in pairs:
        found[host].append(challenger)
    return found


def _named(pks: Iterable[int], called: Mapping[int, str]) -> str:
    return " and ".join(called.get(pk, "somebody") for pk in pks)


def _pairs(event: Event, key: str) -> set[Pks]:
    return {(host, challenger) for host, challenger in event.details[key]}
