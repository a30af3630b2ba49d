from django.urls import path

from feedback import views

letters = [
    path("challenges/<key:pk>/letter", views.letter_draft, name="letter_draft"),
    path("letters/<key:pk>", views.letter, name="letter"),
    path("letters/<key:pk>.pdf", views.letter_pdf, name="letter_pdf"),
    path("letters/<key:pk>/edit", views.letter_edit, name="letter_edit"),
    path("letters/<key:pk>/send", views.letter_send, name="letter_send"),
    path("letters/<key:pk>/beside", views.letter_beside, name="letter_beside"),
    path("letters/<key:pk>/details", views.letter_details, name="letter_details"),
    path("letters/<key:pk>/hand-over", views.letter_hand_over, name="letter_hand_over"),
    path("rounds/<key:pk>/letters", views.round_letters, name="round_letters"),
    path("rounds/<key:pk>/letters/issue", views.round_letters_issue, name="round_letters_issue"),
    path(
        "rounds/<key:pk>/letters/progress",
        views.round_letters_progress,
        name="round_letters_progress",
    ),
    path(
        "rounds/<key:pk>/letters/<key:letter>/issue",
        views.round_letter_issue,
        name="round_letter_issue",
    ),
]
