"""Who has said on which days of a round they cannot, for its officers."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from peerchallenge.shared.answers import Refused
from rounds import actions, permissions
from rounds.forms.availability import AnsweredParams, AskForm
from rounds.models import Round
from rounds.queries.answered_days import Asked, asked_in
from rounds.queries.answered_sheets import answered_sheet, answered_tiles
from rounds.queries.availability import span
from rounds.queries.navigation import round_tabs
from rounds.queries.visits import counted
from rounds.views.documents import send_sheet
from rounds.views.rounds import officers_round

PER_PAGE = 80
SHOWN: dict[str, Callable[[Asked], bool]] = {
    # Whoever sits on a team that has its days is asked nothing any more.
    "": lambda row: row.is_authority or not row.booked,
    "missing": lambda row: row.waited_for,
    "all": lambda row: True,
}
MOVED = (
    "Somebody else has set {} meanwhile. Yours is below and not saved; save again to set it all "
    "the same"
)


@require_http_methods(["GET", "POST"])
def round_availability(request: HttpRequest, pk: int) -> HttpResponse:
    """By when all say so, who has, and how many days each cannot."""
    found = officers_round(request.user, pk)
    may_ask = permissions.ask_availability(request.user, found)
    if request.method == "POST":
        may_ask.require()
    rows = asked_in(found)
    form = AskForm(request.POST or None, round=found, label=_label(found, rows))
    if may_ask and form.is_valid() and _asked(request, found, form):
        return redirect("round_availability", pk)
    context = {
        "round": found,
        "form": form,
        "may_ask": may_ask,
        "may_chase": permissions.chase_availability(request.user, found),
        "tiles": answered_tiles(found, rows),
        "unsaid": counted(sum(row.waited_for for row in rows), "reminder"),
        "window": span(found.visits_from, found.visits_to),
        "sub_navigation": round_tabs(found, "round_visits", request.user),
        **_listed(request, rows),
    }
    return render(request, "rounds/round_availability.html", context)


def _listed(request: HttpRequest, rows: list[Asked]) -> dict[str, object]:
    """The rows that are wanted, page by page."""
    wanted = AnsweredParams.clean_or_default(request.GET)
    listed = [row for row in rows if SHOWN[wanted["show"]](row)]
    return {
        "page": Paginator(listed, PER_PAGE).get_page(wanted["page"]),
        "hidden": len(rows) - len(listed),
        "shown": wanted["show"],
        "query": f"show={wanted['show']}&" if wanted["show"] else "",
    }


def _label(round: Round, rows: list[Asked]) -> str:
    if round.availability_due:
        return "Set this date"
    people = {user.pk for row in rows if row.waited_for for user in row.people}
    return f"Set the date and e-mail {counted(len(people), 'person', 'people')}"


def _asked(request: HttpRequest, round: Round, form: AskForm) -> bool:
    """If not, why not stands in the form."""
    first = round.availability_due is None
    due = form.cleaned_data["due"]
    try:
        actions.ask_availability(round, due, seen=form.seen_date(), by=request.user)
    except actions.DueDateChanged:
        round.refresh_from_db(fields=["availability_due"])
        now = round.availability_due
        form.add_error("due", MOVED.format(span(now, now) if now else "no date"))
        form.data = {**request.POST.dict(), "seen": now.isoformat() if now else ""}
        return False
    except Refused as refused:
        form.add_error("due", refused.reason)
        return False
    told = "Everybody is being asked." if first else "Reminders follow it; nobody is told of it."
    messages.success(request, f"All are to say so by {span(due, due)}. {told}")
    return True


@require_POST
def round_availability_remind(request: HttpRequest, pk: int) -> HttpResponse:
    found = officers_round(request.user, pk)
    if may := permissions.chase_availability(request.user, found):
        number = actions.chase_availability(found, by=request.user)
        told = counted(number, "authority", "authorities")
        messages.success(request, f"Those of {told} who have not said so are being reminded.")
    else:
        messages.info(request, may.reason)
    return redirect("round_availability", pk)


@require_GET
def round_availability_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    found = officers_round(request.user, pk)
    return send_sheet(found, answered_sheet(found))
