from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from authorities import actions, queries
from authorities.forms import ChoosePasswordForm
from authorities.queries import InvitationPage
from authorities.queries.invitations import Stands
from peerchallenge.shared.answers import Refused


@login_not_required
@require_http_methods(["GET", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A mail scanner follows links, so opening this one shows and changes nothing."""
    page = queries.invitation_page(token, request.user)
    form = _form(request, page)
    if request.method == "POST" and page.stands == Stands.ACCEPT:
        return _accept(request, page)
    if request.method == "POST" and form and form.is_valid():
        return _accept(request, page, form.cleaned_data["password"])
    return _show(request, page, form)


def _form(request: HttpRequest, page: InvitationPage) -> ChoosePasswordForm | None:
    if page.invitation is None or page.stands != Stands.NEWCOMER:
        return None
    asked = page.invitation
    data = request.POST if request.method == "POST" else None
    return ChoosePasswordForm(data, email=asked.email, name=asked.name)


def _accept(request: HttpRequest, page: InvitationPage, password: str = "") -> HttpResponse:
    by = request.user if page.stands == Stands.ACCEPT else None
    try:
        user = actions.accept_invitation(page.invitation, password=password, by=by)
    except Refused:  # somebody was quicker with the same link
        return _show(request, InvitationPage(Stands.OVER), None)
    if by is None:
        get_adapter(request).login(request, user)
    messages.success(request, f"Welcome. Your role: {page.role}, {page.place}.")
    return redirect("home")


def _show(
    request: HttpRequest, page: InvitationPage, form: ChoosePasswordForm | None
) -> HttpResponse:
    template = "accept" if page.is_open else "over"
    context = {"page": page, "form": form}
    return render(request, f"authorities/invitation_{template}.html", context, status=page.status)
