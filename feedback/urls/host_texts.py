from django.urls import path

from feedback import views

host_texts = [
    path("letters/<key:pk>/thanks", views.letter_thanks, name="letter_thanks"),
    path("letters/<key:pk>/thanks/send", views.letter_thanks_send, name="letter_thanks_send"),
    path("letters/<key:pk>/summary", views.letter_summary, name="letter_summary"),
]
