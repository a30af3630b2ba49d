"""A timetable is sent out, and made ready to print."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from authorities.models import User
from peerchallenge.audit.actions import Actor, record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.answers import no
from peerchallenge.shared.seals import seal_of
from rounds import permissions
from rounds.actions.timetables import TimetableChanged
from rounds.models import Challenge, Timetable, TimetablePdf, TimetableRelease
from rounds.queries.releases import (
    as_it_stands,
    next_number,
    release_page,
)


@transaction.atomic
def release_timetable(timetable: Timetable, *, version: int, by: User) -> TimetableRelease:
    """Freeze it as it stands and tell those whom it concerns; the same twice is once.

    `version` is the timetable's that was on the page: raises TimetableChanged.
    """
    challenge = Challenge.objects.locked(timetable.challenge_id)
    permissions.release_timetable(by, challenge).require()
    timetable = Timetable.objects.select_for_update().get(pk=timetable.pk)
    timetable.challenge = challenge
    if version != timetable.version:
        raise TimetableChanged
    page = release_page(challenge, by=by)
    if not page.draft.sessions:
        no("There is no session in this timetable yet: nothing to send out.").require()
    if page.blocked:
        no(" ".join(clash.text for clash in page.blocked)).require()
    before, now = page.unreleased.release, as_it_stands(timetable)
    if before and not page.unreleased.changes:
        return before
    number = next_number(before)
    content = now.following(
        before.frozen if before else None, number=number, today=timezone.localdate()
    )
    release = timetable.releases.create(
        number=number,
        content=content.to_json(),
        changes=page.unreleased.changes,
        by=by,
    )
    record("timetable.released", challenge, by=by, version=number)
    promise("rounds.tell_timetable_released", release.pk)
    promise("rounds.render_timetable", release.pk)
    return release


@transaction.atomic
def keep_timetable_pdfs(
    release: TimetableRelease, pdfs: Mapping[str, bytes], *, by: Actor
) -> TimetableRelease:
    """Keep what was made of it; what is there already stays."""
    release = (
        TimetableRelease.objects.select_for_update(of=("self",))
        .select_related("timetable__challenge")
        .get(pk=release.pk)
    )
    there = set(release.pdfs.values_list("kind", flat=True))
    made = [
        TimetablePdf(release=release, kind=kind, pdf=pdf, pdf_sha256=seal_of(pdf))
        for kind, pdf in pdfs.items()
        if kind not in there
    ]
    if made:
        TimetablePdf.objects.bulk_create(made)
        challenge = release.timetable.challenge
        record("timetable.pdf_made", challenge, by=by, version=release.number)
    return release
