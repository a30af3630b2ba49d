from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from authorities.models import User
from peerchallenge.shared.answers import Answer, Refused
from rounds import actions, permissions
from rounds.forms.reminders import ChasingParams
from rounds.forms.self_assessments import AreaForm, ReturnForm
from rounds.models import Challenge, Round, SelfAssessment
from rounds.queries.chasing import STEPS, chasing_tiles
from rounds.queries.gaps import stopped_by_details
from rounds.queries.giving import held_sections
from rounds.queries.navigation import round_tabs
from rounds.queries.self_assessments import (
    area_chosen_last,
    days_late,
    due,
    returned_because,
    status_rows,
    task_list,
    whole_text,
)
from rounds.queries.sharing import (
    reading_of,
    shared_lines,
    submitted_in,
    version_lines,
    withdrawn_because,
)
from rounds.queries.signing import given_back, signers_of
from rounds.queries.tasks import offer_task
from rounds.states import SENT, WRITING_OPEN, SelfAssessmentState


@require_GET
def self_assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """The authority's own people see the task list; everybody else reads."""
    found = find(request, pk)
    if not permissions.belongs_to(request.user, found.participation):
        if permissions.read_whole(request.user, found):
            return redirect("self_assessment_read", pk)
        return _given_sections(request, found)
    if found.opened_at is None:
        actions.open_self_assessment(found, by=request.user)
    may = _may(request.user, found)
    context = {
        "self_assessment": found,
        "page": task_list(found, linked=bool(may["may_write"])),
        "others": len(shared_lines(found.participation.round, request.user)),
        **may,
        **_stands(found),
    }
    return render(request, "rounds/self_assessment_tasks.html", context)


def _may(user: User, found: SelfAssessment) -> dict[str, Answer]:
    return {
        "may_write": permissions.write_self_assessment(user, found),
        "may_give": permissions.give_sections(user, found),
        "may_review": permissions.review_carried(user, found),
        "may_sign": permissions.sign_self_assessment(user, found),
        "may_take_back": permissions.take_back(user, found),
        "may_begin": permissions.begin_version(user, found),
        "may_ask_for_purge": permissions.ask_for_purge(user, found),
    }


def _stands(found: SelfAssessment) -> dict[str, object]:
    """What its own people are told at the top of it."""
    return {
        "returned": returned_because(found),
        "given_back": given_back([found]).get(found.pk),
        "signers": signers_of(found) if found.state == SelfAssessmentState.WITH_SIGN_OFF else [],
        "withdrawn": withdrawn_because(found.participation),
        "shared": found.versions.filter(shared_at__isnull=False).defer("pdf", "content").last(),
        "due": due(found),
        "late": days_late(found, due(found)),
        "sent": found.state in SENT,
    }


def _given_sections(request: HttpRequest, found: SelfAssessment) -> HttpResponse:
    """A colleague sees the sections that were given to them, and nothing else."""
    context = {
        "self_assessment": found,
        "held": held_sections(found, request.user),
        "due": due(found),
        "locked": found.state not in WRITING_OPEN,
    }
    return render(request, "rounds/self_assessment_given.html", context)


