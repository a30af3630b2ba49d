"""An issued letter never changes: the database itself says no, on both databases."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from feedback import actions
from feedback.models import Letter
from feedback.states import LETTER, SEALED, LetterState
from peerchallenge.audit.actions import CLOCK
from peerchallenge.shared.seals import SealBroken
from tests.feedback.conftest import again
from tests.world import World, run_effects

ROOT = Path(__file__).resolve().parents[2]
# A value other than the one that is there, for every column that is sealed.
OTHER = {
    "version": 9,
    "drafted_at": timezone.now,
    "sent_to_host_at": timezone.now,
    "sent_content": lambda: {"other": "words"},
    "sent_back_because": "Other words",
    "approved_at": timezone.now,
    "number": 99,
    "reference": "XX-1999-099",
    "issued_on": timezone.localdate,
    "content": lambda: {"other": "words"},
    "fingerprint": "e" * 64,
    "pdf": b"%PDF-other",
    "sha256": "f" * 64,
    "sealed_at": timezone.now,
    "correction_reason": "Another reason",
}
OPEN = {"id", "state", "since", "challenge", "drafted_by", "approved_by", "template", "supersedes"}


def issued(world: World) -> Letter:
    letter = actions.seal_letter(world.letter_issuing(), b"%PDF-one", by=CLOCK)
    return again(letter)


def refused(change: Callable[[], object]) -> bool:
    said = ""
    try:
        with transaction.atomic():
            change()
    except DatabaseError as error:
        said = str(error)
    assert not said or "never" in said
    return bool(said)


def check_columns(letter: Letter) -> None:
    rows = Letter.objects.filter(pk=letter.pk)
    for column, other in OTHER.items():
        value = other() if callable(other) else other
        if column == "issued_on":
            value -= timezone.timedelta(days=1)
        assert refused(lambda column=column, value=value: rows.update(**{column: value})), column
    for column in ("challenge_id", "drafted_by_id", "approved_by_id", "template_id"):
        assert refused(lambda column=column: rows.update(**{column: 0})), column


def check_states(letter: Letter) -> None:
    """From every sealed state exactly the moves of the table, and staying."""
    rows = Letter.objects.filter(pk=letter.pk)
    path = [
        LetterState.ISSUED,
        LetterState.SHARED,
        LetterState.PUBLISHED,
        LetterState.SUPERSEDED,
    ]
    for now, following in zip(path, [*path[1:], None], strict=True):
        for then in LetterState:
            allowed = then in LETTER.after(now) or then == now
            with transaction.atomic():
                point = transaction.savepoint()
                said_no = refused(lambda then=then: rows.update(state=then))
                transaction.savepoint_rollback(point)
            assert said_no is not allowed, (now, then)
        if following:
            rows.update(state=following, since=timezone.now())


def check_deleting(letter: Letter) -> None:
    letter.parts.all().delete()
    letter.replies.all().delete()
    assert refused(lambda: Letter.objects.filter(pk=letter.pk).delete())
    with connection.cursor() as cursor:
        assert refused(lambda: cursor.execute("DELETE FROM feedback_letter"))
        assert refused(lambda: cursor.execute("UPDATE feedback_letter SET sha256 = ''"))


def check_all(world: World) -> None:
    letter = issued(world)
    check_columns(letter)
    check_deleting(letter)
    check_states(letter)
    assert again(letter).sealed_pdf == b"%PDF-one"


def test_every_column_is_either_sealed_or_open_by_name() -> None:
    assert {field.name for field in Letter._meta.concrete_fields} == set(OTHER) | OPEN


@pytest.mark.skipif(connection.vendor == "sqlite", reason="the next test is about SQLite")
def test_the_database_keeps_an_issued_letter_as_it_is(world: World) -> None:
    check_all(world)


def test_the_embedded_database_does_so_too(tmp_path: Path) -> None:
    """In a process of its own, with all migrations run."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "REDIS_URL"}
    }
    code = (
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "call_command('migrate', verbosity=0)\n"
        "from django.db import connection\n"
        "assert connection.vendor == 'sqlite'\n"
        "from tests.feedback.test_seal import check_all\n"
        "from tests.world import World\n"
        "check_all(World())\n"
        "print('kept')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**environment, "DATA_DIR": str(tmp_path), "DEBUG": "true"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip().endswith("kept"), done.stderr


def test_a_letter_not_yet_issued_may_change_and_go(world: World) -> None:
    letter = world.letter_drafted()
    assert not refused(lambda: Letter.objects.filter(pk=letter.pk).update(version=2))
    letter.parts.all().delete()
    assert not refused(lambda: Letter.objects.filter(pk=letter.pk).delete())


def test_bytes_that_are_not_those_issued_are_never_handed_out(world: World) -> None:
    letter = issued(world)
    letter.pdf = b"%PDF-another"
    with pytest.raises(SealBroken, match="not the one that was issued"):
        _ = letter.sealed_pdf
    letter.pdf = None
    with pytest.raises(SealBroken):
        _ = letter.sealed_pdf


def test_a_letter_without_bytes_or_number_cannot_be_issued(world: World) -> None:
    letter = world.letter_approved()
    rows = Letter.objects.filter(pk=letter.pk)
    for state in (LetterState.ISSUING, *SEALED):
        with pytest.raises(DatabaseError, match=r"letter_(numbered|issued)"), transaction.atomic():
            rows.update(state=state)
    letter = actions.issue_letter(letter, by=world.officer)
    unsealed = pytest.raises(DatabaseError, match="letter_issued_has_bytes_and_hash")
    with unsealed, transaction.atomic():
        rows.update(state=LetterState.ISSUED)
    run_effects()
    assert again(letter).state == LetterState.ISSUED
