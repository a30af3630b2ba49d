"""What all authorities of a round can give, as the officers who match them see it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from peerchallenge.shared.answers import Refused
from rounds import actions, permissions
from rounds.forms.offering import NumbersForm, OffersParams
from rounds.models import Participation
from rounds.queries.availability import days_said, span, window_of
from rounds.queries.navigation import round_tabs
from rounds.queries.offering import capacity_of, counted, in_window, offer_of
from rounds.queries.offers import cover_of, offers_in, offers_sheet, offers_tiles
from rounds.views.documents import send_sheet
from rounds.views.questionnaires import renew
from rounds.views.rounds import officers_round


@require_GET
def round_offers(request: HttpRequest, pk: int) -> HttpResponse:
    found = officers_round(request.user, pk)
    rows = offers_in(found)
    show = OffersParams.clean_or_default(request.GET)["show"]
    context = {
        "round": found,
        "rows": [row for row in rows if not show or not row.answered],
        "tiles": offers_tiles(found, rows),
        "cover": cover_of(found, rows),
        "shown": show,
        "asked": counted(found.format.asked_of_each),
        "window": span(found.visits_from, found.visits_to),
        "sub_navigation": round_tabs(found, "round_match", request.user),
    }
    return render(request, "rounds/round_offers.html", context)


@require_GET
def round_offers_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    found = officers_round(request.user, pk)
    return send_sheet(found, offers_sheet(found))


@require_http_methods(["GET", "POST"])
def round_offer(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """One authority’s in full; its numbers can be written down for it."""
    found = officers_round(request.user, pk)
    members = found.participations.select_related("authority", "round__region")
    member = get_object_or_404(members, pk=part)
    back = reverse("round_offers", args=[pk])
    form = NumbersForm(request.POST or None, participation=member, note=False, cancel_url=back)
    if form.is_valid() and _saved(request, member, form):
        messages.success(request, f"Saved for {member.authority}.")
        return redirect(back)
    offer = offer_of(member)
    context = {
        "round": found,
        "member": member,
        "offer": offer,
        "window": window_of(found, offer.free),
        "away": [days_said(row) for row in in_window(found, [member.authority_id])],
        "form": form,
        "may_say": permissions.say_numbers_for(request.user, member),
        "back": back,
    }
    return render(request, "rounds/round_offer.html", context)


def _saved(request: HttpRequest, member: Participation, form: NumbersForm) -> bool:
    """If not, why not stands in the form; the page shows what is saved."""
    try:
        actions.say_numbers_for(member, **form.numbers(), by=request.user)
    except actions.OfferChanged:
        there = capacity_of(member)
        renew(form, str(there.version if there else 0))
    except Refused as refused:
        form.add_error(None, refused.reason)
    else:
        return True
    return False
