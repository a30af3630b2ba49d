"""Promised about a timetable that is sent out."""

from __future__ import annotations

from peerchallenge.audit.actions import CLOCK
from rounds import actions, documents, emails
from rounds.models import PrintKind, TimetableRelease


def tell_timetable_released(release_id: int) -> None:
    emails.tell_timetable_released(_release(release_id))


def render_timetable(release_id: int) -> None:
    """Nothing to do where both are there already."""
    release = _release(release_id)
    there = set(release.pdfs.values_list("kind", flat=True))
    made = {
        kind.value: documents.render_timetable_pdf(release, kind)
        for kind in PrintKind
        if kind not in there
    }
    actions.keep_timetable_pdfs(release, made, by=CLOCK)


def _release(release_id: int) -> TimetableRelease:
    challenge = "timetable__challenge"
    return TimetableRelease.objects.select_related(
        "by",
        f"{challenge}__round__region",
        f"{challenge}__host__authority__region",
        f"{challenge}__challenger__authority__region",
    ).get(pk=release_id)
