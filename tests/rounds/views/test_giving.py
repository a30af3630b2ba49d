"""A director gives sections at one press; a colleague sees theirs and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import User
from authorities.states import Role
from rounds import actions
from rounds.models import GivenSection, Participation, Section, SelfAssessment
from rounds.queries.giving import Gift
from rounds.states import GivenState
from tests.world import ANSWER_TOKEN, OTHERS_TOKEN, World

SignedIn = Callable[[User], Client]


@pytest.fixture
def sections(own: SelfAssessment) -> list[Section]:
    return list(own.participation.round.sections.all())


@pytest.fixture
def colleague(world: World) -> User:
    return world.person(Role.COLLEAGUE)


@pytest.fixture
def given(
    own: SelfAssessment, sections: list[Section], colleague: User, director: User
) -> GivenSection:
    return actions.give_sections(own, [Gift(sections[0], colleague)], by=director)[0]


def words(answer: object) -> str:
    return " ".join(answer.content.decode().split())


def test_the_director_gives_several_sections_at_one_press(
    own: SelfAssessment,
    sections: list[Section],
    colleague: User,
    director: User,
    signed_in: SignedIn,
) -> None:
    client, address = signed_in(director), reverse("self_assessment_give", args=[own.pk])
    assert "Give these sections and write to them" in words(client.get(address))
    one, two = sections[:2]
    fields = {
        f"person-{one.pk}": colleague.pk,
        f"name-{two.pk}": "Newcomer",
        f"email-{two.pk}": "new@example.org",
    }
    page = client.post(address, fields, follow=True)
    assert page.redirect_chain == [(reverse("self_assessment", args=[own.pk]), 302)]
    assert "2 sections given." in words(page)
    tasks = page.context["page"].tasks
    assert tasks[0].hint.startswith(f"With them: {colleague}.")
    assert tasks[1].hint.startswith("With them: Newcomer.")
    assert list(client.get(address).context["form"].sections) == sections[2:]


def test_one_choice_gives_every_section_for_which_nobody_else_is_named(
    own: SelfAssessment,
    sections: list[Section],
    colleague: User,
    director: User,
    signed_in: SignedIn,
) -> None:
    first, second, *others = sections
    fields = {
        "rest": colleague.pk,
        f"name-{first.pk}": "Newcomer",
        f"email-{first.pk}": "new@example.org",
        f"person-{second.pk}": "ourselves",
    }
    signed_in(director).post(reverse("self_assessment_give", args=[own.pk]), fields)
    assert own.given.get(section=first).holder_name == "Newcomer"
    assert set(own.given.filter(user=colleague).values_list("section", flat=True)) == {
        section.pk for section in others
    }
    assert not own.given.filter(section=second).exists()


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, "Choose somebody for at least one section"),
        ({"name": "Newcomer"}, "enter their e-mail address"),
        ({"email": "new@example.org"}, "enter their name"),
        ({"person": "x"}, "Select"),
        ({"person": "ourselves"}, "Choose somebody for at least one section"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_given(
    own: SelfAssessment,
    sections: list[Section],
    colleague: User,
    director: User,
    signed_in: SignedIn,
    fields: dict[str, str],
    why: str,
) -> None:
    sent = {f"{name}-{sections[0].pk}": value for name, value in fields.items()}
    page = signed_in(director).post(reverse("self_assessment_give", args=[own.pk]), sent)
    assert why in words(page)
    assert GivenSection.objects.count() == 0


def test_no_page_of_another_section_opens_for_a_colleague(
    world: World, part: Participation, given: GivenSection, colleague: User, signed_in: SignedIn
) -> None:
    own = world.answered(part)
    client = signed_in(colleague)
    for section in Section.objects.filter(round=part.round):
        for name, more in (("question", [1]), ("section", [])):
            place = reverse(f"self_assessment_{name}", args=[own.pk, section.key, *more])
            for answer in (client.get(place), client.post(place, {})):
                theirs = section == given.section
                assert (answer.status_code in (200, 302, 422)) == theirs, place
                assert OTHERS_TOKEN not in words(answer)
    for name in ("check", "sent", "read", "area", "give"):
        answer = client.get(reverse(f"self_assessment_{name}", args=[own.pk]))
        assert answer.status_code == 403
        assert ANSWER_TOKEN not in words(answer)
    page = words(client.get(reverse("self_assessment", args=[own.pk])))
    assert str(given.section) in page
    assert OTHERS_TOKEN not in page


def test_another_colleague_does_not_find_what_was_given(
    world: World, given: GivenSection, signed_in: SignedIn
) -> None:
    client = signed_in(world.person(Role.COLLEAGUE))
    for name in ("ready", "end"):
        address = reverse(
            f"self_assessment_given_{name}", args=[given.self_assessment_id, given.pk]
        )
        assert client.post(address).status_code == 404


def test_the_page_closes_at_the_next_request_after_it_is_taken_back(
    own: SelfAssessment, given: GivenSection, colleague: User, director: User, signed_in: SignedIn
) -> None:
    client, address = signed_in(colleague), reverse("self_assessment", args=[own.pk])
    assert client.get(address).status_code == 200
    ending = reverse("self_assessment_given_end", args=[own.pk, given.pk])
    for _ in range(2):  # pressed twice
        assert signed_in(director).post(ending).url == address
    assert client.get(address).status_code == 404


def test_a_colleague_says_that_it_is_ready_and_the_director_finds_it_at_home(
    own: SelfAssessment, given: GivenSection, colleague: User, director: User, signed_in: SignedIn
) -> None:
    client = signed_in(colleague)
    assert f"Write “{given.section}”" in words(client.get(reverse("home")))
    ready = reverse("self_assessment_given_ready", args=[own.pk, given.pk])
    for _ in range(2):
        page = client.post(ready, follow=True)
        assert page.status_code == 200
    assert "that it is ready" in words(page)
    boss = signed_in(director)
    assert f"Check “{given.section}”" in words(boss.get(reverse("home")))
    place = reverse("self_assessment_given", args=[own.pk, given.pk])
    assert "It is checked" in words(boss.get(place))
    assert boss.post(place, {"comment": ""}).status_code == 200
    boss.post(place, {"comment": "Say <b>why</b>."})
    assert "Say &lt;b&gt;why&lt;/b&gt;." in words(
        client.get(reverse("self_assessment", args=[own.pk]))
    )
    client.post(ready)
    boss.post(place, {"act": "checked"})
    given.refresh_from_db()
    assert given.state == GivenState.CHECKED


def test_the_check_page_says_which_colleagues_still_write(
    world: World, part: Participation, given: GivenSection, director: User, signed_in: SignedIn
) -> None:
    own = world.answered(part)
    check = reverse("self_assessment_check", args=[own.pk])
    page = words(signed_in(director).get(check))
    place = reverse("self_assessment_given", args=[own.pk, given.pk])
    assert f'href="{place}">{given.section}</a>: {given.holder_name}' in page
    assert "Send to the board" in page
    actions.say_section_ready(given, by=given.holder)
    assert "Still with colleagues" not in words(signed_in(director).get(check))


def test_once_it_is_sent_nobody_is_told_to_write_in_it(
    world: World,
    part: Participation,
    given: GivenSection,
    colleague: User,
    director: User,
    signed_in: SignedIn,
) -> None:
    own = world.answered(part)
    client, title = signed_in(colleague), f"Write “{given.section}”"
    assert title in words(client.get(reverse("home")))
    actions.submit_self_assessment(own, by=director)
    assert title not in words(client.get(reverse("home")))
    page = words(client.get(reverse("self_assessment", args=[own.pk])))
    assert "has been sent, so nothing in it can be changed now" in page
    assert "<button" not in page.partition("<main")[2]
    ready = reverse("self_assessment_given_ready", args=[own.pk, given.pk])
    assert client.post(ready, follow=True).status_code == 200
    actions.return_self_assessment(own, reason="Say more.", by=world.officer)
    assert title in words(client.get(reverse("home")))
