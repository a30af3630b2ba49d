"""What happens to a self-assessment once it is finished: kept as it was sent, shared, begun anew."""

from __future__ import annotations

from django.db.models import Max
from django.utils import timezone

from authorities.models import User
from peerchallenge.outbox.actions import promise
from rounds import queries
from rounds.models import SelfAssessment, SentVersion


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
