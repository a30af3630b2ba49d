"""A director who gives the writing away and sends it; and the colleague who writes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from authorities import actions as authorities
from authorities.models import Invitation, User
from authorities.states import Role
from rounds import actions
from rounds.models import Asked, GivenSection, Section, SelfAssessment
from rounds.queries.giving import Gift
from rounds.states import GivenState, SelfAssessmentState
from tests.journeys.conftest import WAYS
from tests.journeys.person import Enter, Person
from tests.world import World, fresh, run_effects

pytestmark = pytest.mark.django_db(transaction=True)

NEWCOMER = "headofcare@example.org"
PASSWORD = "pelican teapot quarry"
Link = Callable[..., str]
Budget = Callable[..., None]


@pytest.fixture
def director(world: World) -> User:
    known = world.directors[0]
    known.set_password(PASSWORD)
    known.save()
    return known


@pytest.fixture
def own(world: World) -> SelfAssessment:
    own: SelfAssessment = (
        world.opened().participations.get(authority=world.authorities[0]).self_assessment
    )
    return own


@pytest.fixture
def four(world: World) -> Section:
    """A section of four questions, in a round that is invited after it."""
    draft = world.drafted()
    section = actions.add_section(draft, "Fostering", by=world.officer)
    for place in range(1, 5):
        asked = Asked(f"What do you know about fostering, part {place}?")
        actions.add_question(section, asked, by=world.officer)
    actions.invite_authorities(draft, by=world.officer)
    return section


def own_of(section: Section, world: World) -> SelfAssessment:
    found: SelfAssessment = section.round.participations.get(
        authority=world.authorities[0]
    ).self_assessment
    return found


@pytest.mark.parametrize("way", WAYS)
def test_a_director_gives_all_of_it_away_and_sends_it_in_two_sittings(
    world: World,
    director: User,
    own: SelfAssessment,
    comes_in: Enter,
    post_of: Link,
    budget: Budget,
    way: str,
) -> None:
    officer = world.person(Role.AUTHORITY_OFFICER, name="Officer of the authority")
    first = comes_in(way=way)
    first.opens(post_of(director, "/give"))
    signs_in(first, director)
    gives_everything(first, officer, own)
    everybody_writes(own)
    second = comes_in(way=way)
    second.opens(post_of(director))
    signs_in(second, director)
    second.sees_heading("What do you want to be challenged on?")
    second.chooses("Adoption")
    second.presses("Save and continue")
    second.sees_heading("Check your answers and send")
    second.sees("What we know of it.")
    second.presses("Send to the board")
    second.sees_heading("Self-assessment sent")
    own.refresh_from_db()
    assert own.state == SelfAssessmentState.SUBMITTED
    # Signing in twice, a colleague for the rest, giving, the area and on, sending.
    budget(f"director who delegates, {way}", first.clicks + second.clicks, most=7)


def signs_in(person: Person, user: User) -> None:
    person.sees_heading("Sign in")
    person.types(user.email, "E-mail address")
    person.types(PASSWORD, "Password")
    person.presses("Sign in")


def gives_everything(director: Person, officer: User, own: SelfAssessment) -> None:
    """One section to somebody new by address, all the others to an officer by name."""
    director.sees_heading("Give sections to colleagues")
    director.selects(officer.name, "Who writes the sections for which you name nobody below?")
    care = "Children in care and permanence"
    director.types("Head of care", "Or somebody new: name", group=care)
    director.types(NEWCOMER, "Their e-mail address", group=care)
    director.presses("Give these sections and write to them")
    director.sees("10 sections given. We are writing to Head of care and Officer of the authority.")
    given = {row.section.title: row.holder_name for row in own.given.select_related("section")}
    assert given.pop(care) == "Head of care"
    assert set(given.values()) == {officer.name}


def everybody_writes(own: SelfAssessment) -> None:
    """What the colleagues do between the director's two sittings."""
    for row in own.given.select_related("section", "user", "invitation"):
        by = fresh(row.user or accepted(row.invitation))
        for question in row.section.questions.all():
            actions.save_answer(own, question, "What we know of it.", version=0, by=by)
        actions.say_section_ready(row, by=by)


def accepted(invitation: Invitation | None) -> User:
    assert invitation is not None
    run_effects()
    invitation.refresh_from_db()
    return authorities.accept_invitation(invitation, password=PASSWORD, by=None)


@pytest.mark.parametrize("way", WAYS)
def test_a_colleague_comes_from_the_invitation_writes_a_section_and_says_it_is_ready(
    world: World,
    director: User,
    four: Section,
    comes_in: Enter,
    post_of: Link,
    budget: Budget,
    way: str,
) -> None:
    own = own_of(four, world)
    gift = Gift(four, email=NEWCOMER, name="Head of care")
    (row,) = actions.give_sections(own, [gift], by=director)
    colleague = comes_in(way=way)
    colleague.opens(post_of(NEWCOMER))
    colleague.types(PASSWORD, "Choose a password")
    colleague.presses("Accept and sign in")
    colleague.presses("Write “Fostering”")
    questions = list(four.questions.all())
    for question in questions:
        colleague.types("What we know of it.", question.text)
    colleague.presses("Save and continue")
    colleague.presses(f"Tell {director} it is ready")
    row.refresh_from_db()
    assert row.state == GivenState.READY
    answers = own.answers.filter(question__in=questions)
    assert {answer.text for answer in answers} == {"What we know of it."}
    assert answers.count() == 4
    assert post_of(director).endswith(f"/self-assessment/{own.pk}/given/{row.pk}")
    budget(f"colleague, invitation to ready, four questions, {way}", colleague.clicks, most=6)


def test_on_a_phone_a_colleague_s_words_are_saved_by_themselves(
    world: World, director: User, four: Section, comes_in: Enter
) -> None:
    own = own_of(four, world)
    user = world.person(Role.COLLEAGUE)
    (row,) = actions.give_sections(own, [Gift(four, user)], by=director)
    colleague = comes_in(user, width=320)
    colleague.opens(f"/self-assessment/{own.pk}")
    colleague.sees_heading("Your section of the self-assessment")
    colleague.presses("Write Fostering")
    question = four.questions.first()
    assert question is not None
    colleague.types("Forty carers, six of them new", question.text)
    status = colleague.page.get_by_role("status").filter(has_text="Saved at")
    expect(status).to_contain_text("6 of 500 words")
    assert own.answers.get(question=question).text == "Forty carers, six of them new"
    assert GivenSection.objects.get(pk=row.pk).state == GivenState.GIVEN
    assert colleague.clicks == 1


def test_a_section_comes_back_with_a_comment_and_is_ready_again(
    world: World, director: User, four: Section, comes_in: Enter, post_of: Link
) -> None:
    own = own_of(four, world)
    user = world.person(Role.COLLEAGUE)
    (row,) = actions.give_sections(own, [Gift(four, user)], by=director)
    actions.say_section_ready(row, by=fresh(user))
    checks = comes_in(director)
    checks.opens(post_of(director))
    checks.types("Please say how you know it.", "What is still to be done?")
    checks.presses(f"Give it back to {user}")
    colleague = comes_in(user)
    colleague.opens(post_of(user))
    colleague.sees("Please say how you know it.")
    colleague.presses(f"Tell {director} it is ready")
    checks.opens(post_of(director))
    checks.presses("It is checked")
    checks.sees("Fostering is checked.")
    row.refresh_from_db()
    assert row.state == GivenState.CHECKED
