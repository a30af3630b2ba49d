from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from authorities import actions
from authorities.actions.feeds import AddressInUse
from authorities.forms import FeedParams
from authorities.models import CalendarFeed
from peerchallenge.shared.mail import address

# What a calendar on a telephone or a desk opens as a subscription.
SUBSCRIBES = "webcal://"


@require_http_methods(["GET", "POST"])
def account_calendar(request: HttpRequest) -> HttpResponse:
    """The page that a new address is shown on is the only one: just its hash is kept."""
    link = ""
    if request.method == "POST":
        seen = FeedParams.clean_or_default(request.POST).get("seen")
        try:
            token = actions.make_calendar_feed(seen=seen or 0, by=request.user)
            link = address("calendar_feed", token)
        except AddressInUse:
            messages.info(request, "Your address was made before and is in use: it stays as it is.")
            return redirect("account_calendar")
    context = {
        "feed": CalendarFeed.objects.visible_to(request.user).current().first(),
        "link": link,
        "opens": SUBSCRIBES + link.partition("://")[2],
    }
    return render(request, "authorities/account_calendar.html", context)


@require_POST
def account_calendar_revoke(request: HttpRequest) -> HttpResponse:
    if actions.revoke_calendar_feed(by=request.user):
        said = "Your address no longer works. Calendars that read it go empty or say so."
        messages.success(request, said)
    return redirect("account_calendar")
