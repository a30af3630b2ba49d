"""What the database refuses, whoever asks."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from feedback.models import AccuracyReply, Letter, LetterPart
from tests.world import World


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"approved_at": timezone.now()}, "letter_approved_by_somebody"),
        ({"sent_to_host_at": timezone.now()}, "letter_sent_with_its_words"),
        ({"sent_content": {}}, "letter_sent_with_its_words"),
        ({"state": "issuing"}, "letter_numbered_when_issuing"),
    ],
)
def test_a_letter_that_cannot_be(changes: dict[str, object], constraint: str, world: World) -> None:
    letter = world.letter_drafted()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(**changes)


def test_rows_that_cannot_stand_beside_a_letter(world: World) -> None:
    letter = world.letter_drafted()
    rows = Letter.objects.filter(pk=letter.pk)
    twin = {"challenge": letter.challenge, "drafted_by": letter.drafted_by}
    with pytest.raises(IntegrityError, match="letter_approved_by_a_second"), transaction.atomic():
        rows.update(approved_by=letter.drafted_by, approved_at=timezone.now())
    with pytest.raises(IntegrityError, match="letter_version_once"), transaction.atomic():
        Letter.objects.create(version=letter.version, **twin)
    rows.update(reference="SW-2026-001")
    with pytest.raises(IntegrityError, match="letter_reference_once"), transaction.atomic():
        Letter.objects.create(version=2, reference="SW-2026-001", **twin)
    with pytest.raises(IntegrityError, match="letter_part_once"), transaction.atomic():
        LetterPart.objects.create(letter=letter, key="headlines", position=99, heading="Twice")
    with pytest.raises(IntegrityError, match="accuracy_objection_says"), transaction.atomic():
        AccuracyReply.objects.create(letter=letter, agrees=False)
