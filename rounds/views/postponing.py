from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from peerchallenge.shared.answers import Refused
from rounds import actions, permissions
from rounds.forms.postponing import (
    AnswerDatesForm,
    ChooseParams,
    LookAgainForm,
    OtherDaysForm,
    PostponeForm,
)
from rounds.models import Challenge, Phase
from rounds.queries.new_dates import still_to_date
from rounds.queries.postponing import (
    OfferedDates,
    consequences_of,
    days_in,
    offered_dates,
    open_postponement,
    postponed_by,
    postponements_of,
)
from rounds.queries.visits import visit_clashes
from rounds.states import ChallengeState
from rounds.views.challenges import find

OTHERS_BY_NOW = "Other days are offered by now than on the page you had open. Look again."
SETTLED = "This was settled while you had the page open: the days are set."


@require_http_methods(["GET", "POST"])
def challenge_postpone(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why, see what it does, and put the visit off in one act."""
    found = find(request, pk)
    may = permissions.postpone_challenge(request.user, found)
    if found.state == ChallengeState.POSTPONED and permissions.see_offered_dates(
        request.user, found
    ):
        messages.info(request, f"{postponed_by(found)} has postponed this visit already.")
        return redirect("challenge", pk)
    may.require()
    form = PostponeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.postpone_challenge(found, **form.cleaned_data, by=request.user)
        messages.success(request, "Postponed. Everybody is being told, and other days looked for.")
        return redirect("challenge", pk)
    context = {"challenge": found, "form": form, "does": consequences_of(found)}
    return render(request, "rounds/challenge_postpone.html", context)


@require_http_methods(["GET", "POST"])
def challenge_dates(request: HttpRequest, pk: int) -> HttpResponse:
    """The days that are offered after a postponement: each side says on which it can."""
    found = find(request, pk)
    permissions.see_offered_dates(request.user, found).require()
    if request.method == "POST":
        permissions.answer_dates(request.user, found).require()
    page = _offered(request, found)
    if page is None:
        return render(request, "rounds/challenge_dates_settled.html", {"challenge": found})
    sent = request.POST if request.method == "POST" else None
    form = AnswerDatesForm(sent, offers=page.offers, own=page.own)
    if request.method == "POST":
        # What nobody chose is not sent.
        if AnswerDatesForm.keys(request.POST) - {one.offer.pk for one in page.offers}:
            messages.info(request, OTHERS_BY_NOW)
            return redirect("challenge_dates", pk)
        if form.is_valid() and _answer(request, found, form):
            return redirect("challenge_dates", pk)
    return _page(request, found, page, form=form)


def _answer(request: HttpRequest, found: Challenge, form: AnswerDatesForm) -> bool:
    try:
        done = actions.answer_dates(found, form.answers(), by=request.user)
    except actions.OffersChanged:
        messages.info(request, OTHERS_BY_NOW)
        return True
    if done.dates_sent:
        messages.success(request, "All sides can: the days are set, and everybody is being told.")
    else:
        messages.success(request, "Thank you: your answer is kept. You can change it here.")
    return True


@require_POST
def challenge_dates_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """An officer settles the days: one of the offers, or others."""
    found = find(request, pk)
    may = permissions.choose_dates(request.user, found)
    page = _offered(request, found)
    if page is None:
        permissions.run_round(request.user, found.round.region).require()
        messages.info(request, SETTLED)
        return redirect("challenge_dates", pk)
    may.require()
    chosen = ChooseParams.clean_or_404(request.POST)
    if chosen["offer"]:
        _choose(request, found, page, chosen["offer"])
        return redirect("challenge_dates", pk)
    form = OtherDaysForm(request.POST, phases=_phases(found))
    if form.is_valid() and _set(request, found, form):
        return redirect("challenge_dates", pk)
    return _page(request, found, page, other=form)


def _choose(request: HttpRequest, found: Challenge, page: OfferedDates, key: int) -> None:
    offer = next((one.offer for one in page.offers if one.offer.pk == key), None)
    if offer is None:
        messages.info(request, OTHERS_BY_NOW)
        return
    offers = [one.offer.pk for one in page.offers]
    try:
        actions.choose_dates(found, days_in(offer.days), offers=offers, by=request.user)
    except actions.OffersChanged:
        messages.info(request, OTHERS_BY_NOW)
    except Refused as refused:
        messages.info(request, refused.reason)
    else:
        messages.success(request, "The days are set, and everybody is being told.")


def _set(request: HttpRequest, found: Challenge, form: OtherDaysForm) -> bool:
    """A clash is said beside its box."""
    if clashes := visit_clashes(found, form.days()):
        for clash in clashes:
            form.add_error(clash.phase, clash.text.removesuffix("."))
        return False
    actions.choose_dates(found, form.days(), by=request.user)
    messages.success(request, "The days are set, and everybody is being told.")
    return True


@require_POST
def challenge_dates_again(request: HttpRequest, pk: int) -> HttpResponse:
    """An officer has three others looked for."""
    found = find(request, pk)
    may = permissions.choose_dates(request.user, found)
    page = _offered(request, found)
    if page is None:
        permissions.run_round(request.user, found.round.region).require()
        messages.info(request, SETTLED)
        return redirect("challenge_dates", pk)
    may.require()
    form = LookAgainForm(request.POST)
    if form.is_valid():
        not_before = form.cleaned_data["not_before"]
        actions.look_for_other_dates(found, not_before=not_before, by=request.user)
        messages.success(request, "Other days are being looked for. Both sides are asked again.")
        return redirect("challenge_dates", pk)
    return _page(request, found, page, again=form)


def _offered(request: HttpRequest, found: Challenge) -> OfferedDates | None:
    """None where the visit waits for no other days."""
    postponement = open_postponement(found)
    if postponement is None or found.state != ChallengeState.POSTPONED:
        return None
    return offered_dates(found, postponement, permissions.sides_of(request.user, found))


def _phases(found: Challenge) -> list[Phase]:
    left = {phase.id for phase in still_to_date(found)[0]}
    return [phase for phase in found.round.format.phases if phase.id in left]


def _page(
    request: HttpRequest,
    found: Challenge,
    page: OfferedDates,
    *,
    form: AnswerDatesForm | None = None,
    other: OtherDaysForm | None = None,
    again: LookAgainForm | None = None,
) -> HttpResponse:
    may_choose = permissions.choose_dates(request.user, found)
    own = permissions.answer_dates(request.user, found) and page.offers
    answer = form or AnswerDatesForm(offers=page.offers, own=page.own)
    context = {
        "challenge": found,
        "page": page,
        "postponement": postponements_of(found, readable=True)[0],
        "answer": answer if own else None,
        "other": (other or OtherDaysForm(phases=_phases(found))) if may_choose else None,
        "again": (again or LookAgainForm()) if may_choose and not page.looking else None,
        "may_choose": may_choose,
        "form": next((one for one in (form, other, again) if one and one.errors), None),
    }
    return render(request, "rounds/challenge_dates.html", context)
