import pytest
from django.test import Client
from django.urls import reverse

from authorities.states import Role
from peerchallenge.shared.answers import Refused
from rounds import actions, queries
from rounds.models import SelfAssessment
from tests.world import World


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def own(world: World) -> SelfAssessment:
    """Complete, but one answer speaks of a child."""
    round = world.opened()
    found = world.answered(round.participations.get(authority=world.authorities[0]))
    write(found, "We learned from Mia, 7, and from Child B.", world)
    return SelfAssessment.objects.get(pk=found.pk)


def write(own: SelfAssessment, text: str, world: World) -> None:
    answer = own.answers.first()
    actions.save_answer(own, answer.question, text, version=answer.version, by=world.directors[0])


@pytest.fixture
def client(world: World) -> Client:
    client = Client()
    client.force_login(world.directors[0])
    return client


@pytest.mark.django_db
def test_it_is_not_sent_while_something_looks_like_a_child_s_details(
    world: World, own: SelfAssessment
) -> None:
    with pytest.raises(Refused, match="2 places that look like a child’s details"):
        actions.submit_self_assessment(own, by=world.directors[0])


@pytest.mark.django_db
def test_each_is_shown_with_its_place_and_confirmed_by_name(
    world: World, own: SelfAssessment, client: Client
) -> None:
    url = reverse("self_assessment_details", args=[own.pk])
    page = client.get(url).text
    assert "“Mia, 7” looks like a name with an age" in page
    assert "“Child B” looks like a child by letter" in page
    marks = [one.fingerprint for one in queries.details_to_settle(own)]
    assert client.post(url, {"confirmed": marks}).url == reverse(
        "self_assessment_check", args=[own.pk]
    )
    assert str(world.directors[0]) in client.get(url).text
    sent = actions.submit_self_assessment(own, by=world.directors[0])
    assert sent.state == "submitted"


@pytest.mark.django_db
def test_nothing_of_the_text_is_kept_with_a_confirmation(world: World, own: SelfAssessment) -> None:
    marks = [one.fingerprint for one in queries.details_to_settle(own)]
    assert actions.confirm_details(own, marks, by=world.directors[0]) == 2
    kept = [str(row) for row in own.confirmed.values()]
    assert not any("Mia" in row or "Child B" in row for row in kept)


@pytest.mark.django_db
def test_only_who_writes_or_sends_it_confirms(world: World, own: SelfAssessment) -> None:
    marks = [one.fingerprint for one in queries.details_to_settle(own)]
    for person in (world.person(Role.LEAD_MEMBER), world.directors[1], world.officer):
        with pytest.raises(Refused, match="Only the director"):
            actions.confirm_details(own, marks, by=person)
    assert not own.confirmed.exists()


@pytest.mark.django_db
def test_another_name_in_the_same_place_is_confirmed_anew(
    world: World, own: SelfAssessment
) -> None:
    marks = [one.fingerprint for one in queries.details_to_settle(own)]
    actions.confirm_details(own, marks, by=world.directors[0])
    write(own, "We learned from Mia, 8, and from Child B.", world)
    assert [one.text for one in queries.details_to_settle(own)] == ["Mia, 8"]


@pytest.mark.django_db
def test_what_is_not_there_any_more_cannot_be_confirmed(world: World, own: SelfAssessment) -> None:
    marks = [one.fingerprint for one in queries.details_to_settle(own)]
    write(own, "We learned a great deal.", world)
    assert actions.confirm_details(own, marks, by=world.directors[0]) == 0
    assert not own.confirmed.exists()


@pytest.mark.django_db
def test_ticking_nothing_is_an_error_on_the_page(own: SelfAssessment, client: Client) -> None:
    answer = client.post(reverse("self_assessment_details", args=[own.pk]), {})
    assert answer.status_code == 422
    assert "Select those that identify no child" in answer.text


@pytest.mark.django_db
def test_sent_in_spite_of_it_the_director_is_led_to_the_page_that_settles_it(
    own: SelfAssessment, client: Client
) -> None:
    settle = reverse("self_assessment_details", args=[own.pk])
    check = reverse("self_assessment_check", args=[own.pk])
    page = client.get(check).text
    assert settle in page
    assert "Send to the board" in page
    assert client.post(check).url == settle
    own.refresh_from_db()
    assert own.state == "drafting"


@pytest.mark.django_db
def test_asking_for_signatures_leads_there_too(
    world: World, own: SelfAssessment, client: Client
) -> None:
    round = own.participation.round
    round.format_data["sign_offs"] = ["director", "lead_member"]
    round.save(update_fields=["format_data"])
    answer = client.post(reverse("self_assessment_sign_off", args=[own.pk]))
    assert answer.url == reverse("self_assessment_details", args=[own.pk])
    own.refresh_from_db()
    assert own.state == "drafting"
