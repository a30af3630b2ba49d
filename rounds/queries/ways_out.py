"""Where an officer changes what stands in the way of days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from rounds.models import Round

# By the rule's name: the address, whether it is the region's, and what it leads to.
WAYS: Mapping[str, tuple[str, str, str]] = {
    "window": ("round_visits_rules", "round", "Change when visits may take place"),
    "closed": ("region_calendar", "region", "The region’s days without visits"),
    "unavailable": ("round_availability", "round", "Who said that they cannot, and when"),
    "gap": ("round_visits_rules", "round", "Change how far apart the days are"),
    "per_week": ("round_visits_rules", "round", "Change how many visits begin in a week"),
    "double_booking": ("round_teams", "round", "The teams, where somebody can take a seat over"),
    "both_ways": ("round_match", "round", "The matches"),
    "pinned": ("round_visits", "round", "The visits, where you can unpin it"),
}


def with_ways(round: Round, rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each rule in conflict, as it was kept, with the page on which it is changed."""
    return [{**rule, **_way(round, str(rule["rule"]))} for rule in rules]


def _way(round: Round, rule: str) -> dict[str, str]:
    name, whose, words = WAYS[rule]
    pk = round.region_id if whose == "region" else round.pk
    return {"link": reverse(name, args=[pk]), "change": words}
