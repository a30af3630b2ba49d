"""The page of people, inviting, and ending a role."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from authorities.actions import invite_person
from authorities.models import Authority, Invitation, Membership, User
from authorities.states import Role
from tests.factories import AuthorityFactory, MembershipFactory, UserFactory
from tests.world import World, fresh, run_effects

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client: Client, world: World) -> Client:
    client.force_login(world.officer)
    return client


@pytest.fixture
def director(world: World) -> Client:
    client = Client()
    client.force_login(world.directors[0])
    return client


def membership(user: User) -> Membership:
    return user.memberships.get()


def form(place: str, **changes: str) -> dict[str, str]:
    filled = {
        "name": "Nell Newcomer",
        "email": "nell@example.org",
        "place": place,
        "role": Role.REVIEWER,
        "post": "",
    }
    return filled | changes


def authority_key(authority: Authority) -> str:
    return f"authority-{authority.pk}"


def test_an_officer_sees_everybody_of_the_region_and_nobody_else(
    officer: Client, world: World
) -> None:
    elsewhere = MembershipFactory(authority=AuthorityFactory(), user=UserFactory(name="Zed"))
    page = officer.get("/people").content.decode()
    for user in (world.officer, world.chair, *world.directors):
        assert user.email in page
    assert elsewhere.user.email not in page


def test_a_director_sees_their_own_people(director: Client, world: World) -> None:
    page = director.get("/people").content.decode()
    assert world.directors[0].email in page
    for user in (world.officer, *world.directors[1:]):
        assert user.email not in page


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.CHAIR, Role.LEAD_MEMBER, Role.APPROVER])
def test_others_are_told_who_looks_after_people(client: Client, world: World, role: Role) -> None:
    client.force_login(world.person(role))
    for path in ("/people", "/people/invite"):
        answer = client.get(path)
        assert answer.status_code == 403
        assert "look after people here" in answer.content.decode()


def test_a_filter_finds_by_name_role_and_authority(officer: Client, world: World) -> None:
    world.person(Role.REVIEWER, world.authorities[1], name="Quentin Quill")
    for text in ("quill", "Reviewer"):
        page = officer.get("/people", {"q": text}).content.decode()
        assert "Quentin Quill" in page
        assert world.chair.email not in page
    page = officer.get("/people", {"q": world.authorities[1].name}).content.decode()
    assert "Quentin Quill" in page
    page = officer.get("/people", {"q": "no such person"}).content.decode()
    assert "Nobody fits what you looked for." in page


def test_those_who_left_are_shown_when_asked_for(officer: Client, world: World) -> None:
    gone = world.person(Role.REVIEWER, name="Gone Girl")
    gone.memberships.update(to_date=timezone.localdate() - timedelta(days=1))
    assert "Gone Girl" not in officer.get("/people").content.decode()
    assert "Gone Girl" in officer.get("/people?left=1").content.decode()


def test_an_invitation_is_shown_until_it_is_accepted(officer: Client, world: World) -> None:
    answer = officer.post("/people/invite", form(authority_key(world.authorities[0])))
    assert answer["Location"] == "/people"
    assert "The mail is on its way" in officer.get("/people").content.decode()
    run_effects()
    assert "The link works until" in officer.get("/people").content.decode()
    Invitation.objects.update(expires_at=timezone.now())
    page = officer.get("/people").content.decode()
    assert "Not accepted in 48 hours" in page
    again = officer.post(f"/people/invitations/{Invitation.objects.get().pk}/again", follow=True)
    assert "Nell Newcomer is being sent a new link." in again.content.decode()
    assert Invitation.objects.get().expires_at is None


def test_an_officer_withdraws_an_invitation(officer: Client, world: World) -> None:
    officer.post("/people/invite", form(authority_key(world.authorities[0])))
    officer.post(f"/people/invitations/{Invitation.objects.get().pk}/withdraw")
    assert Invitation.objects.count() == 0


def test_invitations_of_elsewhere_are_not_found(director: Client, world: World) -> None:
    other = world.authorities[1]
    invite_person("x@example.org", "X", Role.REVIEWER, authority=other, by=world.officer)
    key = Invitation.objects.get().pk
    for what in ("again", "withdraw"):
        assert director.post(f"/people/invitations/{key}/{what}").status_code == 404
    assert Invitation.objects.count() == 1


def test_a_director_cannot_withdraw_what_the_board_gives(director: Client, world: World) -> None:
    own = world.authorities[0]
    invite_person("x@example.org", "X", Role.DIRECTOR, authority=own, by=world.officer)
    key = Invitation.objects.get().pk
    assert director.post(f"/people/invitations/{key}/withdraw").status_code == 403
    assert "Withdraw" not in director.get("/people").content.decode()


@pytest.mark.parametrize("role", [Role.CHAIR, Role.BOARD_OFFICER, Role.APPROVER])
def test_a_role_at_the_board_is_held_at_the_board(
    officer: Client, world: World, role: Role
) -> None:
    refused = officer.post("/people/invite", form(authority_key(world.authorities[0]), role=role))
    assert "is held at the board: choose which" in refused.content.decode()
    taken = officer.post("/people/invite", form(f"region-{world.region.pk}", role=role))
    assert taken.status_code == 302
    assert Invitation.objects.get().region == world.region


def test_a_role_in_an_authority_is_not_held_at_the_board(officer: Client, world: World) -> None:
    page = officer.post("/people/invite", form(f"region-{world.region.pk}"))
    assert "is held in an authority: choose which" in page.content.decode()


def test_a_director_invites_colleagues_to_their_own_authority_alone(
    director: Client, world: World
) -> None:
    for change in (
        {"place": authority_key(world.authorities[1])},
        {"role": Role.DIRECTOR},
        {"role": Role.BOARD_OFFICER},
        {"place": f"region-{world.region.pk}"},
    ):
        filled = form(authority_key(world.authorities[0])) | change
        assert "There is a problem" in director.post("/people/invite", filled).content.decode()
    assert Invitation.objects.count() == 0
    assert (
        director.post("/people/invite", form(authority_key(world.authorities[0]))).status_code
        == 302
    )
    assert Invitation.objects.get().invited_by == world.directors[0]


def test_nobody_is_invited_twice_or_to_what_they_hold(officer: Client, world: World) -> None:
    place = authority_key(world.authorities[0])
    held = form(place, email=world.directors[0].email.upper(), role=Role.DIRECTOR)
    page = officer.post("/people/invite", held).content.decode()
    assert "holds the role “Director of children’s services” there already" in page
    officer.post("/people/invite", form(place))
    page = officer.post("/people/invite", form(place)).content.decode()
    assert "has been invited to this role" in page
    assert Invitation.objects.count() == 1


def test_a_blank_form_says_what_is_missing(officer: Client) -> None:
    page = officer.post("/people/invite", {}).content.decode()
    for text in (
        "Enter their name",
        "Enter their e-mail address",
        "Select where they will hold the role",
        "Select the role they will hold",
    ):
        assert text in page
    assert "<title>Error: Invite somebody" in page


def test_a_role_ends_at_once(officer: Client, world: World) -> None:
    path = f"/people/{membership(world.chair).pk}/end"
    assert "End the role of" in officer.get(path).content.decode()
    assert officer.post(path, {"when": "now"})["Location"] == "/people"
    assert not fresh(world.chair).holds(Role.CHAIR)


def test_a_role_ends_on_a_day_to_come(officer: Client, world: World) -> None:
    day = timezone.localdate() + timedelta(days=30)
    parts = {
        "when": "later",
        "last_day_day": day.day,
        "last_day_month": day.month,
        "last_day_year": day.year,
    }
    officer.post(f"/people/{membership(world.chair).pk}/end", parts)
    assert membership(world.chair).to_date == day
    assert fresh(world.chair).holds(Role.CHAIR)


@pytest.mark.parametrize(
    ("filled", "said"),
    [
        ({}, "Select when the role ends"),
        ({"when": "later"}, "Enter the last day in the role"),
        (
            {"when": "later", "last_day_day": "1", "last_day_month": "1", "last_day_year": "2020"},
            "must be the same as or after",
        ),
    ],
)
def test_ending_a_role_asks_when(
    officer: Client, world: World, filled: dict[str, str], said: str
) -> None:
    page = officer.post(f"/people/{membership(world.chair).pk}/end", filled)
    assert said in page.content.decode()
    assert membership(world.chair).to_date is None


def test_nobody_ends_their_own_role_or_one_that_has_ended(officer: Client, world: World) -> None:
    answer = officer.get(f"/people/{membership(world.officer).pk}/end")
    assert answer.status_code == 403
    assert "ask another officer" in answer.content.decode()
    over = membership(world.chair)
    Membership.objects.filter(pk=over.pk).update(to_date=timezone.localdate() - timedelta(days=2))
    assert officer.post(f"/people/{over.pk}/end", {"when": "now"}).status_code == 403


def test_a_role_that_has_not_begun_can_be_taken_back(officer: Client, world: World) -> None:
    coming = membership(world.chair)
    start = timezone.localdate() + timedelta(days=10)
    Membership.objects.filter(pk=coming.pk).update(from_date=start)
    officer.post(f"/people/{coming.pk}/end", {"when": "now"})
    assert membership(world.chair).to_date == start - timedelta(days=1)


def test_roles_of_elsewhere_are_not_found(director: Client, world: World) -> None:
    for user in (world.chair, world.directors[1]):
        assert director.get(f"/people/{membership(user).pk}/end").status_code == 404


def test_a_director_ends_the_role_of_a_colleague_not_of_the_director(
    director: Client, world: World
) -> None:
    colleague = world.person(Role.AUTHORITY_OFFICER)
    assert (
        director.post(f"/people/{membership(colleague).pk}/end", {"when": "now"}).url == "/people"
    )
    second = world.person(Role.DIRECTOR)
    assert director.get(f"/people/{membership(second).pk}/end").status_code == 403


def test_your_account_says_who_you_are_here(director: Client, world: World) -> None:
    page = director.get("/account").content.decode()
    assert world.directors[0].email in page
    assert f"<strong>Director of children’s services</strong>, {world.authorities[0]}" in page
    assert 'href="/people"' in page
    assert 'href="/password/change"' in page


def test_somebody_without_a_role_is_told_so(client: Client, world: World) -> None:
    client.force_login(UserFactory())
    assert "You hold no role today" in client.get("/account").content.decode()
    assert "You hold no role today" in client.get("/").content.decode()


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_more_people_take_no_more_queries(officer: Client, world: World) -> None:
    before = queries(officer, "/people")
    for number in range(3):
        world.person(Role.REVIEWER, world.authorities[number])
        invite_person(
            f"{number}@example.org",
            "X",
            Role.REVIEWER,
            authority=world.authorities[number],
            by=world.officer,
        )
    assert queries(officer, "/people") == before == 8
