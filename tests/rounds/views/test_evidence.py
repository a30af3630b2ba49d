import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook

from authorities.models import User
from authorities.states import Role
from peerchallenge.audit.actions import history_of
from rounds import actions
from rounds.models import Evidence, SelfAssessment
from rounds.queries.giving import Gift
from tests.world import World

DATED = {"document_date_day": "3", "document_date_month": "4", "document_date_year": "2026"}


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> Path:
    default = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "store", "base_url": None},
    }
    settings.STORAGES = {**settings.STORAGES, "default": default}
    return tmp_path / "store"


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def own(world: World) -> SelfAssessment:
    round = world.opened()
    return round.participations.get(authority=world.authorities[0]).self_assessment


def workbook(says: str = "figures") -> SimpleUploadedFile:
    kept = io.BytesIO()
    book = Workbook()
    book.active.append([says])
    book.save(kept)
    return SimpleUploadedFile("figures.xlsx", kept.getvalue())


def address(own: SelfAssessment) -> str:
    section = own.participation.round.sections.first()
    return reverse("evidence_add", args=[own.pk, section.key])


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def attached(own: SelfAssessment, user: User, **more: Any) -> Evidence:
    data = {"title": "Annual figures", **DATED, "file": workbook(), **more}
    assert signed_in(user).post(address(own), data).status_code == 302
    return own.evidence.kept().last()


def files_in(store: Path) -> list[Path]:
    return [path for path in store.rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_a_document_is_kept_under_a_name_that_says_nothing_and_given_back_as_an_attachment(
    world: World, own: SelfAssessment, store: Path
) -> None:
    director = world.directors[0]
    evidence = attached(own, director)
    (kept,) = files_in(store)
    assert "figures" not in str(kept)
    answer = signed_in(director).get(reverse("evidence_download", args=[evidence.pk]))
    assert b"".join(answer.streaming_content) == kept.read_bytes()
    assert answer["Content-Disposition"] == 'attachment; filename="figures.xlsx"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    verbs = {event.verb for event in history_of(own)}
    assert {"self_assessment.evidence_added", "self_assessment.evidence_read"} <= verbs


@pytest.mark.django_db
def test_pressing_twice_attaches_once(world: World, own: SelfAssessment, store: Path) -> None:
    same = workbook().read()
    for _ in range(2):
        attached(own, world.directors[0], file=SimpleUploadedFile("figures.xlsx", same))
    assert own.evidence.kept().count() == 1
    assert len(files_in(store)) == 1


@pytest.mark.django_db
def test_a_refused_file_says_why_and_keeps_what_was_typed(
    world: World, own: SelfAssessment, store: Path
) -> None:
    page = SimpleUploadedFile("figures.pdf", b"<html><script>alert(1)</script></html>")
    answer = signed_in(world.directors[0]).post(
        address(own), {"title": "Annual figures", **DATED, "file": page}
    )
    assert answer.status_code == 422
    assert "is called PDF but is something else inside" in answer.text
    assert 'value="Annual figures"' in answer.text
    assert files_in(store) == []


@pytest.mark.django_db
def test_a_file_beyond_the_limit_is_refused_and_not_kept_on_the_way(
    world: World, own: SelfAssessment, store: Path
) -> None:
    long = SimpleUploadedFile("figures.pdf", b"%PDF-1.7\n" + b" " * (21 * 1024 * 1024))
    answer = signed_in(world.directors[0]).post(
        address(own), {"title": "Annual figures", **DATED, "file": long}
    )
    assert "The file is larger than 20 MB" in answer.text
    assert files_in(store) == []


@pytest.mark.django_db
def test_a_store_that_cannot_be_written_is_a_clear_error(
    world: World, own: SelfAssessment, store: Path
) -> None:
    store.write_text("a file where the folder should be")
    answer = signed_in(world.directors[0]).post(
        address(own), {"title": "Annual figures", **DATED, "file": workbook()}
    )
    assert answer.status_code == 422
    assert "could not be kept" in answer.text
    assert not own.evidence.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "link", ["http://example.org/a", "javascript:alert(1)", "https://me@example.org/a"]
)
def test_only_a_plain_https_address_is_a_link(world: World, own: SelfAssessment, link: str) -> None:
    answer = signed_in(world.directors[0]).post(
        address(own), {"title": "Annual figures", **DATED, "link": link}
    )
    assert answer.status_code == 422
    assert not own.evidence.exists()


