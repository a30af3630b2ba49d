"""Every widget, component and layout on a few pages, for the browser tests to look at."""

import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.urls import path

from peerchallenge.shared.charts import Arrow, Cell, Node, hexagon_map, ring
from tests.peerchallenge.shared.gallery_forms import FILLED, Everything, OneQuestion

STAGES = [
    "Self-assessment",
    "Matched",
    "Visit booked",
    "Visit done",
    "Letter issued",
    "Plan agreed",
]


def page(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    """A page of `pages/`, in the frame of an officer of the South West."""
    source = Path(__file__).with_name("pages") / f"{name}.html"
    template = engines["django"].from_string(source.read_text(encoding="utf-8"))
    named = [
        ("Rounds", "/rounds", True),
        ("Authorities", "/authorities", False),
        ("People", "/", False),
    ]
    items = [SimpleNamespace(label=label, url=url, active=on) for label, url, on in named]
    frame = {
        "region": SimpleNamespace(
            board_name="South West Children’s Improvement Board", colour="teal"
        ),
        "navigation": items,
        "account_navigation": [SimpleNamespace(label="Your account", url="/account", active=False)],
    }
    return HttpResponse(template.render({**frame, **context}, request))


@login_not_required
def form_page(request: HttpRequest, state: str) -> HttpResponse:
    if state == "filled":
        file = SimpleUploadedFile("profile.pdf", b"%PDF-1.7")
        return page(request, "form", form=Everything(FILLED, {"profile": file}))
    if state == "errors":
        wrong = {"day_1_day": "14", "days": "many", "email": "officer", "summary": "word " * 60}
        return page(request, "form", form=Everything(wrong))
    return page(request, "form", form=Everything())


@login_not_required
def question(request: HttpRequest) -> HttpResponse:
    return page(request, "question", form=OneQuestion({} if "wrong" in request.GET else None))


@login_not_required
def parts(request: HttpRequest) -> HttpResponse:
    messages.success(request, "16 invitations are on their way.")
    messages.info(request, "Two directors have not signed in yet.")
    when = datetime.datetime(2013, 1, 14, 9, 30, tzinfo=datetime.UTC)
    return page(
        request,
        "parts",
        crumbs=[
            {"label": "Rounds", "url": "/rounds"},
            {"label": "Winter 2012 to 2013", "url": "/"},
        ],
        tasks=[
            {"title": "Context", "url": "/1", "status": "Done", "hint": "Saved today"},
            {"title": "Leadership", "url": "/2", "status": "In progress", "colour": "yellow"},
            {"title": "Check and send", "status": "Cannot start yet"},
        ],
        rows=[
            {"key": "Name", "value": "Winter 2012 to 2013", "url": "/1"},
            {"key": "Areas", "value": "Adoption\nDiversion from care"},
        ],
        events=[
            {"title": "Letter approved", "by": "the director of Dorset", "when": when, "text": ""},
            {"title": "Letter drafted", "by": "", "when": when, "text": "Ten findings."},
        ],
        mail={
            "to": "director.dorset@southwest.example",
            "subject": "Your region starts a round",
            "sent_at": when,
            "body": "Sign in: https://peerchallenge.example.org/invitation/1\n\nThe board",
        },
        pages=Paginator(range(100), 10).page(4),
    )


# Each authority's place on a map of hexagons: column and row.
PLACES = {
    "GLO": ("Gloucestershire", 5, 0),
    "BST": ("Bristol", 4, 1),
    "SGL": ("South Gloucestershire", 5, 1),
    "SWI": ("Swindon", 6, 1),
    "NSO": ("North Somerset", 4, 2),
    "BNE": ("Bath and North East Somerset", 5, 2),
    "WIL": ("Wiltshire", 6, 2),
    "SOM": ("Somerset", 3, 3),
    "DEV": ("Devon", 2, 4),
    "DOR": ("Dorset", 5, 4),
    "BOU": ("Bournemouth", 6, 4),
    "CON": ("Cornwall", 1, 5),
    "PLY": ("Plymouth", 2, 5),
    "TOR": ("Torbay", 3, 5),
    "POO": ("Poole", 5, 5),
    "IOS": ("Isles of Scilly", 0, 6),
}


@login_not_required
def officer(request: HttpRequest) -> HttpResponse:
    cells = [
        Cell(code, code, name, index % 6, STAGES[index % 6], column, row)
        for index, (code, (name, column, row)) in enumerate(PLACES.items())
    ]
    codes = list(PLACES)
    arrows = [Arrow(a, b) for a, b in zip(codes[:14], [*codes[1:14], codes[0]], strict=True)]
    arrows += [Arrow("POO", "IOS", problem=True), Arrow("IOS", "POO", problem=True)]
    sub = ["Overview", "Match", "Visits", "Self-assessments", "Letters", "Settings"]
    return page(
        request,
        "officer",
        sub_navigation=[
            SimpleNamespace(label=label, url=f"/{label}", active=label == "Overview")
            for label in sub
        ],
        tiles=[
            {"number": 2, "label": label, "url": "/" if index % 2 else ""}
            for index, label in enumerate(STAGES)
        ],
        cells=cells,
        map=hexagon_map(cells, stages=dict(enumerate(STAGES))),
        ring=ring([Node(code, code, name) for code, (name, _, _) in PLACES.items()], arrows),
        head=["Authority", "Given", "Received"],
        lines=[["Dorset", 4, 2], ["Poole", 2, 2]],
    )


@login_not_required
def interrupted(request: HttpRequest) -> HttpResponse:
    return page(request, "interruption")


@login_not_required
def error_page(request: HttpRequest, code: int) -> HttpResponse:
    return render(request, f"{code}.html", {"reason": "The round is closed."})


@login_not_required
def fragment(request: HttpRequest) -> HttpResponse:
    """What htmx swaps in: one field that needs JavaScript."""
    template = engines["django"].from_string(
        "{% load crispy_forms_tags %}{{ form.working|as_crispy_field }}"
    )
    return HttpResponse(template.render({"form": Everything()}, request))


@login_not_required
def swap(request: HttpRequest) -> HttpResponse:
    return page(request, "swap")


urlpatterns = [
    # The frame of every page links to these.
    *(path(name, parts, name=name) for name in ("help", "accessibility", "privacy")),
    path("", parts, name="home"),
    path("form/<str:state>", form_page),
    path("question", question),
    path("parts", parts),
    path("officer", officer),
    path("interruption", interrupted),
    path("error/<int:code>", error_page),
    path("swap", swap),
    path("fragment", fragment),
]
