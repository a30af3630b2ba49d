from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from authorities import actions
from authorities.queries.feeds import feed_at
from rounds import documents


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """For a calendar, which cannot sign in: whoever has the address is let in, as long as it
    stands and its owner may sign in."""
    feed = feed_at(token)
    if feed is None:
        raise Http404("No calendar has this address")
    actions.note_feed_read(feed)
    return HttpResponse(
        documents.calendar_feed(feed.user), content_type="text/calendar; charset=utf-8"
    )
