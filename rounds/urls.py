from django.urls import URLPattern, URLResolver, path

from rounds.views import answers, challenges, self_assessments

urlpatterns: list[URLPattern | URLResolver] = [
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
]