@pytest.mark.django_db
def test_a_link_is_attached_and_listed_with_both_dates(world: World, own: SelfAssessment) -> None:
    director = world.directors[0]
    data = {"title": "Strategy", **DATED, "link": "https://example.org/strategy"}
    answer = signed_in(director).post(address(own), data, follow=True)
    assert 'href="https://example.org/strategy"' in answer.text
    assert "Dated 3 April 2026; added" in answer.text


@pytest.mark.django_db(transaction=True)
def test_what_is_removed_leaves_the_store_but_not_the_record(
    world: World, own: SelfAssessment, store: Path
) -> None:
    director = world.directors[0]
    evidence = attached(own, director)
    url = reverse("evidence_remove", args=[evidence.pk])
    assert signed_in(director).get(url).status_code == 200
    for _ in range(2):  # pressed twice
        assert signed_in(director).post(url).status_code == 302
    assert files_in(store) == []
    evidence.refresh_from_db()
    assert evidence.removed_by == director
    gone = signed_in(director).get(reverse("evidence_download", args=[evidence.pk]))
    assert gone.status_code == 404


@pytest.mark.django_db
def test_officers_see_the_list_once_sent_and_never_the_document(
    world: World, own: SelfAssessment
) -> None:
    evidence = attached(own, world.directors[0])
    officer = signed_in(world.officer)
    download = reverse("evidence_download", args=[evidence.pk])
    assert officer.get(download).status_code == 404
    world.sent(own.participation)
    listed = officer.get(reverse("self_assessment_evidence", args=[own.pk]))
    assert "Annual figures" in listed.text
    assert download not in listed.text
    refused = officer.get(download)
    assert refused.status_code == 403
    assert "team that challenges it" in refused.text


@pytest.mark.django_db
def test_nothing_is_attached_or_removed_once_it_is_sent(world: World, own: SelfAssessment) -> None:
    director = world.directors[0]
    evidence = attached(own, director)
    world.sent(own.participation)
    client = signed_in(director)
    data = {"title": "More", **DATED, "file": workbook("more")}
    assert client.post(address(own), data).status_code == 403
    assert client.post(reverse("evidence_remove", args=[evidence.pk])).status_code == 403
    assert own.evidence.kept().count() == 1


@pytest.mark.django_db
def test_a_lead_member_reads_and_does_not_attach(world: World, own: SelfAssessment) -> None:
    evidence = attached(own, world.directors[0])
    member = signed_in(world.person(Role.LEAD_MEMBER, world.authorities[0]))
    answer = member.get(reverse("evidence_download", args=[evidence.pk]))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)
    assert member.get(address(own)).status_code == 403


@pytest.mark.django_db
def test_the_list_costs_the_same_for_one_document_and_for_three(
    world: World, own: SelfAssessment
) -> None:
    director = world.directors[0]
    section = own.participation.round.sections.first()
    client = signed_in(director)
    counted = []
    for number in range(3):
        actions.add_evidence(
            own,
            section=section,
            title=f"Link {number}",
            document_date=date(2026, 1, 1),
            link=f"https://example.org/{number}",
            by=director,
        )
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("self_assessment_evidence", args=[own.pk]))
        counted.append(len(queries))
    assert counted[0] == counted[2]


@pytest.mark.django_db
def test_an_officer_is_told_that_they_open_no_document(world: World, own: SelfAssessment) -> None:
    world.sent(own.participation)
    page = signed_in(world.officer).get(reverse("self_assessment_evidence", args=[own.pk]))
    assert "You see which documents there are" in page.text


@pytest.mark.django_db
def test_directors_with_whom_it_is_shared_have_no_list_of_documents(world: World) -> None:
    part = world.shared().participations.get(authority=world.authorities[0])
    address = reverse("self_assessment_evidence", args=[part.self_assessment.pk])
    refused = signed_in(world.directors[1]).get(address)
    assert refused.status_code == 403
    assert "team that challenges it" in refused.text


@pytest.mark.django_db
def test_a_colleague_sees_the_shelf_of_their_section_alone(
    world: World, own: SelfAssessment
) -> None:
    colleague = world.person(Role.COLLEAGUE, world.authorities[0])
    first, *others = own.participation.round.sections.all()
    actions.give_sections(own, [Gift(first, colleague)], by=world.directors[0])
    page = signed_in(colleague).get(reverse("self_assessment_evidence", args=[own.pk]))
    assert [shelf.section for shelf in page.context["shelves"]] == [first]
    assert others
