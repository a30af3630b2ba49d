"""Sections are given to colleagues, several at once, and come back."""

from __future__ import annotations

import pytest
from django.core import mail

from authorities import actions as authorities
from authorities.models import Invitation, User
from authorities.states import Role
from peerchallenge.audit.actions import CLOCK
from peerchallenge.audit.models import Event
from peerchallenge.outbox.models import Effect
from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.models import GivenSection, Section, SelfAssessment
from rounds.queries.giving import Gift
from rounds.states import GivenState, SelfAssessmentState
from tests.world import World, fresh, run_effects


@pytest.fixture
def sections(own: SelfAssessment) -> list[Section]:
    return list(own.participation.round.sections.all())


@pytest.fixture
def colleague(world: World) -> User:
    return world.person(Role.COLLEAGUE)


def mails_about(act: object) -> list[tuple[str, str]]:
    run_effects()
    mail.outbox.clear()
    act()
    run_effects()
    return [(one.to[0], one.subject) for one in mail.outbox]


def test_sections_given_at_once_are_told_in_one_mail_to_each(
    own: SelfAssessment, sections: list[Section], colleague: User, director: User, world: World
) -> None:
    other = world.person(Role.AUTHORITY_OFFICER)
    gifts = [Gift(sections[0], colleague), Gift(sections[1], colleague), Gift(sections[2], other)]
    found = mails_about(lambda: actions.give_sections(own, gifts, by=director))
    subject = "Please write part of our self-assessment"
    assert sorted(found) == sorted([(colleague.email, subject), (other.email, subject)])
    assert Event.objects.filter(verb="section.given").count() == 3


def test_a_newcomer_is_invited_once_and_holds_the_sections_once_they_accept(
    own: SelfAssessment, sections: list[Section], director: User
) -> None:
    gifts = [Gift(section, email="New@Example.org", name="Newcomer") for section in sections[:2]]
    found = mails_about(lambda: actions.give_sections(own, gifts, by=director))
    assert [to for to, _ in found] == ["new@example.org"]
    invitation = Invitation.objects.get()
    assert invitation.role == Role.COLLEAGUE
    assert not SelfAssessment.objects.filter(given__invitation__accepted_by__isnull=False).exists()
    authorities.draw_invitation(invitation, by=CLOCK)
    user = authorities.accept_invitation(invitation, password="pelican teapot quarry", by=None)
    held = GivenSection.objects.held_by(fresh(user))
    assert [row.section for row in held] == sections[:2]


def test_an_address_of_somebody_who_works_there_gives_it_to_them_by_name(
    own: SelfAssessment, sections: list[Section], colleague: User, director: User
) -> None:
    gift = Gift(sections[0], email=colleague.email.upper(), name="Anything")
    (row,) = actions.give_sections(own, [gift], by=director)
    assert (row.user, row.invitation, Invitation.objects.count()) == (colleague, None, 0)


def test_nobody_from_elsewhere_is_given_a_section_by_name(
    own: SelfAssessment, sections: list[Section], director: User, world: World
) -> None:
    with pytest.raises(Refused, match="does not work for"):
        actions.give_sections(own, [Gift(sections[0], world.directors[1])], by=director)
    assert GivenSection.objects.count() == 0


def test_a_section_is_with_one_person_at_a_time_and_all_or_none_are_given(
    own: SelfAssessment, sections: list[Section], colleague: User, director: User, world: World
) -> None:
    actions.give_sections(own, [Gift(sections[0], colleague)], by=director)
    other = world.person(Role.COLLEAGUE)
    gifts = [Gift(sections[1], other), Gift(sections[0], other)]
    with pytest.raises(Refused, match="take it back first"):
        actions.give_sections(own, gifts, by=director)
    assert GivenSection.objects.count() == 1


def test_only_the_director_gives(
    own: SelfAssessment, sections: list[Section], colleague: User, world: World
) -> None:
    for user in (world.person(Role.AUTHORITY_OFFICER), world.officer, world.directors[1]):
        with pytest.raises(Refused, match="Only the director"):
            actions.give_sections(own, [Gift(sections[0], colleague)], by=user)


def test_a_section_goes_there_and_back_and_is_checked(
    own: SelfAssessment, sections: list[Section], colleague: User, director: User
) -> None:
    (row,) = actions.give_sections(own, [Gift(sections[0], colleague)], by=director)
    found = mails_about(lambda: actions.say_section_ready(row, by=colleague))
    assert found == [(director.email, f"A section is ready to check: {sections[0]}")]
    found = mails_about(lambda: actions.return_section(row, comment="tokreason", by=director))
    assert found == [(colleague.email, f"A section is back with you: {sections[0]}")]
    assert "tokreason" not in str(mail.outbox[-1].body)
    actions.say_section_ready(row, by=colleague)
    row = actions.check_section(row, by=director)
    assert (row.state, row.comment) == (GivenState.CHECKED, "tokreason")
    verbs = Event.objects.filter(verb__startswith="section.").order_by("pk")
    assert [event.verb for event in verbs] == [
        "section.given",
        "section.ready",
        "section.returned",
        "section.ready",
        "section.checked",
    ]


def test_who_wrote_a_section_or_works_elsewhere_neither_checks_nor_returns_it(
    own: SelfAssessment, sections: list[Section], colleague: User, director: User, world: World
) -> None:
    (row,) = actions.give_sections(own, [Gift(sections[0], colleague)], by=director)
    actions.say_section_ready(row, by=colleague)
    for user in (colleague, world.person(Role.LEAD_MEMBER), world.officer, world.directors[1]):
        with pytest.raises(Refused, match="Only the director and the authority’s officers"):
            actions.check_section(row, by=user)
        with pytest.raises(Refused, match="Only the director and the authority’s officers"):
            actions.return_section(row, comment="Shorter", by=user)
    assert GivenSection.objects.get().state == GivenState.READY


def test_what_was_taken_back_can_be_given_to_somebody_else_and_nobody_is_told_twice(
    own: SelfAssessment, sections: list[Section], colleague: User, director: User, world: World
) -> None:
    (row,) = actions.give_sections(own, [Gift(sections[0], colleague)], by=director)
    actions.take_back_section(row, by=director)
    run_effects()
    assert mail.outbox == [] or colleague.email not in [one.to[0] for one in mail.outbox]
    other = world.person(Role.COLLEAGUE)
    (again,) = actions.give_sections(own, [Gift(sections[0], other)], by=director)
    assert again.holder == other
    assert Effect.objects.filter(task="rounds.tell_section_given").count() == 2


def test_nothing_is_given_once_it_is_sent(
    own: SelfAssessment, sections: list[Section], colleague: User, director: User
) -> None:
    SelfAssessment.objects.update(state=SelfAssessmentState.WITH_SIGN_OFF)
    with pytest.raises(Refused, match="with those who sign it"):
        actions.give_sections(own, [Gift(sections[0], colleague)], by=director)


def test_only_the_director_takes_a_section_back(
    own: SelfAssessment, sections: list[Section], colleague: User, director: User, world: World
) -> None:
    (row,) = actions.give_sections(own, [Gift(sections[0], colleague)], by=director)
    for user in (colleague, world.person(Role.AUTHORITY_OFFICER), world.directors[1]):
        with pytest.raises(Refused, match="Only the director of children’s services takes"):
            actions.take_back_section(row, by=user)
