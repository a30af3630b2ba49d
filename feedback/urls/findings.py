from django.urls import path

from feedback import views

OF_CHALLENGE = "challenges/<key:pk>/findings"

findings = [
    path(OF_CHALLENGE, views.challenge_findings, name="challenge_findings"),
    path(f"{OF_CHALLENGE}/words", views.challenge_findings_words, name="challenge_findings_words"),
    path(f"{OF_CHALLENGE}/alike", views.challenge_findings_alike, name="challenge_findings_alike"),
    path(f"{OF_CHALLENGE}/merge", views.challenge_findings_merge, name="challenge_findings_merge"),
    path(f"{OF_CHALLENGE}/order", views.challenge_findings_order, name="challenge_findings_order"),
    path(
        f"{OF_CHALLENGE}/independent/begin",
        views.challenge_independent_begin,
        name="challenge_independent_begin",
    ),
    path(
        f"{OF_CHALLENGE}/independent/done",
        views.challenge_independent_done,
        name="challenge_independent_done",
    ),
    path(
        f"{OF_CHALLENGE}/independent/end",
        views.challenge_independent_end,
        name="challenge_independent_end",
    ),
    path("findings/<key:pk>", views.finding_edit, name="finding_edit"),
    path("findings/<key:pk>/delete", views.finding_delete, name="finding_delete"),
    path("findings/<key:pk>/apart", views.finding_apart, name="finding_apart"),
    path("findings/<key:pk>/sources", views.finding_sources, name="finding_sources"),
    path(
        "findings/<key:pk>/sources/<key:source>/remove",
        views.finding_source_remove,
        name="finding_source_remove",
    ),
]
