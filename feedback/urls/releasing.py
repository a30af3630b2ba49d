from django.urls import path

from feedback import views

releasing = [
    path("letters/<key:pk>/correct", views.letter_correct, name="letter_correct"),
    path("letters/<key:pk>/give-up", views.letter_give_up, name="letter_give_up"),
    path("rounds/<key:pk>/letters/retry", views.round_letters_retry, name="round_letters_retry"),
]
