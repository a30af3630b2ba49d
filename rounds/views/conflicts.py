"""Conflicts of interest: declared by anybody in a role, seen as a whole by officers."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_GET, require_http_methods

from authorities.models import Authority, User
from authorities.states import Role
from peerchallenge.shared.answers import Refused
from peerchallenge.shared.spreadsheets import CONTENT_TYPE, spreadsheet
from rounds import actions, permissions
from rounds.forms.conflicts import ConflictForm, ConflictsParams, DeclareParams
from rounds.models import Conflict
from rounds.queries.conflict_sheets import conflicts_sheet
from rounds.queries.conflicts import (
    STANDING,
    WHICH,
    Asked,
    declares_for,
    line_of,
    lines_for,
    others_by_group,
    page_for_officer,
    rows_for_sheet,
)
from rounds.queries.navigation import conflict_tabs

DECLARED = "Declared. From now on matching keeps to it."
DECLARED_OF_ONESELF = "Declared. From now on nobody can name you for a team that visits {other}."


@require_GET
def conflicts(request: HttpRequest) -> HttpResponse:
    """One's own; for officers all of the region, with the matches they touch."""
    user = request.user
    context = {"may_declare": permissions.declare_conflicts(user)}
    may_withdraw = partial(permissions.withdraw_conflict, user)
    if not permissions.see_conflicts_of_region(user):
        context["lines"] = lines_for(user, may_withdraw)
        return render(request, "rounds/conflict_list.html", context)
    asked, number = _asked(request)
    page, lines = page_for_officer(user, asked, number, may_withdraw)
    context |= {
        "page": page,
        "lines": lines,
        "asked": asked,
        "which": WHICH,
        "authorities": _authorities_of(user),
        "query": _query(asked),
        "sub_navigation": conflict_tabs("conflicts"),
    }
    return render(request, "rounds/conflict_list_officer.html", context)


@require_GET
def conflicts_xlsx(request: HttpRequest) -> HttpResponse:
    """The officers’ list as it is filtered, with the details."""
    permissions.see_conflicts_of_region(request.user).require()
    asked, _ = _asked(request)
    sheet = conflicts_sheet(rows_for_sheet(request.user, asked))
    response = HttpResponse(spreadsheet([sheet], title=sheet.name), content_type=CONTENT_TYPE)
    name = f"conflicts-of-interest-{timezone.localdate():%Y-%m-%d}.xlsx"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


@require_http_methods(["GET", "POST"])
def conflict_declare(request: HttpRequest) -> HttpResponse:
    user = request.user
    permissions.declare_conflicts(user).require()
    own = declares_for(user)
    form = ConflictForm(
        request.POST if request.method == "POST" else None,
        own=own,
        others=others_by_group({one.region_id for one in own}),
        may_declare=partial(permissions.declare_conflict, user),
        asked=DeclareParams.clean_or_default(request.GET),
        cancel_url=reverse("conflicts"),
    )
    if request.method == "POST" and form.is_valid():
        try:
            declared = actions.declare_conflict(**form.details_of(), by=user)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            said = DECLARED_OF_ONESELF if declared.person else DECLARED
            messages.success(request, said.format(other=declared.other))
            return redirect("conflict", declared.pk)
    return render(request, "rounds/conflict_declare.html", {"form": form})


@require_GET
def conflict(request: HttpRequest, pk: int) -> HttpResponse:
    found = _find(request, pk)
    context = {
        "conflict": found,
        "line": line_of(found, request.user, partial(permissions.withdraw_conflict, request.user)),
        "may_read_details": permissions.read_conflict_details(request.user, found),
        "is_officer": permissions.see_touched_matches(request.user, found),
    }
    return render(request, "rounds/conflict.html", context)


@require_http_methods(["GET", "POST"])
def conflict_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks first; pressed twice, the second press finds it done."""
    found = _find(request, pk)
    if found.withdrawn_at:
        messages.info(request, "It has been withdrawn already.")
        return redirect("conflict", pk)
    permissions.withdraw_conflict(request.user, found).require()
    if request.method == "POST":
        try:
            actions.withdraw_conflict(found, by=request.user)
        except Refused as refused:  # somebody else was quicker
            messages.info(request, refused.reason)
        else:
            messages.success(request, "Withdrawn. Matching does not keep to it any more.")
        return redirect("conflicts")
    return render(request, "rounds/conflict_withdraw.html", {"conflict": found})


def _find(request: HttpRequest, pk: int) -> Conflict:
    return get_object_or_404(Conflict.objects.visible_to(request.user).with_sides(), pk=pk)


def _asked(request: HttpRequest) -> tuple[Asked, int]:
    params = ConflictsParams.clean_or_404(request.GET)
    authority = None
    if params["authority"]:
        authority = _authorities_of(request.user).filter(pk=params["authority"]).first()
        if authority is None:
            raise Http404("No authority of this person’s regions")
    return Asked(authority, params["which"] or STANDING), params["page"] or 1


def _authorities_of(user: User):
    regions = user.regions_where(Role.BOARD_OFFICER)
    return Authority.objects.visible_to(user).filter(region__in=regions)


def _query(asked: Asked) -> str:
    """The filter again, for the links to its other pages and to the sheet."""
    kept = {"authority": asked.authority.pk if asked.authority else "", "which": asked.which}
    return urlencode({name: value for name, value in kept.items() if value})
