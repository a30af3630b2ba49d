"""Signatures under a self-assessment, where the round asks for more than the director's."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from authorities.models import User
from authorities.states import Role
from peerchallenge.queries.home import home_of
from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.models import Participation, Round, SelfAssessment
from rounds.queries.giving import Gift
from rounds.states import SelfAssessmentState as S
from tests.world import World, fresh, run_effects


@pytest.fixture
def written(world: World, part: Participation) -> SelfAssessment:
    """Complete, in a round that asks for the lead member and the chief executive too."""
    data = {**part.round.format_data, "sign_offs": ["director", "lead_member", "chief_executive"]}
    Round.objects.filter(pk=part.round_id).update(format_data=data)
    world.answered(part)
    return SelfAssessment.objects.with_round().get(participation=part)


@pytest.fixture
def signers(world: World, written: SelfAssessment) -> list[User]:
    return [world.person(Role.LEAD_MEMBER), world.person(Role.CHIEF_EXECUTIVE)]


@pytest.fixture
def asked(written: SelfAssessment, signers: list[User], director: User) -> SelfAssessment:
    return actions.ask_for_signatures(written, by=director)


def subjects(to: User) -> list[str]:
    run_effects()
    return [one.subject for one in mail.outbox if one.to == [to.email]]


def test_it_is_sent_once_everybody_has_signed_and_the_names_are_kept(
    asked: SelfAssessment, signers: list[User], director: User
) -> None:
    for user in signers:
        assert "Please sign our self-assessment" in subjects(user)
        with pytest.raises(Refused, match="not signed yet by the"):
            actions.submit_self_assessment(asked, by=director)
        actions.sign_self_assessment(asked, by=user)
    assert "Your self-assessment is signed" in subjects(director)
    sent = actions.submit_self_assessment(asked, by=director)
    names = [one.name for one in sent.versions.get().frozen.sign_offs]
    assert names == [signers[0].name, signers[1].name, director.name]


def test_it_is_not_sent_past_those_who_sign(written: SelfAssessment, director: User) -> None:
    with pytest.raises(Refused, match="lead member and the chief executive"):
        actions.submit_self_assessment(written, by=director)


def test_nobody_writes_while_it_is_out_for_signature(asked: SelfAssessment, director: User) -> None:
    answer = asked.answers.first()
    with pytest.raises(Refused, match="with those who sign it"):
        actions.save_answer(asked, answer.question, "Other.", version=1, by=director)


def test_taken_back_it_loses_its_signatures(
    asked: SelfAssessment, signers: list[User], director: User
) -> None:
    actions.sign_self_assessment(asked, by=signers[0])
    back = actions.back_to_writing(asked, by=director)
    assert (back.state, back.sign_offs.count()) == (S.DRAFTING, 0)
    assert "Your self-assessment was given back" not in subjects(director)


def test_given_back_with_a_comment_the_director_is_told_and_the_mail_holds_no_comment(
    asked: SelfAssessment, signers: list[User], director: User
) -> None:
    back = actions.back_to_writing(asked, comment="tokreason", by=signers[1])
    assert back.state == S.DRAFTING
    assert "Your self-assessment was given back" in subjects(director)
    assert not any("tokreason" in str(one.body) for one in mail.outbox)


def test_only_the_post_holder_signs_and_once(
    asked: SelfAssessment, signers: list[User], director: User, world: World
) -> None:
    for user in (director, world.person(Role.AUTHORITY_OFFICER), world.officer):
        with pytest.raises(Refused, match="Only those whose signature"):
            actions.sign_self_assessment(asked, by=user)
    actions.sign_self_assessment(asked, by=signers[0])
    with pytest.raises(Refused, match="signed it already"):
        actions.sign_self_assessment(asked, by=fresh(signers[0]))


def test_nobody_else_takes_it_back_to_be_written(asked: SelfAssessment, world: World) -> None:
    others = (world.person(Role.AUTHORITY_OFFICER), world.directors[1], world.officer)
    for user in others:
        with pytest.raises(Refused, match="Only those whose signature"):
            actions.back_to_writing(asked, comment="tokreason", by=user)


def test_returned_by_the_board_it_is_signed_anew(
    asked: SelfAssessment, signers: list[User], director: User, world: World
) -> None:
    for user in signers:
        actions.sign_self_assessment(asked, by=user)
    actions.submit_self_assessment(asked, by=director)
    back = actions.return_self_assessment(asked, reason="Say more.", by=world.officer)
    assert back.sign_offs.count() == 0


def test_the_pages_lead_from_sending_for_sign_off_to_sending(
    written: SelfAssessment, signers: list[User], director: User
) -> None:
    boss, page = Client(), reverse("self_assessment_check", args=[written.pk])
    boss.force_login(director)
    assert "Send for sign-off" in boss.get(page).content.decode()
    assert boss.post(reverse("self_assessment_sign_off", args=[written.pk])).url == page
    assert "Take it back to be changed" in boss.get(page).content.decode()
    for user in signers:
        client, sign = Client(), reverse("self_assessment_sign", args=[written.pk])
        client.force_login(user)
        assert "tokanswer" in client.get(sign).content.decode()
        for _ in range(2):  # pressed twice
            assert client.post(sign, {"act": "sign"}).status_code == 302
        assert "You have signed it already." in client.get(sign).content.decode()
    assert "Send to the board" in boss.get(page).content.decode()
    assert boss.post(page).url == reverse("self_assessment_sent", args=[written.pk])


def needed(user: User) -> list[tuple[str, str, str]]:
    return [(one.title, one.url, one.status) for one in home_of(fresh(user)).needs]


def test_home_asks_those_who_sign_and_tells_the_director_who_has_not(
    asked: SelfAssessment, signers: list[User], director: User
) -> None:
    authority = asked.participation.authority
    sign = reverse("self_assessment_sign", args=[asked.pk])
    check = reverse("self_assessment_check", args=[asked.pk])
    for user in signers:
        assert needed(user) == [(f"Sign the self-assessment of {authority}", sign, "Overdue")]
    assert needed(director) == [("Self-assessment out for signature", check, "Waiting")]
    hint = home_of(fresh(director)).needs[0].hint
    assert hint.startswith("Not signed yet by the lead member and the chief executive.")
    actions.sign_self_assessment(asked, by=signers[0])
    assert needed(signers[0]) == []
    assert (
        home_of(fresh(director)).needs[0].hint.startswith("Not signed yet by the chief executive.")
    )
    actions.sign_self_assessment(asked, by=signers[1])
    assert needed(director) == [("Send the self-assessment", check, "Overdue")]


def test_home_tells_the_director_that_it_was_given_back_until_it_is_out_again(
    asked: SelfAssessment, signers: list[User], director: User
) -> None:
    actions.back_to_writing(asked, comment="tokreason", by=signers[0])
    change = "Change the self-assessment: it was given back unsigned"
    tasks = reverse("self_assessment", args=[asked.pk])
    assert needed(director) == [(change, tasks, "Overdue")]
    assert needed(signers[0]) == []
    actions.ask_for_signatures(asked, by=director)
    actions.back_to_writing(asked, by=director)
    assert needed(director)[0][0] == "Finish the self-assessment and send it"


def test_the_task_list_leads_those_who_sign_to_the_text(
    asked: SelfAssessment, signers: list[User], director: User
) -> None:
    tasks = reverse("self_assessment", args=[asked.pk])
    sign = reverse("self_assessment_sign", args=[asked.pk])

    def page(user: User) -> str:
        client = Client()
        client.force_login(user)
        return client.get(tasks).content.decode()

    for user in signers:
        assert f'href="{sign}"' in page(user)
        assert f"Not signed yet: {user.name}" in page(director)
        actions.sign_self_assessment(asked, by=user)
        assert f'href="{sign}"' not in page(fresh(user))
        assert f"Signed by {user}" in page(director)
    assert f'href="{sign}"' not in page(director)
    assert "Send it, or take it back" in page(director)


def test_why_it_was_given_back_stands_on_the_task_list_and_colleagues_do_not_see_it(
    asked: SelfAssessment, signers: list[User], director: User, world: World
) -> None:
    back = actions.back_to_writing(asked, comment="Say <b>more</b>.", by=signers[0])
    colleague = world.person(Role.COLLEAGUE)
    section = back.participation.round.sections.first()
    actions.give_sections(back, [Gift(section, colleague)], by=director)
    pages = {}
    for user in (director, signers[1], colleague):
        client = Client()
        client.force_login(fresh(user))
        pages[user.pk] = client.get(reverse("self_assessment", args=[back.pk])).content.decode()
    for user in (director, signers[1]):
        assert f"{signers[0].name} gave it back unsigned" in pages[user.pk]
        assert "Say &lt;b&gt;more&lt;/b&gt;." in pages[user.pk]
    assert str(section) in pages[colleague.pk]
    assert "gave it back unsigned" not in pages[colleague.pk]


def test_officers_see_in_their_list_who_has_not_signed(
    asked: SelfAssessment, signers: list[User], world: World
) -> None:
    client = Client()
    client.force_login(world.officer)
    address = reverse("round_self_assessments", args=[asked.participation.round_id])

    def said() -> set[str]:
        return {row.unsigned for row in client.get(address).context["rows"]}

    assert said() == {"", "Not signed yet by the lead member and the chief executive"}
    assert "Not signed yet by the lead member" in client.get(address).content.decode()
    for user in signers:
        actions.sign_self_assessment(asked, by=user)
    assert said() == {"", "Signed, not sent yet"}


def test_those_who_sign_do_not_read_that_they_could_take_it_back(
    asked: SelfAssessment, signers: list[User], client: Client
) -> None:
    client.force_login(signers[0])
    page = client.get(reverse("self_assessment", args=[asked.pk])).text
    assert "locked while it is out for signature" in page
    assert "Taken back, it can be changed" not in page