@require_http_methods(["GET", "POST"])
def self_assessment_area(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_whole(request, pk)
    may_choose = permissions.choose_area(request.user, found)
    if request.method == "GET" and not may_choose:
        return redirect("self_assessment", pk)
    permissions.acts_for(request.user, found.participation).require()
    if not found.participation.round.areas_set:
        messages.info(request, may_choose.reason)
        return redirect("self_assessment", pk)
    form = AreaForm(request.POST or None, self_assessment=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_area(
                found, **form.chosen(), seen=form.cleaned_data["seen"], by=request.user
            )
        except actions.AreaRefused as refused:
            form = _area_changed(request, refused.theirs)
        else:
            return redirect("self_assessment_check", pk)
    context = {"self_assessment": found, "form": form}
    return render(request, "rounds/self_assessment_area.html", context)


def _area_changed(request: HttpRequest, theirs: SelfAssessment) -> AreaForm:
    """What was typed, and what somebody else chose since; saving again replaces theirs."""
    form = AreaForm({**request.POST.dict(), "seen": theirs.area_seen}, self_assessment=theirs)
    event = area_chosen_last(theirs)
    who = event.who if event else "Somebody"
    form.add_error(
        "area",
        f"{who} has chosen “{theirs.area_name}” in the meantime. Save again to replace it",
    )
    return form


@require_http_methods(["GET", "POST"])
def self_assessment_check(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_whole(request, pk)
    if not permissions.belongs_to(request.user, found.participation):
        return redirect("self_assessment_read", pk)
    if found.state in SENT:
        return redirect("self_assessment_sent", pk)
    refusal = ""
    if request.method == "POST":
        try:
            actions.submit_self_assessment(found, by=request.user)
        except Refused as refused:
            permissions.submit_self_assessment(request.user, found).require()
            if stopped_by_details(found):
                return redirect("self_assessment_details", pk)
            refusal = refused.reason
        else:
            return redirect("self_assessment_sent", pk)
    return _check_page(request, found, refusal)


def _check_page(request: HttpRequest, found: SelfAssessment, refusal: str) -> HttpResponse:
    context = {
        "self_assessment": found,
        "page": whole_text(found),
        "may_send": permissions.submit_self_assessment(request.user, found),
        "may_ask": permissions.ask_for_signatures(request.user, found),
        "may_take_back": permissions.take_back(request.user, found),
        "may_settle": permissions.settle_details(request.user, found),
        "signers": signers_of(found),
        "may_write": permissions.write_self_assessment(request.user, found),
        "may_review": permissions.review_carried(request.user, found),
        "refusal": refusal,
    }
    status = 409 if refusal else 200
    return render(request, "rounds/self_assessment_check.html", context, status=status)


@require_GET
def self_assessment_sent(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_whole(request, pk)
    if found.state not in SENT:
        return redirect("self_assessment", pk)
    if not permissions.belongs_to(request.user, found.participation):
        return redirect("self_assessment_read", pk)
    context = {
        "self_assessment": found,
        "round": found.participation.round,
        "may_say": permissions.say_offer(request.user, found.participation),
        "give": offer_task(found.participation),
    }
    return render(request, "rounds/self_assessment_sent.html", context)


@require_GET
def self_assessment_read(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_whole(request, pk)
    own = permissions.belongs_to(request.user, found.participation)
    page = reading_of(found, request.user, own=own)
    number = page.version.number if page.version else 0
    actions.read_self_assessment(found, version=number, by=request.user)
    officer = bool(permissions.run_round(request.user, found.participation.round.region))
    context = {
        "self_assessment": found,
        "page": page,
        "versions": version_lines(found, request.user) if own or officer else [],
        "back": _way_back(request, found),
        "may_list": permissions.list_evidence(request.user, found),
        "may_return": permissions.return_self_assessment(request.user, found),
        "may_share": permissions.share_self_assessment(request.user, found),
        "may_begin": permissions.begin_version(request.user, found),
        "may_ask_for_purge": permissions.ask_for_purge(request.user, found),
    }
    return render(request, "rounds/self_assessment_read.html", context)


def _way_back(request: HttpRequest, found: SelfAssessment) -> dict[str, str]:
    """To where each reader most likely came from."""
    part = found.participation
    if permissions.belongs_to(request.user, part):
        return {"text": "Back to task list", "url": reverse("self_assessment", args=[found.pk])}
    if permissions.run_round(request.user, part.round.region):
        url = reverse("round_self_assessments", args=[part.round_id])
        return {"text": "Back to self-assessments", "url": url}
    hosted = Challenge.objects.visible_to(request.user).live().filter(host=part).first()
    if hosted:
        return {"text": "Back to the challenge", "url": reverse("challenge", args=[hosted.pk])}
    url = reverse("round_shared", args=[part.round_id])
    return {"text": "Back to what is shared with you", "url": url}


@require_http_methods(["GET", "POST"])
def self_assessment_return(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_whole(request, pk)
    participation = found.participation
    permissions.run_round(request.user, participation.round.region).require()
    if not permissions.return_self_assessment(request.user, found):
        messages.info(request, "It has been returned already, or shared with the region.")
        return redirect("round_self_assessments", participation.round_id)
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.return_self_assessment(found, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(
            request, f"Returned to {participation.authority}; we have written to them."
        )
        return redirect("round_self_assessments", participation.round_id)
    context = {"self_assessment": found, "form": form}
    return render(request, "rounds/self_assessment_return.html", context)


@require_GET
def round_self_assessments(request: HttpRequest, pk: int) -> HttpResponse:
    round = get_object_or_404(
        Round.objects.visible_to(request.user).select_related("region"), pk=pk
    )
    permissions.run_round(request.user, round.region).require()
    show = ChasingParams.clean_or_default(request.GET)["show"]
    rows = status_rows(round)
    context = {
        "round": round,
        "rows": [row for row in rows if not show or show in row.lacks],
        "tiles": chasing_tiles(round, rows),
        "shown": STEPS.get(show, ""),
        "waiting": len(submitted_in(round)),
        "may_share": permissions.share_submitted(request.user, round),
        "sub_navigation": round_tabs(round, "round_self_assessments", request.user),
    }
    return render(request, "rounds/self_assessment_list.html", context)


def find(request: HttpRequest, pk: int) -> SelfAssessment:
    return get_object_or_404(SelfAssessment.objects.visible_to(request.user).with_round(), pk=pk)


def find_whole(request: HttpRequest, pk: int) -> SelfAssessment:
    """For pages that show all of it: refused to whoever sees a section alone."""
    found = find(request, pk)
    permissions.read_whole(request.user, found).require()
    return found
