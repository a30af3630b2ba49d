from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from authorities import permissions
from authorities.forms.calendar import PeriodParams, SpanParams
from authorities.models import Authority, Region
from authorities.states import Role
from peerchallenge.queries import calendars


@require_GET
def authority_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Authority.objects.visible_to(request.user).select_related("region")
    found = get_object_or_404(visible, pk=pk)
    permissions.see_calendar(request.user, found.region).require()
    may_keep = permissions.keep_calendar(request.user, found)
    today = timezone.localdate()
    context = {
        "authority": found,
        "region": found.region,
        "calendar": calendars.authority_calendar(found, request.user, today, keeps=bool(may_keep)),
        "may_keep": may_keep,
        "postpones": request.user.holds(Role.BOARD_OFFICER, region=found.region_id),
        "removed": calendars.removed(PeriodParams.clean_or_default(request.GET)),
    }
    return render(request, "authorities/authority_calendar.html", context)


@require_GET
def region_calendar(request: HttpRequest, region: int) -> HttpResponse:
    found = get_object_or_404(Region.objects.visible_to(request.user), pk=region)
    permissions.see_calendar(request.user, found).require()
    asked = SpanParams.clean_or_default(request.GET)
    context = {
        "region": found,
        "page": calendars.region_calendar(found, request.user, timezone.localdate(), **asked),
        "may_keep": permissions.keep_region_calendar(request.user, found),
        "removed": calendars.removed(PeriodParams.clean_or_default(request.GET)),
        "weeks": asked["weeks"],
        "start": asked["start"],
        "choices": SpanParams.base_fields["weeks"].choices,
    }
    return render(request, "authorities/region_calendar.html", context)
