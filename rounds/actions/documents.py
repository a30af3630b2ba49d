"""Files made of what was sent, and who took them away."""

from __future__ import annotations

from django.db import transaction

from authorities.models import User
from peerchallenge.audit.actions import Actor, record
from peerchallenge.shared.answers import no
from peerchallenge.shared.seals import seal_of
from rounds import permissions
from rounds.models import Round, SelfAssessment, SentVersion
from rounds.models.content import SelfAssessmentContent


@transaction.atomic
def keep_pdf(
    version: SentVersion, content: SelfAssessmentContent, pdf: bytes, *, by: Actor
) -> SentVersion:
    """Keep the PDF made of `content`; one made of what has been purged since is not kept."""
    version = SentVersion.objects.select_for_update().get(pk=version.pk)
    if version.pdf is not None:
        return version
    if version.frozen != content:
        no("Its text was changed while the PDF was being made: it is made again.").require()
    version.pdf, version.pdf_sha256 = pdf, seal_of(pdf)
    version.save(update_fields=["pdf", "pdf_sha256"])
    record("self_assessment.pdf_made", version.self_assessment, by=by, version=version.number)
    return version


def download_self_assessment(
    self_assessment: SelfAssessment, *, kind: str, version: int, by: User
) -> None:
    """Taking a copy away is reading it; a draft is version 0."""
    record("self_assessment.downloaded", self_assessment, by=by, kind=kind, version=version)


@transaction.atomic
def download_answers(round: Round, versions: list[SentVersion], *, by: User) -> None:
    """An officer takes every answer of a round away: a reading of each self-assessment."""
    permissions.download_answers(by, round).require()
    for version in versions:
        download_self_assessment(
            version.self_assessment, kind="xlsx", version=version.number, by=by
        )
