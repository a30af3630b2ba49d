from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from authorities.models import User
from peerchallenge.audit.actions import CLOCK, Clock, record
from peerchallenge.outbox.actions import promise

log = logging.getLogger(__name__)


@transaction.atomic
def change_password(user: User, password: str, *, by: User) -> None:
    """Set a new password; whoever else is signed in as this person no longer is."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record("person.password_changed", user, by=by)
    promise("authorities.tell_password_changed", user.pk)


@transaction.atomic
def request_password_reset(user: User, *, by: Clock) -> None:
    """Somebody who may be anybody asks: the link goes to the account's own address."""
    record("person.password_reset_requested", user, by=by)
    promise("authorities.send_password_reset", user.pk)


class AccountAdapter(DefaultAccountAdapter):
    """What the sign-in library asks us to do, done our way."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The e-mail address and password do not match an account",
        "enter_current_password": "This is not your current password",
        "too_many_login_attempts": (
            "Too many attempts with a wrong password. Wait five minutes, then try again, "
            "or choose a new password"
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from invitations alone."""
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Pages are all we answer with."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """After signing in, to a page of this site and nowhere else."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def set_password(self, user: User, password: str) -> None:
        change_password(user, password, by=user)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """The worker draws the link, so an answer takes as long for an unknown address."""
        request_password_reset(user, by=CLOCK)

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        record("person.signed_in", user, by=user)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        log.warning("sign-in refused for a client at %s", self.get_client_ip(request))

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        return render(request, "account/closed.html", status=403)
