"""Guarantee 6: an issued letter never changes, and what corrects it takes its place in sight."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from feedback import actions
from feedback.models import Letter
from feedback.states import LetterState
from tests.feedback.test_seal import OTHER, check_columns, check_deleting
from tests.world import World, run_effects

ROOT = Path(__file__).resolve().parents[2]
MADE_ELSEWHERE = """
import django, hashlib, json, sys
django.setup()
from feedback.documents import render_letter_pdf
from feedback.models import LetterContent
content = LetterContent.from_json(json.load(sys.stdin))
print(hashlib.sha256(render_letter_pdf(content)).hexdigest())
"""


def made_elsewhere(letter: Letter, seed: str) -> str:
    """The hash of the PDF that another process makes from the same words, on no database."""
    nowhere = {"DATABASE_URL": "sqlite://:memory:", "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-c", MADE_ELSEWHERE],
        cwd=ROOT,
        env=os.environ | nowhere,
        input=json.dumps(letter.content),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def corrected(world: World, letter: Letter) -> Letter:
    """The letter that takes its place, through the same hands."""
    lead = world.lead_of(letter.challenge)
    letter = actions.begin_correction(letter, reason="A date was wrong.", by=lead)
    host = world.director_of(letter.challenge.host_authority)
    letter = actions.send_letter_to_host(letter, by=lead)
    actions.reply_on_accuracy(letter, agrees=True, by=host)
    letter = actions.approve_letter(letter, by=world.approver)
    actions.issue_letter(letter, by=world.officer)
    run_effects()
    return Letter.objects.get(pk=letter.pk)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="test_seal.py asks SQLite the same")
def test_an_issued_letter_stays_as_it_is(world: World, figure: Callable[[str], None]) -> None:
    letter = world.letter_issued()
    browser, stranger = Client(), Client()
    browser.force_login(world.director_of(letter.challenge.host_authority))

    def hashes() -> list[str]:
        """As stored, of the bytes, of the download, on its page, and as anybody may check it."""
        kept = Letter.objects.get(pk=letter.pk)
        page = browser.get(reverse("letter", args=[letter.pk])).content.decode()
        download = browser.get(reverse("letter_pdf", args=[letter.pk]))
        checked = stranger.get(reverse("verify"), {"of": kept.sha256}).content.decode()
        assert "No issued letter" not in checked
        return [
            kept.sha256,
            hashlib.sha256(bytes(kept.pdf)).hexdigest(),
            hashlib.sha256(b"".join(download)).hexdigest(),
            *re.findall(r"\b[0-9a-f]{64}\b", page),
        ]

    first = hashes()
    check_columns(letter)
    check_deleting(letter)
    again = [made_elsewhere(letter, seed) for seed in ("1", "2")]
    successor = corrected(world, letter)
    replaced = Letter.objects.get(pk=letter.pk)
    different = len({*first, *again, *hashes()} - {letter.sha256})
    figure(
        f"guarantee 6: {len(OTHER) + 4} columns and every DELETE refused by the database; "
        f"{len(first) * 2 + len(again)} hashes of one letter in {2 + len(again)} processes and "
        f"after its correction, {different} different"
    )
    assert different == 0
    assert len(first) == 4, "its page shows the hash once"
    assert (replaced.state, successor.state) == (LetterState.SUPERSEDED, LetterState.ISSUED)
    assert successor.supersedes_id == letter.pk
