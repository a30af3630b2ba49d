"""Which versions of a self-assessment there are, and who reads them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from authorities.models import User
from authorities.states import Role
from peerchallenge.audit.actions import history_of
from peerchallenge.audit.models import Event
from rounds.models import Challenge, Participation, Round, SelfAssessment, SentVersion
from rounds.models.content import SelfAssessmentContent
from rounds.models.self_assessment import shared_with
from rounds.queries.rounds import directors_by_authority
from rounds.queries.sending import frozen_content
from rounds.states import SENT, ParticipationState, SelfAssessmentState


def reading_after(shared: Iterable[SelfAssessment]) -> list[Participation]:
    """Whose directors can read one of these now that it is shared, by name; never its own.

    All of them are of one round.
    """
    parts = {one.participation_id for one in shared}
    some = Participation.objects.filter(pk__in=parts).select_related("round").first()
    if some is None:
        return []
    others = some.round.participations.taking_part().select_related("authority")
    rule = some.round.format.shared_with
    if rule == "all":
        found = others.exclude(pk__in=parts) if len(parts) == 1 else others
    elif rule == "group":
        live = Challenge.objects.live().filter(round=some.round).with_both_sides()
        sides = [{side.participation.pk for side in one.sides} for one in live]
        facing = {(pk, one) for all_of in sides for one in all_of & parts for pk in all_of}
        found = others.filter(pk__in={pk for pk, one in facing if pk != one})
    else:
        found = others.none()
    return list(found.order_by("authority__name", "pk"))


@dataclass(frozen=True)
class Reader:
    """An authority, and who is its director today."""

    authority: str
    directors: list[str]


@dataclass(frozen=True)
class Sharing:
    """What sharing would do: which versions, and who reads them from then on."""

    versions: list[SentVersion]
    readers: list[Reader]
    # Every director of the round reads it: no need to look for one's own name.
    all_read: bool

    @property
    def heading(self) -> str:
        if len(self.versions) == 1:
            authority = self.versions[0].self_assessment.participation.authority
            return f"You are about to share the self-assessment of {authority}"
        return f"You are about to share {len(self.versions)} self-assessments"

    @property
    def seen(self) -> str:
        """Which versions a page was drawn with, to be sent back with its form."""
        return ",".join(str(version.pk) for version in self.versions)


def sharing_of(self_assessments: Iterable[SelfAssessment]) -> Sharing:
    """The latest version of each, by authority."""
    found = list(self_assessments)
    versions = list(
        SentVersion.objects.filter(
            self_assessment__in=found,
            pk=Subquery(
                SentVersion.objects.filter(self_assessment=OuterRef("self_assessment"))
                .order_by("-number")
                .values("pk")[:1]
            ),
        )
        .select_related("self_assessment__participation__authority", "sent_by")
        .defer("pdf", "content")
        .order_by("self_assessment__participation__authority__name", "pk")
    )
    reading = reading_after(found)
    directors = directors_by_authority(part.authority_id for part in reading)
    return Sharing(
        versions,
        [
            Reader(part.authority.name, [one.name for one in directors.get(part.authority_id, [])])
            for part in reading
        ],
        all_read=bool(found) and found[0].participation.round.format.shared_with == "all",
    )


def submitted_in(round: Round) -> list[SelfAssessment]:
    """Sent and not shared yet, of the authorities that take part."""
    return list(
        SelfAssessment.objects.filter(
            participation__in=round.participations.taking_part(),
            state=SelfAssessmentState.SUBMITTED,
        ).select_related("participation__round")
    )


@dataclass(frozen=True)
class Reading:
    """What one person reads of a self-assessment, and what they are told about it."""

    content: SelfAssessmentContent
    version: SentVersion | None
    # A later text is being written, or is with the board: others read on in this one.
    superseded: bool
    late: str

    @property
    def length(self) -> str:
        words = self.content.words
        return f"{words:,} word{'' if words == 1 else 's'}"


def reading_of(found: SelfAssessment, user: User, *, own: bool) -> Reading:
    """Its own people read what stands now; everybody else the last version they may see."""
    writing = own and found.state not in SENT
    versions = SentVersion.objects.visible_to(user).filter(self_assessment=found)
    version = None if writing else versions.select_related("sent_by", "shared_by").last()
    if version is None:
        return Reading(_standing(found), None, superseded=False, late=late_said(found))
    return read_as_sent(found, version)


def read_as_sent(found: SelfAssessment, version: SentVersion) -> Reading:
    content, latest = version.frozen, found.versions.last()
    current = version == latest and found.state in SENT
    if current and not content.area:
        # The board set its areas after this was sent: it was chosen since.
        content = replace(
            content,
            area=found.area_name,
            own_area=bool(found.own_area),
            area_reason=found.own_area_reason,
        )
    return Reading(content, version, superseded=not current, late=late_said(found, version))


def _standing(found: SelfAssessment) -> SelfAssessmentContent:
    if found.state not in SENT or found.submitted_at is None:
        return frozen_content(found)
    sent_on = timezone.localdate(found.submitted_at)
    return frozen_content(found, sent_on=sent_on, sent_by=str(found.submitted_by))


def late_said(found: SelfAssessment, version: SentVersion | None = None) -> str:
    """“3 days late”, of what was sent; a version that follows a shared one has no due date."""
    sent = version.sent_at if version else found.submitted_at
    if sent is None or (found.state not in SENT and version is None):
        return ""
    number = version.number if version else None
    earlier = found.versions.filter(shared_at__isnull=False)
    if number and earlier.filter(number__lt=number).exists():
        return ""
    return days_said_late(sent, found)


def days_said_late(sent: datetime, found: SelfAssessment) -> str:
    days = (timezone.localdate(sent) - found.participation.round.self_assessment_due).days
    return f"{days} day{'' if days == 1 else 's'} late" if days > 0 else ""


@dataclass(frozen=True)
class VersionLine:
    """One version in the list under a self-assessment."""

    number: int
    sent_at: datetime
    sent_by: str
    shared_at: datetime | None
    url: str


def version_lines(found: SelfAssessment, user: User) -> list[VersionLine]:
    """Those this person may see, newest first."""
    rows = (
        SentVersion.objects.visible_to(user)
        .filter(self_assessment=found)
        .select_related("sent_by")
        .defer("content", "pdf")
        .order_by("-number")
    )
    return [
        VersionLine(
            row.number,
            row.sent_at,
            str(row.sent_by),
            row.shared_at,
            reverse("self_assessment_version", args=[found.pk, row.number]),
        )
        for row in rows
    ]


@dataclass(frozen=True)
class SharedLine:
    """A self-assessment of another authority that this person may read."""

    authority: str
    shared_at: datetime
    area: str
    url: str


def shared_lines(round: Round, user: User) -> list[SharedLine]:
    """What other authorities of the round have shared with this person, by authority."""
    rows = (
        SentVersion.objects.visible_to(user)
        .filter(
            self_assessment__participation__round=round,
            self_assessment__in=SelfAssessment.objects.filter(shared_with(user)).values("pk"),
            shared_at__isnull=False,
        )
        .exclude(
            self_assessment__participation__authority__in=user.authorities_where(Role.DIRECTOR)
        )
        .defer("pdf")
        .select_related("self_assessment__participation__authority")
        .order_by("number")
    )
    latest = {row.self_assessment_id: row for row in rows}
    lines = [
        SharedLine(
            row.self_assessment.participation.authority.name,
            row.shared_at,
            str(row.content.get("area", "")),
            reverse("self_assessment_read", args=[row.self_assessment_id]),
        )
        for row in latest.values()
        if row.shared_at
    ]
    return sorted(lines, key=lambda line: line.authority)


def withdrawn_because(participation: Participation) -> Event | None:
    """Who took it out of the round, when and why; nothing while it takes part."""
    if participation.state != ParticipationState.WITHDRAWN:
        return None
    return history_of(participation).filter(verb="participation.withdrawn").first()
