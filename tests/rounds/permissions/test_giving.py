"""Who writes in a section given to a colleague, and who sees it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from authorities.models import Membership, User
from authorities.states import Role
from rounds import permissions
from rounds.models import GivenSection, Participation, Question, Round, Section, SelfAssessment
from rounds.queries.giving import sections_seen_by
from rounds.states import AnsweredBy, GivenState, RoundState, SelfAssessmentState
from tests.world import World, fresh

G, S = GivenState, SelfAssessmentState


@pytest.fixture
def colleague(world: World, part: Participation) -> User:
    return world.person(Role.COLLEAGUE, part.authority)


@pytest.fixture
def given(own: SelfAssessment, question: Question, colleague: User, director: User) -> GivenSection:
    """The first section, with a colleague."""
    return own.given.create(section=question.section, user=colleague, given_by=director)


def writes(user: User, own: SelfAssessment, question: Question) -> bool:
    return bool(permissions.write_answer(fresh(user), own, question))


def test_a_colleague_writes_in_their_section_while_it_is_with_them(
    given: GivenSection, own: SelfAssessment, question: Question, colleague: User
) -> None:
    found = {}
    for state in G.values:
        GivenSection.objects.update(state=state)
        found[state] = writes(colleague, own, question)
    assert {state for state, may in found.items() if may} == {"given", "back"}


def test_a_colleague_writes_only_while_the_self_assessment_is_open(
    given: GivenSection, own: SelfAssessment, question: Question, colleague: User
) -> None:
    found = set()
    for state in S.values:
        own.state = state
        if writes(colleague, own, question):
            found.add(state)
    assert found == {"not_started", "drafting", "returned"}


def test_a_colleague_writes_in_no_other_section(
    given: GivenSection, own: SelfAssessment, colleague: User
) -> None:
    others = Question.objects.exclude(section=given.section)
    assert others.count() > 0
    assert not any(writes(colleague, own, question) for question in others)
    answer = permissions.write_answer(colleague, own, others.first())
    assert answer.reason == "You write only in the sections that were given to you."


def test_a_section_of_one_authority_opens_nothing_of_another(
    given: GivenSection, question: Question, colleague: User, part: Participation
) -> None:
    other = SelfAssessment.objects.exclude(participation=part).first()
    assert not writes(colleague, other, question)
    assert not permissions.read_section(colleague, other, given.section)
    assert not SelfAssessment.objects.visible_to(colleague).filter(pk=other.pk).exists()


def test_a_question_for_the_director_is_answered_by_nobody_else(
    world: World, given: GivenSection, own: SelfAssessment, question: Question, colleague: User
) -> None:
    question.answered_by = AnsweredBy.DIRECTOR
    officer = world.person(Role.AUTHORITY_OFFICER)
    assert writes(world.directors[0], own, question)
    for user in (officer, colleague):
        answer = permissions.write_answer(user, own, question)
        assert answer.reason == "Only the director of children’s services answers this question."


def test_a_question_taken_out_is_answered_by_nobody(
    own: SelfAssessment, question: Question, director: User
) -> None:
    question.withdrawn_at = timezone.now()
    answer = permissions.write_answer(director, own, question)
    assert answer.reason == "The board has taken this question out of the round."


@pytest.mark.parametrize("over", ["role", "account", "taken back", "round"])
def test_what_a_colleague_sees_ends_at_once(
    given: GivenSection,
    own: SelfAssessment,
    question: Question,
    colleague: User,
    over: str,
) -> None:
    assert permissions.read_section(fresh(colleague), own, given.section)
    yesterday = timezone.localdate() - timedelta(days=1)
    {
        "role": lambda: Membership.objects.filter(user=colleague).update(to_date=yesterday),
        "account": lambda: User.objects.filter(pk=colleague.pk).update(is_active=False),
        "taken back": lambda: GivenSection.objects.update(state=G.ENDED),
        "round": lambda: Round.objects.update(state=RoundState.CLOSED),
    }[over]()
    user = fresh(colleague)
    own = SelfAssessment.objects.get(pk=own.pk)
    assert not permissions.read_section(user, own, given.section)
    assert not permissions.write_answer(user, own, question)
    assert not SelfAssessment.objects.visible_to(user).exists()
    assert not GivenSection.objects.visible_to(user).exists()


def test_a_colleague_sees_their_sections_and_the_authoritys_people_all(
    world: World, given: GivenSection, own: SelfAssessment, colleague: User
) -> None:
    every = list(Section.objects.all())
    assert list(sections_seen_by(colleague, own)) == [given.section]
    assert not permissions.read_whole(colleague, own)
    for user in (world.directors[0], world.person(Role.LEAD_MEMBER)):
        assert list(sections_seen_by(user, own)) == every
        assert permissions.read_whole(user, own)
    assert list(sections_seen_by(world.directors[1], own)) == []


def test_a_lead_member_who_was_given_a_section_writes_in_it_alone(
    world: World, own: SelfAssessment, question: Question, director: User
) -> None:
    member = world.person(Role.LEAD_MEMBER)
    assert not writes(member, own, question)
    own.given.create(section=question.section, user=member, given_by=director)
    assert writes(member, own, question)
    other = Question.objects.exclude(section=question.section).first()
    answer = permissions.write_answer(member, own, other)
    assert (
        answer.reason == "Only the director and the authority’s officers write the self-assessment."
    )


STANDS = {
    permissions.say_section_ready: {"colleague": {"given", "back"}},
    permissions.check_section: {"director": {"ready"}, "officer": {"ready"}},
    permissions.return_section: {
        "director": {"ready", "checked"},
        "officer": {"ready", "checked"},
    },
    permissions.take_back_section: {"director": {"given", "ready", "back", "checked"}},
}


@pytest.mark.parametrize("ask", STANDS, ids=lambda ask: ask.__name__)
def test_who_moves_a_given_section_from_each_state(
    world: World, given: GivenSection, colleague: User, director: User, ask: object
) -> None:
    people = {
        "colleague": colleague,
        "director": director,
        "officer": world.person(Role.AUTHORITY_OFFICER),
        "lead_member": world.person(Role.LEAD_MEMBER),
        "other_colleague": world.person(Role.COLLEAGUE),
        "other_director": world.directors[1],
        "board_officer": world.officer,
    }
    found: dict[str, set[str]] = {}
    for state in G.values:
        GivenSection.objects.update(state=state)
        given.refresh_from_db()
        for name, user in people.items():
            if ask(fresh(user), given):
                found.setdefault(name, set()).add(state)
    assert found == STANDS[ask]
