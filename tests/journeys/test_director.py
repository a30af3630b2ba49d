"""A director: from the mail's link to the self-assessment sent; and colleagues who help."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail

from authorities import actions as authorities
from authorities.models import Authority, User
from authorities.states import Role
from rounds import actions
from rounds.models import Question, Round, SelfAssessment, WrittenAnswer
from rounds.states import SelfAssessmentState
from tests.factories import AuthorityFactory
from tests.journeys.conftest import WAYS
from tests.journeys.person import Enter, Person
from tests.world import World, run_effects

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "director@torshire.example"
PASSWORD = "pelican teapot quarry"
Link = Callable[[User | str], str]


@pytest.fixture
def torshire(world: World) -> Authority:
    """An authority whose director has been invited and has no account yet."""
    authority = AuthorityFactory(region=world.region, name="Torshire", short_name="Torshire")
    authorities.invite_person(
        ADDRESS, "Director of Torshire", Role.DIRECTOR, authority=authority, by=world.officer
    )
    return authority


def own_self_assessment(round: Round, authority: Authority) -> SelfAssessment:
    return SelfAssessment.objects.get(
        participation__round=round, participation__authority=authority
    )


def questions_of(round: Round) -> list[Question]:
    return list(Question.objects.filter(section__round=round))


@pytest.mark.parametrize("way", WAYS)
def test_a_director_goes_from_the_invitation_to_a_self_assessment_sent(
    world: World,
    torshire: Authority,
    comes_in: Enter,
    post_of: Link,
    budget: Callable[..., None],
    way: str,
) -> None:
    director = comes_in(way=way)
    accepts_the_invitation(director, post_of(ADDRESS))
    world.authorities.append(torshire)
    round = world.opened()
    director.opens(post_of(ADDRESS))
    director.sees_heading("Your self-assessment")
    found = own_self_assessment(round, torshire)
    questions = questions_of(round)
    director.presses(f"Continue: {questions[0].section.title}")
    if way == "by pointer":
        is_saved_as_it_is_typed(director, found, questions[0])
    answers_every_question(director, found, questions)
    picks_an_area_of_its_own(director)
    checks_and_sends(director, found)
    # Accepting, going in, one press a question, area (a choice and a press), sending.
    most = 1 + 1 + len(questions) + 2 + 1
    budget(f"director, invitation to sent, writing all alone, {way}", director.clicks, most=most)


def accepts_the_invitation(director: Person, link: str) -> None:
    director.opens(link)
    director.sees("Director of Torshire, you are invited", "Torshire")
    director.types(PASSWORD, "Choose a password")
    director.presses("Accept and sign in")
    director.sees("Welcome. Your role: Director of children’s services, Torshire.")


def is_saved_as_it_is_typed(director: Person, found: SelfAssessment, first: Question) -> None:
    """Nothing is pressed: the text is in the database after a pause, and the page says so."""
    director.types("We serve 61,000 children", first.text)
    director.waits_for("Saved at", ".app-saved")
    answer = WrittenAnswer.objects.get(self_assessment=found, question=first)
    assert answer.text == "We serve 61,000 children"
    director.types("We serve 61,000 children on a long coast.", first.text)
    director.waits_for("8 of", ".app-saved")
    answer.refresh_from_db()
    assert answer.text == "We serve 61,000 children on a long coast."


def answers_every_question(
    director: Person, found: SelfAssessment, questions: list[Question]
) -> None:
    for number, question in enumerate(questions, 1):
        director.sees_heading(question.text)
        director.types(f"Answer {number}: what Torshire knows, and how.", question.text)
        director.presses("Save and continue")
    written = dict(found.answers.values_list("question", "text"))
    assert written == {
        question.pk: f"Answer {number}: what Torshire knows, and how."
        for number, question in enumerate(questions, 1)
    }


def picks_an_area_of_its_own(director: Person) -> None:
    director.sees_heading("What do you want to be challenged on?")
    director.chooses("Our own area, named below")
    director.types("Domestic violence referrals", "Name of your own area")
    director.types(
        "Referrals have doubled and we do not know why.",
        "Why you choose it rather than one of the region’s areas",
    )
    director.presses("Save and continue")


def checks_and_sends(director: Person, found: SelfAssessment) -> None:
    director.sees_heading("Check your answers and send")
    director.sees("Domestic violence referrals", "Answer 1: what Torshire knows")
    mail.outbox.clear()
    director.presses("Send to the board")
    director.sees_heading("Self-assessment sent")
    found.refresh_from_db()
    assert found.state == SelfAssessmentState.SUBMITTED
    run_effects()
    assert [one.to for one in mail.outbox] == [[ADDRESS]]


def test_a_director_with_an_account_signs_in_from_the_mail_and_lands_on_the_tasks(
    world: World, comes_in: Enter, post_of: Link
) -> None:
    known = world.directors[0]
    known.set_password(PASSWORD)
    known.save()
    world.opened()
    director = comes_in()
    director.opens(post_of(known))
    director.sees_heading("Sign in")
    director.types(known.email, "E-mail address")
    director.types("not my password", "Password")
    director.presses("Sign in")
    director.sees("There is a problem")
    director.types(PASSWORD, "Password")
    director.presses("Sign in")
    director.sees_heading("Your self-assessment")
    assert director.clicks == 2


def test_two_tabs_that_write_the_same_answer_see_both_texts(world: World, comes_in: Enter) -> None:
    round = world.opened()
    known = world.directors[0]
    found = own_self_assessment(round, world.authorities[0])
    first = questions_of(round)[0]
    one, other = comes_in(known), comes_in(known)
    address = f"/self-assessment/{found.pk}/{first.section.key}/1"
    one.opens(address)
    other.opens(address)
    one.types("Written in the first tab", first.text)
    one.presses("Save and come back later")
    other.checks.expected.add(409)
    other.types("Written in the second tab", first.text)
    other.waits_for("Not saved. You saved another text here", ".app-saved")
    other.presses("Save and continue", status=409)
    other.sees_heading("You saved this answer in another window too")
    other.sees("Written in the first tab", "Written in the second tab")
    other.presses("Save and continue", status=422)
    other.sees("There is a problem")
    other.chooses("Both, as I put them together below")
    other.presses("Save and continue")
    answer = WrittenAnswer.objects.get(self_assessment=found, question=first)
    assert "Written in the first tab" in answer.text
    assert "Written in the second tab" in answer.text


def test_a_colleague_writes_and_cannot_send(
    world: World, comes_in: Enter, budget: Callable[..., None]
) -> None:
    round = world.opened()
    authority = world.authorities[0]
    found = own_self_assessment(round, authority)
    section = round.sections.all()[1]
    helper = world.person(Role.AUTHORITY_OFFICER, authority)
    colleague = comes_in(helper)
    colleague.opens("/")
    colleague.presses("Start the self-assessment")
    colleague.presses(section.title)
    questions = list(section.questions.all())
    for question in questions:
        colleague.sees_heading(question.text)
        colleague.types("What we know.", question.text)
        colleague.presses("Save and continue")
    assert found.answers.filter(saved_by=helper).count() == len(questions)
    budget(
        f"colleague, a section of {len(questions)} questions",
        colleague.clicks,
        most=2 + len(questions),
        wanted=6,
    )
    complete(found, by=world.directors[0])
    colleague.opens(f"/self-assessment/{found.pk}/check")
    colleague.sees("Only the director of children’s services sends the self-assessment.")
    colleague.cannot_press("Send to the board")


def complete(found: SelfAssessment, *, by: User) -> None:
    answered = dict(found.answers.values_list("question", "version"))
    for question in questions_of(found.participation.round):
        version = answered.get(question.pk, 0)
        actions.save_answer(found, question, "Complete.", version=version, by=by)
    actions.choose_area(found, area=found.participation.round.areas.first(), by=by)
