"""What a visit looks at, which papers are asked for, and whether all is ready: by challenge."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from rounds.views import papers, readiness
from rounds.views import scope as views

OF_CHALLENGE: list[tuple[str, str, Callable[..., HttpResponseBase]]] = [
    ("scope", "challenge_scope", views.challenge_scope),
    ("scope/area", "challenge_scope_area", views.challenge_scope_area),
    ("scope/questions", "challenge_scope_questions", views.challenge_scope_questions),
    ("scope/move", "challenge_scope_move", views.challenge_scope_move),
    ("scope/agree", "challenge_scope_agree", views.challenge_scope_agree),
    ("scope/unagree", "challenge_scope_unagree", views.challenge_scope_unagree),
    ("scope/lines/<key:line>", "challenge_scope_line", views.challenge_scope_line),
    (
        "scope/lines/<key:line>/remove",
        "challenge_scope_line_remove",
        views.challenge_scope_line_remove,
    ),
    ("scope/lines/<key:line>/parts", "challenge_scope_limb_add", views.challenge_scope_limb_add),
    ("scope/parts/<key:limb>", "challenge_scope_limb", views.challenge_scope_limb),
    (
        "scope/parts/<key:limb>/remove",
        "challenge_scope_limb_remove",
        views.challenge_scope_limb_remove,
    ),
    ("papers", "challenge_papers", papers.challenge_papers),
    ("papers/ask", "challenge_papers_ask", papers.challenge_papers_ask),
    ("papers/usual", "challenge_papers_usual", papers.challenge_papers_usual),
    ("papers/send", "challenge_papers_send", papers.challenge_papers_send),
    ("papers/<key:asked>", "challenge_paper", papers.challenge_paper),
    ("papers/<key:asked>/withdraw", "challenge_paper_withdraw", papers.challenge_paper_withdraw),
    ("papers/<key:asked>/give", "challenge_paper_give", papers.challenge_paper_give),
    ("papers/<key:asked>/none", "challenge_paper_none", papers.challenge_paper_none),
    ("ready", "challenge_ready", readiness.challenge_ready),
]

scope: list[URLPattern] = [
    *[path(f"challenges/<key:pk>/{rest}", view, name=name) for rest, name, view in OF_CHALLENGE],
    path("papers/<key:pk>", papers.paper_download, name="paper_download"),
    path("papers/<key:pk>/remove", papers.paper_remove, name="paper_remove"),
]
