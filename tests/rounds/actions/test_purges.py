"""A purged text is nowhere: one person asks, another carries it out."""

import pytest
from django.apps import apps
from django.db.utils import IntegrityError
from django.test import Client
from django.urls import reverse

from authorities.states import Role
from peerchallenge.audit.models import Event
from peerchallenge.outbox.models import Effect
from peerchallenge.shared.answers import Refused
from rounds import actions
from rounds.models import Purge, Question, SelfAssessment, SentVersion
from tests.world import World, fresh, run_effects

SECRET = "tokpurge"


def everywhere(token: str) -> list[str]:
    """Each table and column that holds the token, in whatever form it is kept."""
    found = []
    for model in apps.get_models():
        for row in model._default_manager.values():
            found += [
                f"{model.__name__}.{name}" for name, value in row.items() if token in str(value)
            ]
    return sorted(set(found))


@pytest.fixture
def sent(world: World) -> SelfAssessment:
    """Sent with a secret in one answer, which is carried into a later round too."""
    part = world.opened().participations.get(authority=world.authorities[0])
    own = world.answered(part)
    question = _question(own)
    answer = own.answers.get(question=question)
    actions.save_answer(
        own, question, f"{SECRET} said", version=answer.version, by=world.directors[0]
    )
    actions.submit_self_assessment(own, by=world.directors[0])
    later = world.next_round().participations.get(authority=world.authorities[0]).self_assessment
    assert SECRET in later.answers.get(question=_question(later)).text
    return SelfAssessment.objects.get(pk=own.pk)


def _question(own: SelfAssessment) -> Question:
    return Question.objects.filter(section__round=own.participation.round).first()


@pytest.mark.django_db
class TestPurging:
    def test_the_text_is_nowhere_afterwards(self, world: World, sent: SelfAssessment) -> None:
        assert everywhere(SECRET) == ["SentVersion.content", "WrittenAnswer.text"]
        administrator = world.person(Role.SYSTEM_ADMINISTRATOR)
        purge = actions.ask_for_purge(
            sent, _question(sent), reason="A number", by=fresh(world.directors[0])
        )
        before = SentVersion.objects.get(self_assessment=sent).pdf_sha256
        actions.purge_answer(purge, by=administrator)
        run_effects()
        assert everywhere(SECRET) == []
        made_anew = SentVersion.objects.get(self_assessment=sent)
        assert made_anew.pdf
        assert made_anew.pdf_sha256 != before
        assert list(Effect.objects.exclude(state="done")) == []

    def test_what_was_done_is_written_down_without_the_text(
        self, world: World, sent: SelfAssessment
    ) -> None:
        purge = actions.ask_for_purge(sent, _question(sent), reason="A number", by=world.officer)
        actions.purge_answer(purge, by=world.person(Role.SYSTEM_ADMINISTRATOR))
        event = Event.objects.get(verb="self_assessment.answer_purged")
        assert (event.details["answers"], event.details["versions"]) == (2, 1)

    def test_an_open_page_cannot_save_it_again_unseen(
        self, world: World, sent: SelfAssessment
    ) -> None:
        question = _question(sent)
        version = sent.answers.get(question=question).version
        purge = actions.ask_for_purge(sent, question, reason="A number", by=world.officer)
        actions.purge_answer(purge, by=world.person(Role.SYSTEM_ADMINISTRATOR))
        actions.return_self_assessment(sent, reason="Again", by=world.officer)
        with pytest.raises(actions.OverwriteRefused):
            actions.save_answer(
                sent, question, f"{SECRET} again", version=version, by=world.directors[0]
            )

    def test_whoever_asked_cannot_carry_it_out(self, world: World, sent: SelfAssessment) -> None:
        officer = world.officer
        officer.memberships.create(role=Role.SYSTEM_ADMINISTRATOR)
        purge = actions.ask_for_purge(sent, _question(sent), reason="A number", by=fresh(officer))
        with pytest.raises(Refused, match="another system administrator"):
            actions.purge_answer(purge, by=fresh(officer))
        with pytest.raises(IntegrityError):
            Purge.objects.filter(pk=purge.pk).update(done_by=officer, done_at=purge.asked_at)

    def test_only_a_system_administrator_carries_it_out(
        self, world: World, sent: SelfAssessment
    ) -> None:
        purge = actions.ask_for_purge(sent, _question(sent), reason="A number", by=world.officer)
        for user in (world.directors[0], world.person(Role.BOARD_OFFICER)):
            with pytest.raises(Refused, match="Only a system administrator"):
                actions.purge_answer(purge, by=fresh(user))

    def test_asking_twice_is_refused(self, world: World, sent: SelfAssessment) -> None:
        actions.ask_for_purge(sent, _question(sent), reason="A number", by=world.officer)
        with pytest.raises(Refused, match="asked for already"):
            actions.ask_for_purge(sent, _question(sent), reason="A number", by=world.officer)
        assert Purge.objects.count() == 1


@pytest.mark.django_db
def test_from_asking_to_gone_in_the_pages(
    world: World, sent: SelfAssessment, client: Client
) -> None:
    client.force_login(world.directors[0])
    ask = reverse("self_assessment_purge", args=[sent.pk])
    assert client.post(ask, {"reason": ""}).status_code == 200
    client.post(ask, {"question": _question(sent).pk, "reason": "It holds a number"})
    purge = Purge.objects.get()
    client.force_login(world.person(Role.SYSTEM_ADMINISTRATOR))
    page = client.get(reverse("purge", args=[purge.pk])).content.decode()
    assert "2 answers" in page
    assert "1 sent version" in page
    assert SECRET not in page
    for _ in range(2):
        assert client.post(reverse("purge", args=[purge.pk])).status_code == 302
    assert everywhere(SECRET) == []
    assert "Purged by" in client.get(reverse("purges")).content.decode()


@pytest.mark.django_db
def test_directors_and_the_chair_see_no_list_of_what_is_to_be_purged(
    world: World, client: Client
) -> None:
    for user in (world.directors[0], world.chair):
        client.force_login(user)
        assert client.get(reverse("purges")).status_code == 403
