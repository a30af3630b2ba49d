"""The demo region stands as its story says, and its people can sign in."""

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import RequestFactory
from django.utils import timezone

from authorities.models import Intervention, User
from feedback.models import Letter
from feedback.states import LetterState
from peerchallenge.audit.models import Event
from peerchallenge.demo import PASSWORD
from peerchallenge.demo.build import build
from peerchallenge.demo.content import load_region
from peerchallenge.outbox.models import Effect, EffectState
from rounds.models import Challenge, Conflict, EarlierChallenge, SelfAssessment
from rounds.queries.conflicts import touching_in

STATES = {
    "offered": ("offered", None),
    "accepted": ("accepted", None),
    "booked": ("accepted", None),
    "postponed": ("postponed", None),
    "on_site": ("on_site", None),
    "fed_back": ("fed_back", None),
    "letter_drafting": ("letter", "drafting"),
    "letter_with_host": ("letter", "with_host"),
    "letter_replied": ("letter", "with_team"),
    "letter_approved": ("letter", "approved"),
    "letter_issued": ("action_planning", "issued"),
}
# Visits to come whose hosts and leads have settled what they look at.
PREPARED = {"bristol": ("scoped", None), "south-gloucestershire": ("ready", None)}


def test_the_demo_is_made_only_where_it_is_switched_on(settings) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("demo")


@pytest.mark.django_db
def test_the_demo_region_stands_as_its_story_says(settings) -> None:
    settings.PASSWORD_HASHERS = ["peerchallenge.demo.hashers.PublicPasswordHasher"]
    round = build("south-west", lambda text: None)
    content = load_region("south-west")

    stood = {
        challenge.host_authority.name: (
            challenge.state,
            letter.state if (letter := challenge.letters.first()) else None,
        )
        for challenge in Challenge.objects.filter(round=round).with_both_sides()
    }
    assert stood == {
        content.authority(story.host).name: PREPARED.get(story.host) or STATES[story.stage]
        for story in content.challenges
    }
    met = {(one.host, one.challenger) for one in EarlierChallenge.objects.all()}
    meet = {
        (challenge.host_authority, challenge.challenger_authority)
        for challenge in Challenge.objects.filter(round=round).with_both_sides()
    }
    assert (len(met), met & meet) == (len(content.authorities), set())
    drafting = SelfAssessment.objects.filter(state="drafting").order_by("pk")
    assert [each.participation.authority.name for each in drafting] == [
        words.name for words in content.authorities if not words.submitted
    ]
    issued = Letter.objects.filter(state=LetterState.ISSUED).order_by("number")
    assert [letter.number for letter in issued] == [1, 2, 3]
    assert list(Effect.objects.exclude(state=EffectState.DONE).values("task", "error")) == []
    assert Event.objects.filter(at__gt=timezone.now()).count() == 0
    assert Conflict.objects.standing().count() == 3
    assert touching_in(round) == []
    assert Intervention.objects.get().to_date < timezone.localdate()

    request = RequestFactory().post("/sign-in")
    lead = User.objects.get(email="lead.dorset@southwest.example")
    assert authenticate(request, email=lead.email, password=PASSWORD) == lead
