from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from authorities.models import Authority
from peerchallenge.queries.places import authorities_for, authority_page


@require_GET
def authorities(request: HttpRequest) -> HttpResponse:
    context = {"regions": authorities_for(request.user)}
    return render(request, "authorities/authority_list.html", context)


@require_GET
def authority(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Authority.objects.visible_to(request.user).select_related("region")
    found = get_object_or_404(visible, pk=pk)
    page = authority_page(found, request.user)
    return render(
        request,
        "authorities/authority_detail.html",
        {"page": page, "pk": pk, "region": found.region},
    )
