"""Who challenges whom: what feeds it, how it is settled, and what came of it before."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, path

from rounds.views import (
    answered_days,
    availability,
    conflicts,
    interventions,
    ledger,
    match_changes,
    matches,
    offering,
    offers,
    publishing,
    scenarios,
    why,
)

# What keeps authorities apart, whichever round it is; and by round, an officer's word.
WORD = "rounds/<key:pk>/match/interventions"
APART: list[tuple[str, str, Callable[..., HttpResponse]]] = [
    ("conflicts", "conflicts", conflicts.conflicts),
    ("conflicts.xlsx", "conflicts_xlsx", conflicts.conflicts_xlsx),
    ("conflicts/declare", "conflict_declare", conflicts.conflict_declare),
    ("conflicts/<key:pk>", "conflict", conflicts.conflict),
    ("conflicts/<key:pk>/withdraw", "conflict_withdraw", conflicts.conflict_withdraw),
    ("interventions", "interventions", interventions.interventions),
    ("interventions/add", "intervention_add", interventions.intervention_add),
    ("interventions/<key:pk>/end", "intervention_end", interventions.intervention_end),
    (WORD, "round_interventions", interventions.round_interventions),
    (f"{WORD}/<key:part>/allow", "intervention_allow", interventions.intervention_allow),
    (
        f"{WORD}/<key:part>/withdraw",
        "intervention_withdraw_word",
        interventions.intervention_withdraw_word,
    ),
]

# What authorities can give, and when they cannot.
OFFERED: list[tuple[str, str, Callable[..., HttpResponse]]] = [
    (f"self-assessment/<key:pk>/offer{rest}", f"self_assessment_offer{name}", view)
    for rest, name, view in (
        ("", "", offering.self_assessment_offer),
        ("/numbers", "_numbers", offering.self_assessment_offer_numbers),
        ("/strengths", "_strengths", offering.self_assessment_offer_strengths),
        ("/wishes", "_wishes", offering.self_assessment_offer_wishes),
    )
] + [
    ("availability", "availability", availability.availability),
    ("availability/remove", "availability_remove", availability.availability_remove),
    ("availability/said", "availability_said", availability.availability_said),
    ("rounds/<key:pk>/availability", "round_availability", answered_days.round_availability),
    (
        "rounds/<key:pk>/availability.xlsx",
        "round_availability_xlsx",
        answered_days.round_availability_xlsx,
    ),
    (
        "rounds/<key:pk>/availability/remind",
        "round_availability_remind",
        answered_days.round_availability_remind,
    ),
    ("rounds/<key:pk>/match/offers", "round_offers", offers.round_offers),
    ("rounds/<key:pk>/match/offers.xlsx", "round_offers_xlsx", offers.round_offers_xlsx),
    ("rounds/<key:pk>/match/offers/<key:part>", "round_offer", offers.round_offer),
]

# What authorities gave each other, and what was held before: by a region's officers alone.
LEDGER: list[tuple[str, str, Callable[..., HttpResponse]]] = [
    ("ledger", "ledger", ledger.ledger),
    ("regions/<key:region>/ledger", "ledger_region", ledger.ledger_region),
    ("regions/<key:region>/ledger.xlsx", "ledger_xlsx", ledger.ledger_xlsx),
    ("regions/<key:region>/ledger/<key:authority>", "ledger_authority", ledger.ledger_authority),
    ("regions/<key:region>/earlier", "earlier_challenges", ledger.earlier_challenges),
    ("regions/<key:region>/earlier/new", "earlier_challenge_add", ledger.earlier_challenge_add),
    ("regions/<key:region>/earlier/paste", "earlier_paste", ledger.earlier_paste),
    ("earlier/<key:pk>/remove", "earlier_challenge_remove", ledger.earlier_challenge_remove),
]

# Ways to match a round, and two authorities in one of them: below the round's matches.
SCENARIOS: list[tuple[str, str, Callable[..., HttpResponse]]] = [
    ("scenarios", "round_scenarios", scenarios.round_scenarios),
    ("scenarios/new", "scenario_new", scenarios.scenario_new),
    ("scenarios/compare", "scenarios_compare", scenarios.scenarios_compare),
    ("scenarios/<key:scenario>", "scenario_settings", scenarios.scenario_settings),
    ("scenarios/<key:scenario>/delete", "scenario_delete", scenarios.scenario_delete),
    ("<key:host>", "match_why", why.match_why),
    ("<key:host>/<key:challenger>", "match_pair", why.match_pair),
]

matching: list[URLPattern | URLResolver] = [
    *[path(address, view, name=name) for address, name, view in APART + OFFERED + LEDGER],
    *[path(f"rounds/<key:pk>/match/{rest}", view, name=name) for rest, name, view in SCENARIOS],
    path("rounds/<key:pk>/match", matches.round_match, name="round_match"),
    path("rounds/<key:pk>/match.xlsx", match_changes.round_match_xlsx, name="round_match_xlsx"),
    path(
        "rounds/<key:pk>/match/changes",
        match_changes.round_match_changes,
        name="round_match_changes",
    ),
    path(
        "rounds/<key:pk>/match/confirm", publishing.round_match_confirm, name="round_match_confirm"
    ),
    path(
        "rounds/<key:pk>/match/publish", publishing.round_match_publish, name="round_match_publish"
    ),
    path(
        "rounds/<key:pk>/match/take-back",
        publishing.round_match_take_back,
        name="round_match_take_back",
    ),
    path("rounds/<key:pk>/match/again", publishing.round_match_again, name="round_match_again"),
]
