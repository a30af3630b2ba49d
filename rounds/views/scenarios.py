"""Several ways to match a round: listed, copied, weighed, compared, deleted."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from peerchallenge.shared.answers import Refused
from rounds import actions, permissions
from rounds.forms.scenarios import (
    CompareForm,
    CompareParams,
    CopyParams,
    NewForm,
    RenameForm,
    SettingsForm,
)
from rounds.models import Round, Scenario
from rounds.queries.comparing import comparison_of
from rounds.queries.navigation import round_tabs
from rounds.queries.scenarios import (
    kept_apart_in,
    reference_of,
    saved_now,
    scenario_lines,
    scenarios_of,
)
from rounds.views.questionnaires import renew
from rounds.views.rounds import officers_round


@require_GET
def round_scenarios(request: HttpRequest, pk: int) -> HttpResponse:
    """Every scenario of a round, with what it comes to."""
    round = officers_round(request.user, pk)
    context = {
        "round": round,
        "lines": scenario_lines(round),
        "may_match": permissions.match(request.user, round),
        "sub_navigation": round_tabs(round, "round_match", request.user),
    }
    return render(request, "rounds/scenario_list.html", context)


@require_http_methods(["GET", "POST"])
def scenario_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A copy of another, or a fresh proposal."""
    round = officers_round(request.user, pk)
    permissions.match(request.user, round).require()
    copy = CopyParams.clean_or_default(request.GET)["copy"]
    scenarios = scenarios_of(round)
    form = NewForm(request.POST or None, scenarios=scenarios, copy=copy, cancel_url=_list(round))
    if form.is_valid():
        try:
            made = _made(request, round, form)
        except Refused as refused:
            form.add_error("name", refused.reason.removesuffix("."))
        else:
            messages.success(request, f"“{made.name}” has been made. Say what counts in it.")
            return redirect("scenario_settings", round.pk, made.pk)
    return render(request, "rounds/scenario_new.html", {"round": round, "form": form})


def _made(request: HttpRequest, round: Round, form: NewForm) -> Scenario:
    name, of = form.cleaned_data["name"], form.of()
    if of is None:
        return actions.start_scenario(round, name, by=request.user)
    return actions.copy_scenario(of, name, by=request.user)


@require_http_methods(["GET", "POST"])
def scenario_settings(request: HttpRequest, pk: int, scenario: int) -> HttpResponse:
    """What a scenario is called, what counts in it, and whom it keeps apart."""
    round, found = _scenario(request, pk, scenario)
    may_change = permissions.change_scenario(request.user, found)
    form: SettingsForm | RenameForm
    if may_change:
        form = SettingsForm(request.POST or None, scenario=found, cancel_url=_list(round))
    else:
        form = RenameForm(request.POST or None, initial={"name": found.name})
    if form.is_valid() and _kept(request, found, form):
        return _after_saving(request, round, found)
    context = {
        "round": round,
        "scenario": found,
        "form": form,
        "may_change": may_change,
        "may_delete": permissions.delete_scenario(request.user, found),
        "kept_apart": kept_apart_in(found),
        "now": saved_now(found) if form.non_field_errors() else None,
    }
    return render(request, "rounds/scenario_settings.html", context)


def _kept(request: HttpRequest, scenario: Scenario, form: SettingsForm | RenameForm) -> bool:
    """Whether it could be saved; where not, the form says why."""
    name = form.cleaned_data["name"]
    try:
        if isinstance(form, SettingsForm):
            actions.change_scenario(scenario, name=name, **form.settings(), by=request.user)
        else:
            actions.rename_scenario(scenario, name, by=request.user)
    except actions.ScenarioChanged:
        scenario.refresh_from_db(fields=["name", "weights", "worst_first", "version"])
        renew(form, str(scenario.version))
    except Refused as refused:
        form.add_error("name", refused.reason.removesuffix("."))
    else:
        return True
    return False


def _after_saving(request: HttpRequest, round: Round, scenario: Scenario) -> HttpResponse:
    """To the board with new matches, where they were asked for."""
    if "suggest" not in request.POST:
        messages.success(request, "Saved. The matches are as they were.")
        return redirect("scenario_settings", round.pk, scenario.pk)
    actions.suggest_again(round, scenario, by=request.user)
    messages.success(request, "Saved, and matched again with what counts now.")
    return redirect(f"{reverse('round_match', args=[round.pk])}?scenario={scenario.pk}")


@require_http_methods(["GET", "POST"])
def scenario_delete(request: HttpRequest, pk: int, scenario: int) -> HttpResponse:
    """Asks first; a scenario that is published stays."""
    round = officers_round(request.user, pk)
    found = Scenario.objects.visible_to(request.user).filter(round=round, pk=scenario).first()
    if found is None:
        messages.info(request, "That scenario has been deleted already.")
        return redirect("round_scenarios", round.pk)
    found.round = round
    may_delete = permissions.delete_scenario(request.user, found)
    if request.method == "POST":
        try:
            actions.delete_scenario(found, by=request.user)
        except Refused as refused:
            messages.info(request, refused.reason)
        else:
            messages.success(request, f"“{found.name}” has been deleted.")
        return redirect("round_scenarios", round.pk)
    context = {"round": round, "scenario": found, "may_delete": may_delete}
    return render(request, "rounds/scenario_delete.html", context)


@require_GET
def scenarios_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Two scenarios side by side: the published or first one, and the newest, unless asked."""
    round = officers_round(request.user, pk)
    scenarios = scenarios_of(round)
    asked, there = CompareParams.clean_or_default(request.GET), {one.pk: one for one in scenarios}
    one = there.get(asked["one"]) or reference_of(scenarios)
    others = [other for other in scenarios if other != one]
    other = there.get(asked["other"]) or (others[-1] if others else None)
    shown = one and other and one != other
    context = {
        "round": round,
        "form": CompareForm(
            {"one": one and one.pk, "other": other and other.pk}, scenarios=scenarios
        ),
        "scenarios": scenarios,
        "comparison": comparison_of(round, one, other) if shown else None,
    }
    return render(request, "rounds/scenario_compare.html", context)


def _scenario(request: HttpRequest, pk: int, scenario: int) -> tuple[Round, Scenario]:
    round = officers_round(request.user, pk)
    found = get_object_or_404(
        Scenario.objects.visible_to(request.user).filter(round=round), pk=scenario
    )
    found.round = round
    return round, found


def _list(round: Round) -> str:
    return reverse("round_scenarios", args=[round.pk])
