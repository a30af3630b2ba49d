from django.urls import path

from feedback import views

sharing = [
    path("letters/shared", views.letters_shared, name="letters_shared"),
    path("letters/<key:pk>/share", views.letter_share, name="letter_share"),
    path("letters/<key:pk>/share/<slug:audience>", views.letter_share_with, name="share_with"),
    path(
        "letters/<key:pk>/shares/<key:share>/withdraw",
        views.letter_share_withdraw,
        name="share_withdraw",
    ),
    path("letters/<key:pk>/reads", views.letter_reads, name="letter_reads"),
    path("letters/<key:pk>/redact", views.letter_redact, name="letter_redact"),
    path(
        "letters/<key:pk>/redact/<key:redaction>/back",
        views.letter_redact_back,
        name="redact_back",
    ),
    path("letters/<key:pk>/redact/make", views.letter_redact_make, name="letter_redact_make"),
    path(
        "letters/<key:pk>/redact/preview",
        views.letter_redact_preview,
        name="letter_redact_preview",
    ),
    path("letters/<key:pk>/redacted", views.letter_redacted, name="letter_redacted"),
    path("letters/<key:pk>/own/<slug:kind>", views.letter_host_file, name="host_file"),
    path("published", views.published_letters, name="published_letters"),
    path("published/<slug:reference>", views.published_letter, name="published_letter"),
    path("published/<slug:reference>.pdf", views.published_pdf, name="published_pdf"),
]
