"""What tests of accounts share: a person with a password, and no earlier attempts."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from authorities.models import User
from tests.world import World

PASSWORD = "three odd words"


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
