from django.urls import path

from feedback import views

findings = [
    path("challenges/<key:pk>/findings", views.challenge_findings, name="challenge_findings"),
    path("findings/<key:pk>", views.finding_edit, name="finding_edit"),
    path("findings/<key:pk>/delete", views.finding_delete, name="finding_delete"),
]
