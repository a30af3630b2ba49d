"""What stands around every page: the region, and links for the roles somebody holds."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from authorities.models import User
from authorities.states import Role
from peerchallenge.queries.frame import frame
from rounds.models import Challenge
from rounds.states import ChallengeState
from tests.factories import MembershipFactory, RegionFactory, UserFactory
from tests.world import World, fresh

pytestmark = pytest.mark.django_db


def links(user: User) -> dict[str, str]:
    return {item.label: item.url for item in frame(fresh(user), "/").navigation}


def test_an_officer_gets_rounds_authorities_people_reviewers_and_conflicts(world: World) -> None:
    assert links(world.officer) == {
        "Home": "/",
        "Rounds": "/rounds",
        "Authorities": "/authorities",
        "People": "/people",
        "Reviewers": "/reviewers",
        "Conflicts": "/conflicts",
    }


def test_the_board_gets_rounds_and_authorities(world: World) -> None:
    assert list(links(world.chair)) == ["Home", "Rounds", "Authorities"]


def test_the_approver_gets_what_waits_for_approval(world: World) -> None:
    assert list(links(world.approver)) == ["Home", "Authorities"]
    letter = world.letter_checked()
    round = letter.challenge.round
    assert links(world.approver)["Letters to approve (1)"] == "/#to-do"
    assert links(world.approver)["Letters"] == f"/rounds/{round.pk}/letters"


def test_a_director_gets_their_own_work_as_it_comes(world: World) -> None:
    director = world.directors[0]
    assert list(links(director)) == ["Home"]
    world.drafted()
    assert list(links(director)) == ["Home"]
    round = world.offered()
    own = round.participations.get(authority=world.authorities[0])
    hosted = Challenge.objects.get(host=own)
    given = Challenge.objects.get(challenger=own)
    assert links(director) == {
        "Home": "/",
        "Self-assessment": f"/self-assessment/{own.self_assessment.pk}",
        "Our visit": f"/challenges/{hosted.pk}",
        "Our challenge": f"/challenges/{given.pk}",
    }
    # Last round’s visit goes on while this one’s begins: the two are told apart.
    later = world.next_round()
    host, challenger = (
        later.participations.get(authority=place) for place in world.authorities[:2]
    )
    Challenge.objects.create(
        round=later, host=host, challenger=challenger, state=ChallengeState.OFFERED
    )
    assert [label for label in links(director) if label.startswith("Our visit")] == [
        f"Our visit, {round.name}",
        f"Our visit, {later.name}",
    ]


def test_a_host_and_a_reviewer_get_the_letter_once_it_is_issued(world: World) -> None:
    letter = world.letter_issuing()
    host = world.director_of(letter.challenge.host_authority)
    lead = world.lead_of(letter.challenge)
    assert "Letter" not in links(host)
    from tests.world import run_effects

    run_effects()
    assert links(host)["Letter"] == f"/letters/{letter.pk}"
    assert links(lead) == {
        "Home": "/",
        f"Challenge of {letter.challenge.host_authority.short_name}": (
            f"/challenges/{letter.challenge_id}"
        ),
        "Letter": f"/letters/{letter.pk}",
    }


def test_the_page_somebody_is_on_is_marked(world: World) -> None:
    found = frame(world.officer, f"/people/{7}/end")
    assert [item.label for item in found.navigation if item.active] == ["People"]
    found = frame(world.officer, "/account")
    assert [item.active for item in found.account_navigation] == [True, False]


def test_a_person_in_two_regions_sees_the_board_they_work_for(world: World) -> None:
    board = RegionFactory(board_name="Another Board")
    MembershipFactory(user=world.directors[0], role=Role.CHAIR, region=board)
    assert frame(fresh(world.directors[0]), "/").region == board
    assert frame(world.directors[1], "/").region == world.region


def test_somebody_without_a_role_has_only_home(world: World) -> None:
    found = frame(UserFactory(), "/")
    assert found.region is None
    assert [item.label for item in found.navigation] == ["Home"]


def test_signing_out_is_a_button_on_every_page(client: Client, world: World) -> None:
    client.force_login(world.chair)
    page = client.get("/help").content.decode()
    assert '<form method="post" action="/sign-out">' in page
    assert world.region.board_name in page


def test_strangers_get_a_page_without_a_region(client: Client, db: None) -> None:
    page = client.get("/help").content.decode()
    assert "app-region--slate" in page
    assert "Sign out" not in page


@pytest.mark.parametrize(("who", "most"), [("officer", 2), ("approver", 4), ("director", 4)])
def test_the_frame_takes_few_queries(world: World, who: str, most: int) -> None:
    """Memberships, challenges and letters for everybody; what a role adds."""
    world.letter_checked()
    user = {"officer": world.officer, "approver": world.approver, "director": world.directors[0]}[
        who
    ]
    with CaptureQueriesContext(connection) as captured:
        frame(fresh(user), "/")
    assert len(captured) - 1 == most  # one more reads the person
