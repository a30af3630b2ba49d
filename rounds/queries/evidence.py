"""What stands on the pages of evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from authorities.models import User
from rounds.models import Evidence, Section, SelfAssessment


@dataclass(frozen=True)
class Document:
    """One line: what it is, and what this person may do with it."""

    evidence: Evidence
    about: str
    open_url: str
    # Both empty for those who do not write there.
    change_url: str
    remove_url: str


@dataclass(frozen=True)
class Shelf:
    """A section with what is attached to it and to its questions."""

    section: Section
    documents: list[Document]
    add_url: str


def shelves(
    self_assessment: SelfAssessment,
    user: User,
    *,
    reads: Callable[[Section], object],
    writes_in: Callable[[Section], object],
) -> list[Shelf]:
    """The sections this person may see; the number of queries grows with sections alone."""
    visible = Evidence.objects.visible_to(user).kept().filter(self_assessment=self_assessment)
    opened = set(Evidence.objects.open_to(user).filter(pk__in=visible).values_list("pk", flat=True))
    found = list(visible.select_related("section", "question", "added_by"))
    rows = []
    for section in self_assessment.participation.round.sections.all():
        writes = bool(writes_in(section))
        mine = [
            _document(one, may_open=one.pk in opened, writes=writes)
            for one in found
            if one.section_id == section.pk
        ]
        if mine or writes or reads(section):
            add = reverse("evidence_add", args=[self_assessment.pk, section.key]) if writes else ""
            rows.append(Shelf(section, mine, add))
    return rows


def _document(evidence: Evidence, *, may_open: bool, writes: bool) -> Document:
    kind = evidence.kind.upper() or "Link"
    size = f", {filesizeformat(evidence.size)}" if evidence.size else ""
    download = reverse("evidence_download", args=[evidence.pk])
    return Document(
        evidence,
        f"{kind}{size}",
        (evidence.link or download) if may_open else "",
        reverse("evidence_change", args=[evidence.pk]) if writes else "",
        reverse("evidence_remove", args=[evidence.pk]) if writes else "",
    )
