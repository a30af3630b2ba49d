from django.urls import path

from feedback import views

concerns = [
    path("challenges/<key:pk>/concern", views.challenge_concern, name="challenge_concern"),
    path("concerns/<key:pk>", views.concern, name="concern"),
    path("concerns/<key:pk>/acknowledge", views.concern_acknowledge, name="concern_acknowledge"),
    path("concerns/<key:pk>/told", views.concern_told, name="concern_told"),
]
