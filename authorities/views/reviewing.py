"""One's own page as a reviewer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from authorities import actions, permissions
from authorities.forms.reviewers import ReviewingForm
from authorities.queries.reviewers import expertise_in, reviewer_of

STALE = (
    "Somebody changed this while you had the page open, perhaps you in another window. "
    "What you see is not saved; save again to keep it"
)


@require_http_methods(["GET", "POST"])
def reviewing(request: HttpRequest) -> HttpResponse:
    """Which seats they fill, what they know well, and how much they can give."""
    permissions.say_reviewing(request.user).require()
    own = reviewer_of(request.user)
    suggested = expertise_in(request.user.region_ids())
    data = request.POST if request.method == "POST" else None
    form = ReviewingForm(data, reviewer=own, suggested=suggested)
    if data is not None and form.is_valid():
        try:
            actions.say_reviewing(**form.said(), by=request.user)
        except actions.ReviewerChanged:
            form.add_error(None, STALE)
            form.show_theirs(reviewer_of(request.user))
        else:
            messages.success(request, "Saved. Officers see it when they look for teams.")
            return redirect("reviewing")
    context = {"form": form, "own": own, "today": timezone.localdate()}
    return render(request, "authorities/reviewing.html", context)
