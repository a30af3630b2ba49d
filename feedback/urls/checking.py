from django.urls import path

from feedback import views

checking = [
    path("letters/<key:pk>/accuracy", views.letter_accuracy, name="letter_accuracy"),
    path("letters/<key:pk>/points", views.letter_points, name="letter_points"),
    path("letters/<key:pk>/approve", views.letter_approve, name="letter_approve"),
    path("letters/<key:pk>/send-back", views.letter_send_back, name="letter_send_back"),
]
