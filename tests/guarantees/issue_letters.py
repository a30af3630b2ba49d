"""Run in an installation: so many approved letters; prints who issues them, and which they are."""

import json
import sys

import django

django.setup()

from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from feedback.models import Letter, LetterPart  # noqa: E402
from feedback.states import LetterState  # noqa: E402
from tests.world import World  # noqa: E402

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def prepare(count: int, words: dict[int, str]) -> dict[str, object]:
    """One letter through the whole path, and further versions of it beside it; `words`: some
    hold one more, version to word."""
    world = World()
    letter = world.letter_approved()
    twins = Letter.objects.bulk_create(
        Letter(
            challenge=letter.challenge,
            version=version,
            state=LetterState.APPROVED,
            template=letter.template,
            drafted_by=letter.drafted_by,
            approved_by=letter.approved_by,
            approved_at=timezone.now(),
        )
        for version in range(2, count + 1)
    )
    parts = list(letter.parts.all())
    LetterPart.objects.bulk_create(
        LetterPart(
            letter=twin,
            key=part.key,
            position=part.position,
            heading=part.heading,
            text=f"{part.text}\n\nVersion {twin.version}. {words.get(twin.version, '')}"
            if part.key == "headlines"
            else part.text,
            kind=part.kind,
            after_findings=part.after_findings,
        )
        for twin in twins
        for part in parts
    )
    client = Client()
    client.force_login(world.officer, BACKEND)
    return {
        "session": client.cookies["sessionid"].value,
        "url": reverse("round_letters_issue", args=[letter.challenge.round_id]),
        "letters": [letter.pk, *(twin.pk for twin in twins)],
    }


if __name__ == "__main__":
    pairs = (pair.split("=") for pair in sys.argv[2:])
    found = prepare(int(sys.argv[1]), {int(version): word for version, word in pairs})
    sys.stdout.write(json.dumps(found))
