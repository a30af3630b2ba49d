from __future__ import annotations

import secrets
from datetime import date
from typing import IO

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from authorities.models import User
from peerchallenge.audit.actions import record
from peerchallenge.shared.answers import no
from peerchallenge.shared.uploads import Upload
from rounds import permissions
from rounds.actions.answers import begun, lock
from rounds.models import Evidence, Question, Section, SelfAssessment

MOST_DOCUMENTS = 100


class AttachedAlready(Exception):
    """The same document, or address, stands there; `there` holds it."""

    def __init__(self, there: Evidence) -> None:
        super().__init__(f"“{there.title}” is attached there")
        self.there = there


class EvidenceChanged(Exception):
    """Somebody changed it since this person's page was drawn; `now` is what stands there."""

    def __init__(self, now: Evidence) -> None:
        super().__init__(f"“{now.title}” has been changed")
        self.now = now


class NotStored(Exception):
    """The store for documents cannot be written to."""


@transaction.atomic
def add_evidence(
    self_assessment: SelfAssessment,
    *,
    section: Section,
    question: Question | None = None,
    title: str,
    document_date: date,
    link: str = "",
    file: IO[bytes] | None = None,
    upload: Upload | None = None,
    by: User,
) -> Evidence:
    """Attach a document that has been looked into, or the address of a public one.

    Raises AttachedAlready for the same thing in the same place, NotStored where the file cannot
    be written.
    """
    self_assessment = lock(self_assessment)
    permissions.add_evidence(by, self_assessment, section, question).require()
    there = self_assessment.evidence.kept()
    here = there.filter(section=section, question=question, link=link)
    if same := here.filter(sha256=upload.sha256 if upload else "").first():
        raise AttachedAlready(same)
    if there.count() >= MOST_DOCUMENTS:
        no(f"There are {MOST_DOCUMENTS} documents. Remove one first.").require()
    evidence = self_assessment.evidence.create(
        section=section,
        question=question,
        title=title,
        document_date=document_date,
        link=link,
        file=stored(file) if file and upload else "",
        file_name=upload.name if upload else "",
        kind=upload.kind if upload else "",
        size=upload.size if upload else 0,
        sha256=upload.sha256 if upload else "",
        added_by=by,
    )
    begun(self_assessment, by=by)
    record("self_assessment.evidence_added", self_assessment, by=by, evidence=evidence.pk)
    return evidence


@transaction.atomic
def change_evidence(
    evidence: Evidence, *, title: str, document_date: date, seen: str, by: User
) -> Evidence:
    """Call it otherwise, or put its date right; what was sent before keeps what it said then.

    `seen` is the mark that was on the page: raises EvidenceChanged when it is another by now.
    """
    self_assessment = lock(evidence.self_assessment)
    evidence = Evidence.objects.select_related("section", "question").get(pk=evidence.pk)
    evidence.self_assessment = self_assessment
    permissions.change_evidence(by, evidence).require()
    if (evidence.title, evidence.document_date) == (title, document_date):
        return evidence
    if seen != evidence.seen:
        raise EvidenceChanged(evidence)
    evidence.title, evidence.document_date = title, document_date
    evidence.save(update_fields=["title", "document_date"])
    record("self_assessment.evidence_changed", self_assessment, by=by, evidence=evidence.pk)
    return evidence


@transaction.atomic
def remove_evidence(evidence: Evidence, *, by: User) -> Evidence:
    """Its file is deleted; that there was one stays on record."""
    self_assessment = lock(evidence.self_assessment)
    evidence = Evidence.objects.select_related("section", "question").get(pk=evidence.pk)
    evidence.self_assessment = self_assessment
    if evidence.removed_at is not None:
        return evidence
    permissions.remove_evidence(by, evidence).require()
    evidence.removed_at, evidence.removed_by = timezone.now(), by
    evidence.save(update_fields=["removed_at", "removed_by"])
    record("self_assessment.evidence_removed", self_assessment, by=by, evidence=evidence.pk)
    if name := evidence.file.name:
        transaction.on_commit(lambda: default_storage.delete(name))
    return evidence


def read_evidence(evidence: Evidence, *, by: User) -> None:
    """Somebody takes a document away."""
    permissions.read_evidence(by, evidence).require()
    record("self_assessment.evidence_read", evidence.self_assessment, by=by, evidence=evidence.pk)


def stored(file: IO[bytes]) -> str:
    """Under a name nobody can guess, and that says nothing."""
    token = secrets.token_hex(16)
    file.seek(0)
    try:
        return default_storage.save(f"{token[:2]}/{token}", File(file))
    except OSError as error:
        raise NotStored from error
