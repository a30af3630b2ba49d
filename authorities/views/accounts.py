from __future__ import annotations

from allauth.account import views as allauth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from authorities import permissions, queries


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    page = queries.account_page(request.user)
    context = {
        "page": page,
        "may_open_people": permissions.open_people(request.user),
        "may_review": permissions.say_reviewing(request.user),
    }
    return render(request, "authorities/account.html", context)


def change_password(request: HttpRequest) -> HttpResponse:
    """Whoever has no password to give as the old one chooses one through a link by e-mail."""
    if not request.user.has_usable_password():
        return redirect("account_reset_password")
    return allauth.password_change(request)
