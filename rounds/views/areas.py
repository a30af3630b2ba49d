from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peerchallenge.shared.answers import Refused
from rounds import actions, permissions
from rounds.forms.areas import CameInForm, CameInParams, MoveAreaParams, PriorityAreaForm
from rounds.models import Round
from rounds.queries.areas import MOST_AREAS, area_version, areas_of, came_in
from rounds.queries.navigation import round_tabs
from rounds.queries.rounds import Fact
from rounds.queries.visits import counted
from rounds.states import RoundState
from rounds.views.questionnaires import renew
from rounds.views.rounds import officers_round


@require_GET
def round_areas(request: HttpRequest, pk: int) -> HttpResponse:
    """The round's areas in order, with what is known and what came in on each."""
    found = officers_round(request.user, pk)
    areas = areas_of(found)
    context = {
        "round": found,
        "areas": areas,
        "draft": found.state == RoundState.DRAFT,
        "may_edit": permissions.edit_areas(request.user, found),
        "may_set": permissions.set_areas(request.user, found),
        "full": len(areas) >= MOST_AREAS,
        "most": MOST_AREAS,
        "sub_navigation": round_tabs(found, "round_areas", request.user),
    }
    return render(request, "rounds/areas_list.html", context)


@require_http_methods(["GET", "POST"])
def area_add(request: HttpRequest, pk: int) -> HttpResponse:
    found = _editable(request, pk)
    form = PriorityAreaForm(request.POST or None, round=found, cancel_url=_list(found))
    if form.is_valid():
        try:
            area = actions.add_area(found, **form.details(), by=request.user)
        except Refused as refused:
            form.add_error("name", refused.reason.removesuffix("."))
        else:
            return _saved(request, found, f"“{area.name}” has been added.")
    return _form(request, found, form, "Add an area")


@require_http_methods(["GET", "POST"])
def area_change(request: HttpRequest, pk: int, area: int) -> HttpResponse:
    found = _editable(request, pk)
    row = get_object_or_404(found.areas, pk=area)
    form = PriorityAreaForm(request.POST or None, round=found, area=row, cancel_url=_list(found))
    now = None
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            actions.change_area(row, **form.details(), version=version, by=request.user)
        except actions.AreaChanged:
            row.refresh_from_db()
            renew(form, area_version(row))
            now = [Fact("Name", row.name), Fact("Evidence", row.evidence)]
        except Refused as refused:
            form.add_error("name", refused.reason.removesuffix("."))
        else:
            return _saved(request, found, f"“{row.name}” has been changed.")
    return _form(request, found, form, "Change an area", now)


def _form(
    request: HttpRequest,
    round: Round,
    form: PriorityAreaForm,
    heading: str,
    now: list[Fact] | None = None,
) -> HttpResponse:
    context = {"round": round, "form": form, "heading": heading, "now": now, "back": _list(round)}
    return render(request, "rounds/questionnaire_form.html", context)


@require_POST
def area_move(request: HttpRequest, pk: int) -> HttpResponse:
    found = _editable(request, pk)
    pressed = MoveAreaParams.clean_or_404(request.POST)
    row = get_object_or_404(found.areas, pk=pressed["area_up"] or pressed["area_down"])
    actions.move_area(row, up=bool(pressed["area_up"]), by=request.user)
    return redirect(f"{_list(found)}#area-{row.pk}")


@require_http_methods(["GET", "POST"])
def area_remove(request: HttpRequest, pk: int, area: int) -> HttpResponse:
    """Take an area out that nobody has chosen, once that is confirmed."""
    found = _editable(request, pk)
    row = found.areas.filter(pk=area).first()
    if row is None:
        messages.info(request, "That area has been taken out already.")
        return redirect("round_areas", pk)
    if request.method == "POST":
        try:
            actions.remove_area(row, by=request.user)
        except Refused as refused:
            messages.info(request, refused.reason)
            return redirect("round_areas", pk)
        return _saved(request, found, f"“{row.name}” has been taken out.")
    return render(request, "rounds/areas_remove.html", {"round": found, "area": row})


@require_http_methods(["GET", "POST"])
def areas_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop before every director is told what the board has settled on."""
    found = officers_round(request.user, pk)
    may_set = permissions.set_areas(request.user, found)
    if request.method == "GET" and not may_set:
        messages.info(request, may_set.reason)
        return redirect("round_areas", pk)
    if request.method == "POST":
        try:
            actions.set_areas(found, by=request.user)
        except Refused as refused:
            messages.info(request, refused.reason)
        else:
            messages.success(request, "The areas are set. Every director is being told.")
        return redirect("round_areas", pk)
    areas = list(found.areas.all())
    told = counted(found.participations.taking_part().count(), "authority", "authorities")
    context = {"round": found, "areas": areas, "told": told}
    return render(request, "rounds/areas_set.html", context)


@require_GET
def area_answers(request: HttpRequest, pk: int, area: int) -> HttpResponse:
    """Who said what on one area; that it was read is written down for each."""
    found = officers_round(request.user, pk)
    row = get_object_or_404(found.areas.select_related("round__region"), pk=area)
    params = CameInParams.clean_or_default(request.GET)
    page = came_in(
        row, question=params["question"], leaning=params["leaning"], page=params["page"] or 1
    )
    actions.read_area_answers(row, page.read, by=request.user)
    chosen = {name: params[name] or "" for name in ("question", "leaning")}
    context = {
        "round": found,
        "area": row,
        "came_in": page,
        "filter": CameInForm(chosen, area=row),
        "query": f"{urlencode(chosen)}&",
        "narrowed": any(chosen.values()),
    }
    return render(request, "rounds/areas_answers.html", context)


def _editable(request: HttpRequest, pk: int) -> Round:
    found = officers_round(request.user, pk)
    permissions.edit_areas(request.user, found).require()
    return found


def _list(round: Round) -> str:
    return reverse("round_areas", args=[round.pk])


def _saved(request: HttpRequest, round: Round, text: str) -> HttpResponse:
    messages.success(request, text)
    return redirect(_list(round))
