"""Requests of many people in a row, each of them taken back, with little around what is asked.

Of the six queries of a page that is refused, five had nothing to do with the page: the session,
the person, their posts, a savepoint and its end. Here a person is read once and comes to each
request as they were then, and the savepoint stays where a request has written nothing.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.client import ClientHandler

from authorities.models import User

READS = ("SELECT", "SAVEPOINT", "RELEASE")


class _KnowsWhoAsks(ClientHandler):
    def __init__(self, user: User | None) -> None:
        super().__init__(enforce_csrf_checks=False)
        person = User.objects.get(pk=user.pk) if user else AnonymousUser()
        if isinstance(person, User):
            assert person.current_memberships is not None  # kept with them
        self.kept = pickle.dumps(person)

    def get_response(self, request: HttpRequest) -> HttpResponse:
        # As they were when the moment began: whatever a request changes of them is forgotten.
        request._cached_user = pickle.loads(self.kept)
        return super().get_response(request)


class Asking:
    """Everybody of a scene, signed in once."""

    def __init__(self, people: dict[str, User | None]) -> None:
        self.clients = {person: _signed_in(user) for person, user in people.items()}
        self.cookies = {person: deepcopy(each.cookies) for person, each in self.clients.items()}
        self.wrote = False
        self.savepoint: str | None = None

    @contextmanager
    def begun(self) -> Iterator[None]:
        """While this lasts, whatever requests change is taken back after each of them."""
        with transaction.atomic(), connection.execute_wrapper(self._look):
            self.savepoint = transaction.savepoint()
            yield
            transaction.set_rollback(True)

    def ask(self, person: str, method: str, address: str) -> HttpResponse:
        """One request whose changes are taken back, a sign-out or a sign-in too."""
        client = self.clients[person]
        try:
            response: Any = client.generic(
                method, address, content_type="application/x-www-form-urlencoded"
            )
        finally:
            if self.wrote or connection.needs_rollback:
                transaction.set_rollback(False)
                transaction.savepoint_rollback(self.savepoint)
                self.wrote = False
        if response.cookies:
            client.cookies = deepcopy(self.cookies[person])
        return response

    def _look(self, run: Callable[..., Any], sql: str, params: Any, many: bool, rest: Any) -> Any:
        self.wrote = self.wrote or not sql.lstrip().startswith(READS)
        return run(sql, params, many, rest)


def _signed_in(user: User | None) -> Client:
    client = Client(raise_request_exception=True)
    if user:
        client.force_login(user)
    client.handler = _KnowsWhoAsks(user)
    return client
