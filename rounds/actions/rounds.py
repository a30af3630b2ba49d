from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from authorities.models import Authority, Region, User
from peerchallenge.audit.actions import record
from peerchallenge.outbox.actions import promise
from peerchallenge.shared.answers import no
from rounds import permissions, queries
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
    _name_is_free(region, name)
    round = Round.objects.create(
        region=region,
        name=name,
        format_data=preset.data,
        self_assessment_due=self_assessment_due,
        visits_from=visits_from,
        visits_to=visits_to,
    )
    _list_areas(round, areas)
    _enrol(round, authorities)
    _copy_questionnaire(round)
    record("round.started", round, by=by, preset=preset.key)
    return round


class RoundChanged(Exception):
    """Somebody changed the draft since this person's page was drawn."""


@transaction.atomic
def change_round(
    round: Round,
    *,
    name: str,
    authorities: Sequence[Authority],
    areas: Sequence[str],
    self_assessment_due: date,
    visits_from: date,
    visits_to: date,
    version: str | None = None,
    by: User,
) -> Round:
    """Put the draft right before anybody is told of it.

    `version` is the mark that was on the page: raises RoundChanged when it is another by now.
    """
    Region.objects.select_for_update().get(pk=round.region_id)
    round = _lock(round)
    permissions.change_round(by, round).require()
    if version is not None and version != queries.round_version(round):
        raise RoundChanged
    _name_is_free(round.region, name, besides=round)
    round.name = name
    round.self_assessment_due = self_assessment_due
    round.visits_from, round.visits_to = visits_from, visits_to
    round.save(update_fields=["name", "self_assessment_due", "visits_from", "visits_to"])
    round.areas.all().delete()
    _list_areas(round, areas)
    round.participations.exclude(authority__in=authorities).delete()
    there = set(round.participations.values_list("authority", flat=True))
    _enrol(round, [authority for authority in authorities if authority.pk not in there])
    record("round.changed", round, by=by)
    return round


@transaction.atomic
def cancel_round(round: Round, *, by: User) -> Round:
    """Give the draft up; it stays in the list, and nobody is told."""
    round = _lock(round)
    permissions.cancel_round(by, round).require()
    round.state = RoundState.CANCELLED
    round.save(update_fields=["state"])
    record("round.cancelled", round, by=by)
    return round


@transaction.atomic
def invite_authorities(round: Round, *, by: User) -> Round:
    """Open the round and write to every director in it."""
    round = _lock(round)
    permissions.invite_authorities(by, round).require()
    if without := queries.without_director(round):
        no(
            f"Nobody is director yet of {', '.join(without)}: invite them on the People page first."
        ).require()
    participations = list(round.participations.all())
    round.state = RoundState.OPEN
    round.save(update_fields=["state"])
    record("round.authorities_invited", round, by=by, authorities=len(participations))
    for participation in participations:
        promise("rounds.invite_participation", participation.pk)
    return round


def _lock(round: Round) -> Round:
    return Round.objects.select_for_update(of=("self",)).select_related("region").get(pk=round.pk)


def _name_is_free(region: Region, name: str, *, besides: Round | None = None) -> None:
    """Asked under the region's lock, so that two officers cannot take one name."""
    others = region.rounds.filter(name=name)
    if besides:
        others = others.exclude(pk=besides.pk)
    if others.exists():
        no(f"The region already has a round called “{name}”.").require()


def _list_areas(round: Round, areas: Iterable[str]) -> None:
    PriorityArea.objects.bulk_create(
        PriorityArea(round=round, position=position, name=area)
        for position, area in enumerate(areas, 1)
    )


def _enrol(round: Round, authorities: Iterable[Authority]) -> None:
    for authority in authorities:
        participation = Participation.objects.create(round=round, authority=authority)
        SelfAssessment.objects.create(participation=participation)


def _copy_questionnaire(round: Round) -> None:
    for place, data in enumerate(round.format.sections, 1):
        section = Section.objects.create(
            round=round, position=place, key=data["key"], title=data["title"]
        )
        Question.objects.bulk_create(
            Question(section=section, position=position, **question)
            for position, question in enumerate(data["questions"], 1)
        )
