from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from authorities.models import Authority, Region, User
from authorities.states import Role
from peerchallenge.audit.actions import record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.answers import no
from rounds import permissions
from rounds.models import (
    Format,
    Participation,
    PriorityArea,
    Question,
    Round,
    Section,
    SelfAssessment,
)
from rounds.states import RoundState


@transaction.atomic
def start_round(
    region: Region,
    preset: Format,
    *,
    name: str,
    authorities: Sequence[Authority],
    areas: Sequence[str],
    self_assessment_due: date,
    visits_from: date,
    visits_to: date,
    by: User,
) -> Round:
    """A draft of a round, with its own copy of the preset's format and questionnaire."""
    region = Region.objects.select_for_update().get(pk=region.pk)
    permissions.start_round(by, region).require()
    round = Round.objects.create(
        region=region,
        name=name,
        format_data=preset.data,
        self_assessment_due=self_assessment_due,
        visits_from=visits_from,
        visits_to=visits_to,
    )
    PriorityArea.objects.bulk_create(
        PriorityArea(round=round, position=position, name=area)
        for position, area in enumerate(areas, 1)
    )
    for authority in authorities:
        participation = Participation.objects.create(round=round, authority=authority)
        SelfAssessment.objects.create(participation=participation)
    _copy_questionnaire(round)
    record("round.started", round, by=by, preset=preset.key)
    return round


@transaction.atomic
def invite_authorities(round: Round, *, by: User) -> Round:
    """Open the round and write to every director in it."""
    round = Round.objects.select_for_update().get(pk=round.pk)
    permissions.invite_authorities(by, round).require()
    participations = list(round.participations.select_related("authority"))
    without = [
        p.authority.name
        for p in participations
        if not User.objects.in_post(Role.DIRECTOR, authority=p.authority).exists()
    ]
    if without:
        no(
            f"Nobody is director yet of {', '.join(without)}: invite them on the People page first."
        ).require()
    round.state = RoundState.OPEN
    round.save(update_fields=["state"])
    record("round.authorities_invited", round, by=by, authorities=len(participations))
    for participation in participations:
        promise("rounds.invite_participation", participation.pk)
    return round


def _copy_questionnaire(round: Round) -> None:
    for place, data in enumerate(round.format.sections, 1):
        section = Section.objects.create(
            round=round, position=place, key=data["key"], title=data["title"]
        )
        Question.objects.bulk_create(
            Question(section=section, position=position, **question)
            for position, question in enumerate(data["questions"], 1)
        )
