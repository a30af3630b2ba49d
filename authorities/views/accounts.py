from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from authorities import permissions, queries


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    page = queries.account_page(request.user)
    may_open_people = permissions.open_people(request.user)
    return render(
        request, "authorities/account.html", {"page": page, "may_open_people": may_open_people}
    )
