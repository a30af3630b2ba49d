"""The reviewer pool: for the officers of a region, and of their own people for directors."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_GET, require_http_methods

from authorities import actions, permissions
from authorities.forms.reviewers import TrainingForm
from authorities.models import Reviewer, User
from authorities.queries.reviewers import reviewer_of
from authorities.states import Role, TeamSeat
from peerchallenge.shared.answers import Refused
from peerchallenge.shared.spreadsheets import CONTENT_TYPE, spreadsheet
from rounds.forms.pool import PoolParams, TrainingRowsForm
from rounds.queries.pool_page import (
    SHOW,
    SORTS,
    Line,
    chosen,
    line_of,
    pool_seen_by,
    pool_sheet,
)
from rounds.queries.pool_record import record_of
from rounds.queries.training_rows import Verdict, judged, known_to

PER_PAGE = 40
STALE = (
    "Somebody changed this while you had the page open. What you wrote is below and not saved; "
    "what is saved stands beside it. Save again to keep yours"
)


@require_GET
def reviewers(request: HttpRequest) -> HttpResponse:
    """Who is trained, lapsed, never used or over-used, and what they know well."""
    permissions.open_reviewers(request.user).require()
    asked = PoolParams.clean_or_default(request.GET)
    page = asked.pop("page")
    pool = pool_seen_by(request.user, timezone.localdate())
    found = chosen(pool, **asked)
    context = {
        "pool": pool,
        "page": Paginator(found, PER_PAGE).get_page(page),
        "asked": asked,
        "filtered": any(asked[name] for name in ("show", "seat", "expertise")),
        "query": f"{urlencode({name: value for name, value in asked.items() if value})}&",
        "shows": SHOW.items(),
        "sorts": SORTS.items(),
        "seats": TeamSeat.choices,
        "officer": request.user.holds(Role.BOARD_OFFICER),
    }
    return render(request, "rounds/reviewer_list.html", context)


@require_GET
def reviewers_xlsx(request: HttpRequest) -> HttpResponse:
    permissions.open_reviewers(request.user).require()
    pool = pool_seen_by(request.user, timezone.localdate())
    filled = spreadsheet([pool_sheet(pool.lines)], title="Reviewer pool")
    response = HttpResponse(filled, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename="reviewer-pool.xlsx"
    )
    return response


@require_http_methods(["GET", "POST"])
def reviewer(request: HttpRequest, pk: int) -> HttpResponse:
    """One person’s record; officers enter training, and a note for one another."""
    line = _line(request, pk)
    person = line.member.user
    may_keep = permissions.keep_reviewer(request.user, person)
    if request.method == "POST":
        may_keep.require()
    row = reviewer_of(person)
    data = request.POST if request.method == "POST" else None
    form = TrainingForm(data, reviewer=row, cancel_url=reverse("reviewers")) if may_keep else None
    theirs = None
    if data is not None and form and form.is_valid():
        theirs = _keep(request, person, form)
        if theirs is None:
            return redirect("reviewer", pk)
    context = {
        "line": line,
        "form": form,
        "theirs": theirs,
        "record": record_of(person),
        "own": person == request.user,
    }
    return render(request, "rounds/reviewer.html", context)


def _line(request: HttpRequest, pk: int) -> Line:
    """Somebody of the pool that this person sees, and nobody else."""
    permissions.open_reviewers(request.user).require()
    found = line_of(pool_seen_by(request.user, timezone.localdate()), pk)
    if found is None:
        raise Http404("Nobody of the pool")
    return found


def _keep(request: HttpRequest, person: User, form: TrainingForm) -> str | None:
    """If not kept, what somebody else has saved meanwhile, in words."""
    try:
        actions.keep_reviewer(person, **form.kept(), by=request.user)
    except actions.ReviewerChanged:
        now = reviewer_of(person)
        form.add_error(None, STALE)
        form.show_theirs(now)
        return _now(now)
    except Refused as refused:
        form.add_error("lapses_on", refused.reason)
        return ""
    messages.success(request, f"Saved for {person.name}.")
    return None


def _now(row: Reviewer | None) -> str:
    if row is None:
        return "Nothing is saved."
    trained, lapses = row.trained_on, row.lapses_on
    parts = [
        f"Trained on {trained:%-d %B %Y}." if trained else "Not trained.",
        f"Counts until {lapses:%-d %B %Y}." if lapses else "",
        f"Note: {row.note}" if row.note else "No note.",
    ]
    return " ".join(part for part in parts if part)


@require_http_methods(["GET", "POST"])
def reviewers_training(request: HttpRequest) -> HttpResponse:
    """Rows are checked first; only what that page showed is entered, when it is pressed."""
    permissions.enter_training(request.user).require()
    back = reverse("reviewers")
    form = TrainingRowsForm(request.POST or None, request.FILES or None, cancel_url=back)
    verdicts: list[Verdict] = []
    changed = False
    if request.method == "POST" and form.is_valid():
        verdicts = judged(form.found, known_to(request.user), timezone.localdate())
        if form.confirms(verdicts):
            return _enter(request, verdicts)
        form.show_again(verdicts)
        changed = bool(form.cleaned_data["checked"])
    context = {"form": form, "verdicts": verdicts, "changed": changed, "back": back}
    return render(request, "rounds/reviewer_training.html", context)


def _enter(request: HttpRequest, verdicts: list[Verdict]) -> HttpResponse:
    entries = [verdict.entry for verdict in verdicts if verdict.entry and verdict.taken]
    number = actions.enter_training(entries, by=request.user)
    people = "1 person" if number == 1 else f"{number} people"
    messages.success(request, f"Training of {people} has been entered.")
    return redirect("reviewers")
