from django.urls import URLPattern, URLResolver, path

from rounds.views import (
    answers,
    challenges,
    giving,
    matches,
    rounds,
    sections,
    self_assessments,
    visits,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("rounds", rounds.rounds, name="rounds"),
    path("rounds/new", rounds.round_new, name="round_new"),
    path("rounds/<key:pk>", rounds.round, name="round"),
    path("rounds/<key:pk>/invite", rounds.round_invite, name="round_invite"),
    path("rounds/<key:pk>/settings", rounds.round_settings, name="round_settings"),
    path("rounds/<key:pk>/cancel", rounds.round_cancel, name="round_cancel"),
    path("rounds/<key:pk>/match", matches.round_match, name="round_match"),
    path("rounds/<key:pk>/match/confirm", matches.round_match_confirm, name="round_match_confirm"),
    path("rounds/<key:pk>/visits", visits.round_visits, name="round_visits"),
    path("rounds/<key:pk>/visits/send", visits.round_visits_send, name="round_visits_send"),
    path("challenges/<key:pk>/cancel", matches.challenge_cancel, name="challenge_cancel"),
    path("challenges/<key:pk>/days", visits.challenge_days, name="challenge_days"),
    path(
        "rounds/<key:pk>/self-assessments",
        self_assessments.round_self_assessments,
        name="round_self_assessments",
    ),
    path("self-assessment/<key:pk>", self_assessments.self_assessment, name="self_assessment"),
    path(
        "self-assessment/<key:pk>/area",
        self_assessments.self_assessment_area,
        name="self_assessment_area",
    ),
    path(
        "self-assessment/<key:pk>/check",
        self_assessments.self_assessment_check,
        name="self_assessment_check",
    ),
    path(
        "self-assessment/<key:pk>/sent",
        self_assessments.self_assessment_sent,
        name="self_assessment_sent",
    ),
    path(
        "self-assessment/<key:pk>/read",
        self_assessments.self_assessment_read,
        name="self_assessment_read",
    ),
    path(
        "self-assessment/<key:pk>/return",
        self_assessments.self_assessment_return,
        name="self_assessment_return",
    ),
    path(
        "self-assessment/<key:pk>/given/<key:given>",
        giving.self_assessment_given,
        name="self_assessment_given",
    ),
    path(
        "self-assessment/<key:pk>/given/<key:given>/end",
        giving.self_assessment_given_end,
        name="self_assessment_given_end",
    ),
    path(
        "self-assessment/<key:pk>/given/<key:given>/ready",
        giving.self_assessment_given_ready,
        name="self_assessment_given_ready",
    ),
    path(
        "self-assessment/<key:pk>/progress",
        sections.self_assessment_progress,
        name="self_assessment_progress",
    ),
    path(
        "self-assessment/<key:pk>/<slug:section>/<key:place>",
        answers.self_assessment_question,
        name="self_assessment_question",
    ),
    path("challenges/<key:pk>", challenges.challenge, name="challenge"),
    path("challenges/<key:pk>/accept", challenges.challenge_accept, name="challenge_accept"),
    path("challenges/<key:pk>/decline", challenges.challenge_decline, name="challenge_decline"),
    path("challenges/<key:pk>/team", challenges.challenge_team, name="challenge_team"),
    path(
        "challenges/<key:pk>/team/<key:member>/end",
        challenges.challenge_team_end,
        name="challenge_team_end",
    ),
    # Its second part may be anything: after every other address of a self-assessment.
    path(
        "self-assessment/<key:pk>/<slug:section>",
        sections.self_assessment_section,
        name="self_assessment_section",
    ),
]
