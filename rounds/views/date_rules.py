"""What the days of a round's visits keep to."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from rounds import actions, permissions
from rounds.forms.date_rules import DateRulesForm
from rounds.models import Round
from rounds.queries.date_rules import rules_mark
from rounds.views.rounds import officers_round


@require_http_methods(["GET", "POST"])
def round_visits_rules(request: HttpRequest, pk: int) -> HttpResponse:
    """Changed while visits are dated: the time there is, how many a week, how far apart."""
    round = officers_round(request.user, pk)
    may_change = permissions.change_date_rules(request.user, round)
    if request.method == "POST":
        may_change.require()
    form = DateRulesForm(request.POST or None, round=round)
    if request.method == "POST" and form.is_valid() and _change(request, round, form):
        return redirect("round_visits", round.pk)
    context = {"round": round, "form": form, "may_change": may_change}
    return render(request, "rounds/round_visits_rules.html", context)


def _change(request: HttpRequest, round: Round, form: DateRulesForm) -> bool:
    """Where somebody else was quicker, theirs are left, and the next save decides."""
    try:
        actions.change_date_rules(round, **form.rules(), by=request.user)
    except actions.RulesChanged:
        form.add_error(
            None, "Somebody changed these rules while you had this page open. Save yours again?"
        )
        form.data = form.data.copy()
        form.data["seen"] = rules_mark(Round.objects.visible_to(request.user).get(pk=round.pk))
        return False
    messages.success(request, "The rules have been changed. Days that are set stay as they are.")
    return True
