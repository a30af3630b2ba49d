"""What becomes of a self-assessment once it is sent: kept as it was, shared, begun anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from authorities.models import User
from peerchallenge.audit.actions import record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.answers import no
from rounds import permissions, queries
from rounds.actions.answers import lock
from rounds.actions.matches import cancel_challenge
from rounds.actions.publishing import open_again
from rounds.models import Participation, Round, SelfAssessment, SentVersion
from rounds.states import ParticipationState, SelfAssessmentState

SENT_ANEW = "It has been returned or sent anew since you opened this page: look at it again."


def keep_version(self_assessment: SelfAssessment, *, by: User) -> SentVersion:
    """What is sent this moment, word for word; its caller holds the lock and has asked."""
    last = self_assessment.versions.aggregate(number=Max("number"))["number"] or 0
    sent_at = self_assessment.submitted_at or timezone.now()
    content = queries.frozen_content(
        self_assessment,
        version=last + 1,
        sent_on=timezone.localdate(sent_at),
        sent_by=str(by),
    )
    version = self_assessment.versions.create(
        number=last + 1, content=content.to_json(), sent_at=sent_at, sent_by=by
    )
    promise("rounds.render_self_assessment", version.pk)
    return version


@transaction.atomic
def share_self_assessment(
    self_assessment: SelfAssessment, *, version: int | None = None, by: User
) -> SentVersion:
    """Let the directors whom the round names read it; `version` is the one on the page."""
    shared = _share(self_assessment, version, by)
    _tell_readers([self_assessment])
    return shared


@transaction.atomic
def share_submitted(round: Round, versions: Collection[int], *, by: User) -> list[SentVersion]:
    """Share those of these versions, by key, that still stand as they were sent."""
    permissions.share_submitted(by, round).require()
    waiting = SelfAssessment.objects.filter(
        participation__in=round.participations.taking_part(),
        state=SelfAssessmentState.SUBMITTED,
        versions__in=versions,
    ).order_by("pk")
    shared = []
    for one in waiting.distinct():
        latest = one.versions.last()
        if latest and latest.pk in versions:
            shared.append(_share(one, latest.number, by))
    _tell_readers([version.self_assessment for version in shared])
    return shared


def _share(self_assessment: SelfAssessment, number: int | None, by: User) -> SentVersion:
    self_assessment = lock(self_assessment)
    permissions.share_self_assessment(by, self_assessment).require()
    version = self_assessment.versions.last()
    # One that was sent before versions were kept is kept as it stands.
    version = version or keep_version(self_assessment, by=self_assessment.submitted_by or by)
    if number is not None and version.number != number:
        no(SENT_ANEW).require()
    version.shared_at, version.shared_by = timezone.now(), by
    version.save(update_fields=["shared_at", "shared_by"])
    self_assessment.state = SelfAssessmentState.SHARED
    self_assessment.save(update_fields=["state"])
    record("self_assessment.shared", self_assessment, by=by, version=version.number)
    promise("rounds.tell_self_assessment_shared", self_assessment.pk)
    return version


def _tell_readers(shared: Iterable[SelfAssessment]) -> None:
    """One mail to each, however many were shared at once."""
    for participation in queries.reading_after(shared):
        promise("rounds.tell_readers_shared", participation.pk)


@transaction.atomic
def begin_version(self_assessment: SelfAssessment, *, by: User) -> SelfAssessment:
    """Write on; until it is sent and shared again the others read the version they have.

    The names under it stood for what was shared: they are asked for again.
    """
    self_assessment = lock(self_assessment)
    permissions.begin_version(by, self_assessment).require()
    self_assessment.state = SelfAssessmentState.DRAFTING
    self_assessment.save(update_fields=["state"])
    self_assessment.sign_offs.all().delete()
    record("self_assessment.version_begun", self_assessment, by=by)
    return self_assessment


@transaction.atomic
def withdraw_participation(participation: Participation, *, reason: str, by: User) -> Participation:
    """The authority leaves the round; what it wrote stays, and stays its own.

    Its offers are taken back, and both sides told; matches that were published and not told of
    yet are open again, as they count on it.
    """
    participation = _locked(participation)
    permissions.withdraw_participation(by, participation).require()
    live = participation.round.challenges.live().with_side(pk=participation.pk)
    for challenge in live.order_by("pk"):
        cancel_challenge(challenge, by=by)
    if queries.waits_to_be_told(participation.round):
        open_again(participation.round, by=by)
    participation.state = ParticipationState.WITHDRAWN
    participation.save(update_fields=["state"])
    record("participation.withdrawn", participation, by=by, reason=reason)
    promise("rounds.tell_participation_withdrawn", participation.pk)
    return participation


@transaction.atomic
def readmit_participation(participation: Participation, *, by: User) -> Participation:
    """It takes part again, and goes on where it stopped."""
    participation = _locked(participation)
    permissions.readmit_participation(by, participation).require()
    participation.state = ParticipationState.TAKING_PART
    participation.save(update_fields=["state"])
    record("participation.readmitted", participation, by=by)
    promise("rounds.tell_participation_readmitted", participation.pk)
    return participation


def _locked(participation: Participation) -> Participation:
    """With its round, so that nobody draws up or confirms matches meanwhile."""
    round = Round.objects.locked(participation.round_id)
    found = (
        Participation.objects.select_for_update(of=("self",))
        .select_related("authority", "round__region")
        .get(pk=participation.pk)
    )
    found.round = round
    return found
