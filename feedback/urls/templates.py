from django.urls import path

from feedback import views

templates = [
    path("letter-templates/<key:region>", views.letter_templates, name="letter_templates"),
    path(
        "letter-templates/<key:region>/<slug:key>/new",
        views.letter_template_begin,
        name="letter_template_begin",
    ),
    path("letter-template/<key:pk>", views.letter_template, name="letter_template"),
    path(
        "letter-template/<key:pk>/preview",
        views.letter_template_preview,
        name="letter_template_preview",
    ),
    path(
        "letter-template/<key:pk>/release",
        views.letter_template_release,
        name="letter_template_release",
    ),
    path(
        "letter-template/<key:pk>/discard",
        views.letter_template_discard,
        name="letter_template_discard",
    ),
]
