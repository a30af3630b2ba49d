"""What tests of accounts share: a person with a password, and no earlier attempts."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from authorities.models import User
from tests.world import World

PASSWORD = "three odd words"


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    # A real hash takes a third of a second, and these tests make hundreds.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def person(db: None) -> User:
    cache.clear()
    return User.objects.create_user("ada@example.org", "Ada Byron", PASSWORD)


@pytest.fixture
def signed_in(world: World) -> Callable[[User], Client]:
    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
