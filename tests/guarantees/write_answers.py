"""Run in an installation: so many writers of one self-assessment, each with a question."""

import json
import sys

import django

django.setup()

from django.test import Client  # noqa: E402

from authorities.states import Role  # noqa: E402
from rounds.queries.writing import chapters_of  # noqa: E402
from tests.world import World  # noqa: E402

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def prepare(count: int) -> list[dict[str, object]]:
    """Who writes where, signed in: what a browser would know."""
    world = World()
    own = world.opened().participations.get(authority=world.authorities[0]).self_assessment
    entries = [entry for chapter in chapters_of(own) for entry in chapter.entries]
    writers = []
    for entry in entries[:count]:
        client = Client()
        client.force_login(world.person(Role.AUTHORITY_OFFICER), BACKEND)
        writers.append(
            {
                "session": client.cookies["sessionid"].value,
                "url": entry.url,
                "prefix": entry.prefix,
                "question": entry.question.pk,
            }
        )
    return writers


if __name__ == "__main__":
    sys.stdout.write(json.dumps(prepare(int(sys.argv[1]))))
