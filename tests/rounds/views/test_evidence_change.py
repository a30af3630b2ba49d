"""What a document is called, and its date: put right by those who write there."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from peerchallenge.audit.actions import history_of
from rounds import actions
from rounds.models import Evidence, SelfAssessment
from tests.rounds.views.test_evidence import DATED, attached, signed_in, store
from tests.world import World

# Documents of these tests are kept where those of the others are.
__all__ = ["store"]


def change_address(evidence: Evidence) -> str:
    return reverse("evidence_change", args=[evidence.pk])


def said(evidence: Evidence, **more: Any) -> dict[str, Any]:
    """What the page of a document sends back, with another title."""
    return {"title": "Quarterly figures", **DATED, "seen": evidence.seen, **more}


def test_a_document_is_called_otherwise_and_its_date_put_right(
    world: World, own: SelfAssessment
) -> None:
    director = world.directors[0]
    evidence = attached(own, director)
    client = signed_in(director)
    listed = reverse("self_assessment_evidence", args=[own.pk])
    assert change_address(evidence) in client.get(listed).content.decode()
    page = client.get(change_address(evidence)).content.decode()
    assert ('value="Annual figures"' in page, 'value="2026"' in page) == (True, True)
    data = said(evidence, document_date_year="2025")
    answer = client.post(change_address(evidence), data, follow=True)
    assert "“Quarterly figures” is saved." in answer.content.decode()
    changed = Evidence.objects.get()
    assert (changed.title, changed.document_date) == ("Quarterly figures", date(2025, 4, 3))
    assert (changed.sha256, changed.file.name) == (evidence.sha256, evidence.file.name)
    verbs = [event.verb for event in history_of(own)]
    assert verbs.count("self_assessment.evidence_changed") == 1


def test_pressed_twice_it_is_changed_once(world: World, own: SelfAssessment) -> None:
    evidence = attached(own, world.directors[0])
    client, data = signed_in(world.directors[0]), said(evidence)
    assert [client.post(change_address(evidence), data).status_code for _ in range(2)] == [302, 302]
    verbs = [event.verb for event in history_of(own)]
    assert verbs.count("self_assessment.evidence_changed") == 1


def test_two_who_change_it_at_once_both_see_what_the_other_wrote(
    world: World, own: SelfAssessment
) -> None:
    evidence = attached(own, world.directors[0])
    client = signed_in(world.directors[0])
    client.post(change_address(evidence), said(evidence, title="<b>Theirs</b>"))
    answer = client.post(change_address(evidence), said(evidence, title="Mine"))
    page = answer.content.decode()
    assert "&lt;b&gt;Theirs&lt;/b&gt;" in page
    assert 'value="Mine"' in page
    assert Evidence.objects.get().title == "<b>Theirs</b>"
    now = Evidence.objects.get()
    assert client.post(change_address(evidence), said(now, title="Mine")).status_code == 302
    assert Evidence.objects.get().title == "Mine"


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"title": ""}, "Enter what the document is"),
        ({"title": "x" * 161}, "160 characters or less"),
        ({"title": "a\x00b"}, "Remove the characters that cannot be kept"),
        ({"document_date_year": "2999"}, "must be the same as or before"),
        ({"document_date_day": "31", "document_date_month": "2"}, "must be a real date"),
    ],
)
def test_what_a_document_cannot_be_called_is_refused(
    world: World, own: SelfAssessment, more: dict[str, str], says: str
) -> None:
    evidence = attached(own, world.directors[0])
    client = signed_in(world.directors[0])
    assert says in client.post(change_address(evidence), said(evidence, **more)).content.decode()
    assert Evidence.objects.get().title == "Annual figures"


def test_what_has_been_removed_is_not_changed(world: World, own: SelfAssessment) -> None:
    evidence = attached(own, world.directors[0])
    actions.remove_evidence(evidence, by=world.directors[0])
    client = signed_in(world.directors[0])
    answer = client.post(change_address(evidence), said(evidence), follow=True)
    assert "has been removed" in answer.content.decode()
    assert Evidence.objects.get().title == "Annual figures"


def test_what_was_sent_is_changed_by_nobody(world: World, own: SelfAssessment) -> None:
    evidence = attached(own, world.directors[0])
    world.sent(own.participation)
    for person in (world.directors[0], world.officer):
        answer = signed_in(person).post(change_address(evidence), said(evidence))
        assert answer.status_code == 403
    assert Evidence.objects.get().title == "Annual figures"
