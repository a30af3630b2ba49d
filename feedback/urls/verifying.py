from django.urls import path

from feedback import views

verifying = [
    path("verify", views.verify, name="verify"),
    path("letterhead/<key:region>", views.letterhead, name="letterhead"),
    path("letterhead/<key:region>/logo.png", views.letterhead_logo, name="letterhead_logo"),
    path(
        "letterhead/<key:region>/signature.png",
        views.letterhead_signature,
        name="letterhead_signature",
    ),
    path("letters/<key:pk>/large-print.pdf", views.letter_large_print, name="letter_large_print"),
    path("letters/<key:pk>.docx", views.letter_docx, name="letter_docx"),
]
