"""What an authority can give in a round: one page that shows it, and one for each part."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from peerchallenge.shared.answers import Refused
from peerchallenge.shared.forms import GovForm
from rounds import actions, permissions
from rounds.forms.offering import NumbersForm, StrengthsForm, WishesForm
from rounds.models import SelfAssessment
from rounds.queries.availability import window_of
from rounds.queries.offering import (
    capacity_of,
    counted,
    offer_of,
    strengths_mark,
    strengths_of,
    wishes_mark,
    wishes_of,
)
from rounds.queries.rounds import Fact
from rounds.views.questionnaires import renew
from rounds.views.self_assessments import find

# What stands now, line by line, and its mark.
Saved = tuple[str, list[Fact]]
NUMBERS = "Challenges you can give"
STRENGTHS = "What you are strong in"
WISHES = "Whom you would like as challenger"
LEADS = {
    STRENGTHS: "In what could others learn from you? The officers look here when a host has "
    "chosen such an area and needs a challenger.",
    WISHES: "The officers weigh your wishes with those of all others, and decide. Nobody you "
    "name, or leave out, learns of it.",
}


@require_http_methods(["GET", "POST"])
def self_assessment_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """All of it; one press says that there is nothing special."""
    found = find(request, pk)
    part = found.participation
    permissions.read_offer(request.user, part).require()
    if request.method == "POST":
        return _as_asked(request, found)
    if not permissions.belongs_to(request.user, part):
        return redirect("round_offer", part.round_id, part.pk)
    offer = offer_of(part)
    context = {
        "self_assessment": found,
        "round": part.round,
        "offer": offer,
        "asked": counted(part.round.format.asked_of_each),
        "window": window_of(part.round, offer.free),
        "may_say": permissions.say_offer(request.user, part),
        "acts": permissions.say_unavailable(request.user, part.authority),
    }
    return render(request, "rounds/self_assessment_offer.html", context)


def _as_asked(request: HttpRequest, found: SelfAssessment) -> HttpResponse:
    part = found.participation
    if not permissions.acts_for(request.user, part):
        permissions.say_offer(request.user, part).require()
    try:
        actions.give_as_asked(part, by=request.user)
    except Refused as refused:
        messages.info(request, refused.reason)
        return redirect("self_assessment_offer", found.pk)
    messages.success(
        request, "Saved. The board’s officers see what you can give when they match challengers."
    )
    return redirect("self_assessment", found.pk)


@require_http_methods(["GET", "POST"])
def self_assessment_offer_numbers(request: HttpRequest, pk: int) -> HttpResponse:
    found = _sayable(request, pk)
    part = found.participation
    form = NumbersForm(request.POST or None, participation=part, cancel_url=_hub(found))

    def save() -> None:
        actions.say_numbers(part, **form.numbers(), by=request.user)

    def now() -> Saved:
        there, offer = capacity_of(part), offer_of(part)
        facts = [Fact("Challenges", offer.numbers), Fact("For the officers", offer.note)]
        return str(there.version if there else 0), facts

    return _part(request, found, form, save, now, NUMBERS)


@require_http_methods(["GET", "POST"])
def self_assessment_offer_strengths(request: HttpRequest, pk: int) -> HttpResponse:
    found = _sayable(request, pk)
    part = found.participation
    form = StrengthsForm(request.POST or None, participation=part, cancel_url=_hub(found))

    def save() -> None:
        seen = form.cleaned_data["version"]
        actions.say_strengths(part, form.strengths(), seen=seen, by=request.user)

    def now() -> Saved:
        there = strengths_of(part)
        return strengths_mark(there), [Fact(one.name, one.evidence) for one in there]

    return _part(request, found, form, save, now, STRENGTHS)


@require_http_methods(["GET", "POST"])
def self_assessment_offer_wishes(request: HttpRequest, pk: int) -> HttpResponse:
    found = _sayable(request, pk)
    part = found.participation
    form = WishesForm(request.POST or None, participation=part, cancel_url=_hub(found))

    def save() -> None:
        seen = form.cleaned_data["version"]
        actions.wish_for_challengers(part, form.wishes(), seen=seen, by=request.user)

    def now() -> Saved:
        there = wishes_of(part)
        facts = [Fact(one.challenger.authority.name, one.reason) for one in there]
        return wishes_mark(there), facts

    return _part(request, found, form, save, now, WISHES)


def _sayable(request: HttpRequest, pk: int) -> SelfAssessment:
    """For those who say it, while it counts; the others are told why not."""
    found = find(request, pk)
    permissions.say_offer(request.user, found.participation).require()
    return found


def _part(
    request: HttpRequest,
    found: SelfAssessment,
    form: GovForm,
    save: Callable[[], None],
    now: Callable[[], Saved],
    heading: str,
) -> HttpResponse:
    """One part of it. `now` is what somebody else saved since, with its mark."""
    there: Saved = ("", [])
    if form.is_valid():
        try:
            save()
        except actions.OfferChanged:
            there = now()
            renew(form, there[0])
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, f"Saved: {heading[:1].lower()}{heading[1:]}.")
            return redirect(_hub(found))
    context = {"self_assessment": found, "form": form, "heading": heading, "now": there[1]}
    context["lead"] = LEADS.get(heading, "")
    return render(request, "rounds/self_assessment_offer_part.html", context)


def _hub(found: SelfAssessment) -> str:
    return reverse("self_assessment_offer", args=[found.pk])
