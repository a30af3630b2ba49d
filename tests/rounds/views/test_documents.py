"""A self-assessment and a round's states and answers, taken away as files."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from authorities.models import User
from peerchallenge.audit.actions import CLOCK, history_of
from peerchallenge.outbox.models import Effect, EffectState
from rounds import actions
from rounds.models import Participation, SelfAssessment, SentVersion
from rounds.queries import frozen_content
from rounds.tasks import render_self_assessment
from tests.world import ANSWER_TOKEN, World

SignIn = Callable[[User], Client]


@pytest.fixture
def sent(world: World, part: Participation) -> SelfAssessment:
    found = world.sent(part)
    return SelfAssessment.objects.with_round().get(pk=found.pk)


@pytest.fixture
def version(sent: SelfAssessment, director: User) -> SentVersion:
    """The first version that was sent."""
    found = sent.versions.first()
    if found:
        return found
    content = frozen_content(sent, version=1, sent_on=timezone.localdate(), sent_by="Ann")
    return sent.versions.create(
        number=1, content=content.to_json(), sent_at=timezone.now(), sent_by=director
    )


def pdf(found: SelfAssessment) -> str:
    return reverse("self_assessment_pdf", args=[found.pk])


def word(found: SelfAssessment) -> str:
    return reverse("self_assessment_docx", args=[found.pk])


def text_of(response: Any) -> str:
    return "\n".join(p.text for p in docx.Document(io.BytesIO(response.content)).paragraphs)


def test_the_pdf_is_made_once_and_downloaded_by_an_officer(
    version: SentVersion, sent: SelfAssessment, world: World, signed_in: SignIn
) -> None:
    render_self_assessment(version.pk)
    kept = bytes(SentVersion.objects.get(pk=version.pk).pdf or b"")
    render_self_assessment(version.pk)
    response = signed_in(world.officer).get(pdf(sent))
    assert (response["Content-Type"], response.content) == ("application/pdf", kept)
    assert "attachment" in response["Content-Disposition"]
    verbs = [event.verb for event in history_of(sent)]
    assert (verbs[0], verbs.count("self_assessment.pdf_made")) == ("self_assessment.downloaded", 1)


def test_while_it_is_made_and_when_it_failed_the_page_says_so(
    version: SentVersion, sent: SelfAssessment, director: User, signed_in: SignIn
) -> None:
    client = signed_in(director)
    assert "being made" in client.get(pdf(sent)).content.decode()
    Effect.objects.create(
        task="rounds.render_self_assessment",
        argument=version.pk,
        state=EffectState.FAILED,
        sweep_after=timezone.now(),
        ended_at=timezone.now(),
    )
    assert "could not be made" in client.get(pdf(sent)).content.decode()


def test_a_pdf_made_of_what_was_purged_since_is_not_kept(version: SentVersion) -> None:
    made_of = version.frozen
    SentVersion.objects.filter(pk=version.pk).update(content={**version.content, "area": "Other"})
    with pytest.raises(Exception, match="made again"):
        actions.keep_pdf(version, made_of, b"%PDF", by=CLOCK)


def test_its_own_people_take_a_draft_away_that_says_so(
    world: World, part: Participation, director: User, signed_in: SignIn
) -> None:
    own = world.answered(part)
    said = text_of(signed_in(director).get(word(own)))
    assert said.startswith("Draft.")
    assert ANSWER_TOKEN in said
    assert "no PDF yet" in signed_in(director).get(pdf(own)).content.decode()


def test_an_officer_takes_the_sent_text_away_but_no_draft(
    version: SentVersion, sent: SelfAssessment, world: World, signed_in: SignIn
) -> None:
    client = signed_in(world.officer)
    said = text_of(client.get(word(sent)))
    assert not said.startswith("Draft.")
    assert ANSWER_TOKEN in said
    actions.return_self_assessment(sent, reason="Say more", by=world.officer)
    assert client.get(word(sent)).status_code == 404


def test_a_version_that_was_never_sent_is_no_page(
    version: SentVersion, sent: SelfAssessment, director: User, signed_in: SignIn
) -> None:
    client = signed_in(director)
    for number in ("7", "0", "x", "9" * 40):
        assert client.get(pdf(sent), {"version": number}).status_code == 404


def rows_of(response: Any) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(response.content)).active.values)


def test_officers_get_the_states_of_a_round_but_no_answers_in_them(
    sent: SelfAssessment, world: World, signed_in: SignIn
) -> None:
    address = reverse("round_self_assessments_xlsx", args=[sent.participation.round_id])
    rows = rows_of(signed_in(world.officer).get(address))
    states = {row[0]: row[2] for row in rows[1:]}
    others = {authority.name: "Not started" for authority in world.authorities[1:]}
    assert states == {world.authorities[0].name: "Submitted", **others}
    assert ANSWER_TOKEN not in str(rows)


def test_officers_get_the_answers_where_the_round_lets_them(
    version: SentVersion, sent: SelfAssessment, world: World, signed_in: SignIn
) -> None:
    round, client = sent.participation.round, signed_in(world.officer)
    address = reverse("round_answers_xlsx", args=[round.pk])
    written = {row[6] for row in rows_of(client.get(address))[1:]}
    assert written >= {answer.text for answer in sent.answers.all()}
    assert history_of(sent).first().verb == "self_assessment.downloaded"
    round.format_data["readers"]["self_assessment_submitted"]["board_officer"] = "status"
    round.save()
    assert client.get(address).status_code == 403
