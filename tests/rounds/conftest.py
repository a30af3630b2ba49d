"""What the tests of rounds share: a part in an open round, and people signed in."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import resolve, reverse

from authorities.models import User
from authorities.states import Role
from rounds import actions
from rounds.models import Challenge, Participation, Question, Round, SelfAssessment
from tests.rounds.dated import tightened
from tests.world import World, fresh


@pytest.fixture
def part(world: World) -> Participation:
    """The part of the first authority in a round that has just been opened."""
    return world.opened().participations.get(authority=world.authorities[0])


@pytest.fixture
def own(part: Participation) -> SelfAssessment:
    return part.self_assessment


@pytest.fixture
def director(world: World) -> User:
    return world.directors[0]


@pytest.fixture
def question(part: Participation) -> Question:
    """The first of the questionnaire: “context”, question 1, at most 350 words."""
    return Question.objects.filter(section__round=part.round).first()


@pytest.fixture
def colleague(world: World) -> User:
    """An officer of the same authority, who writes in the same answers."""
    return world.person(Role.AUTHORITY_OFFICER, name="Keziah Brandt")


@pytest.fixture
def here(own: SelfAssessment) -> str:
    """The address of the first question."""
    return at(own, "context", 1)


def at(own: SelfAssessment, section: str, place: int) -> str:
    return reverse("self_assessment_question", args=[own.pk, section, place])


def boxed(address: str, **fields: object) -> dict[str, object]:
    """The fields of the box at a question's address, as its page names them."""
    place = resolve(urlsplit(address).path).kwargs
    asked = Question.objects.asked().filter(
        section__round__participations__self_assessment=place["pk"], section__key=place["section"]
    )
    prefix = f"q{asked[place['place'] - 1].pk}"
    return {f"{prefix}-{name}": value for name, value in fields.items()}


def words(answer: object) -> str:
    return " ".join(answer.content.decode().split())


def text_of(own: SelfAssessment) -> list[str]:
    return list(own.answers.values_list("text", flat=True))


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A browser in which this person is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def proposed(world: World) -> Round:
    """Everybody matched in one ring and nothing written yet, which is quick to make."""
    return ring_of(world)


@pytest.fixture
def offered(world: World, proposed: Round) -> Round:
    actions.confirm_matches(proposed, by=world.officer)
    return Round.objects.get(pk=proposed.pk)


@pytest.fixture
def accepted(world: World, offered: Round) -> Round:
    for challenge in offered.challenges.with_both_sides():
        accept(world, challenge)
    return offered


@pytest.fixture
def tight(accepted: Round) -> Round:
    """Three visits of one day each, and three days for them; any two share an authority."""
    return tightened(accepted)


def ring_of(world: World) -> Round:
    round = world.opened()
    members = list(round.participations.order_by("authority__dfe_code"))
    ring = dict(zip(members, members[1:] + members[:1], strict=True))
    actions.propose_matches(round, ring, by=world.officer)
    return Round.objects.get(pk=round.pk)


def accept(world: World, challenge: Challenge) -> None:
    """Both directors say yes."""
    for side in (challenge.host_authority, challenge.challenger_authority):
        actions.accept_challenge(challenge, by=fresh(world.director_of(side)))
